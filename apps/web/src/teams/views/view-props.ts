import type { TeamHeadFragment } from '@/generated/graphql';

/** What each view of a team gets. */
export interface ViewProps {
  team: TeamHeadFragment;
  /** The cursor after which its list begins. */
  after: string | undefined;
}
