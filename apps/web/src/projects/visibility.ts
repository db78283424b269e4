import type { Visibility } from '@/generated/graphql';

/** Who may see a project, in plain words. */
export const VISIBILITIES: readonly { visibility: Visibility; label: string; means: string }[] = [
  {
    visibility: 'PRIVATE',
    label: 'Those who work in the team',
    means: 'Its members, admins and owners see it. Viewers of the team do not know that it is there.',
  },
  {
    visibility: 'TEAM',
    label: 'The whole team',
    means: 'Its viewers too. Nobody outside of the team knows that it is there.',
  },
  {
    visibility: 'PUBLIC',
    label: 'Everybody',
    means:
      'Whoever reaches this address sees datasets, images, runs and predictions, also without a sign-in. Only the team changes anything.',
  },
];
