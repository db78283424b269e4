import type { EntryPer, EntryPick } from '@samplewise/database';
import type { BoardPart, CheckLevel, RankDirection } from '@samplewise/domain';
import { builder } from '../builder.ts';

export const RankDirectionEnum = builder.enumType('RankDirection', {
  description: 'Which end of a figure is the better one.',
  values: {
    HIGHER: { description: 'More is better, as of accuracies.' },
    LOWER: { description: 'Less is better, as of losses and costs.' },
  } satisfies Record<RankDirection, object>,
});
export const EntryPerEnum = builder.enumType('LeaderboardEntryPer', {
  description: 'What an entry of a leaderboard is.',
  values: {
    RUN: { description: 'Each finished run.' },
    MODEL_CONFIG: {
      description:
        'All runs of a model config with a restoration; of those without a model config, all of one name; of a competition, all submissions of one entrant.',
    },
  } satisfies Record<EntryPer, object>,
});
export const EntryPickEnum = builder.enumType('LeaderboardPick', {
  description: 'Which of several runs of an entry stands on the leaderboard.',
  values: {
    LATEST: { description: 'The one that finished last.' },
    BEST: { description: 'The best one, whose value is too good: it is chosen by the samples that it is ranked by.' },
  } satisfies Record<EntryPick, object>,
});
export const CheckLevelEnum = builder.enumType('LeaderboardCheckLevel', {
  description: 'How much it matters.',
  values: {
    INFO: { description: 'Good to know.' },
    WARNING: { description: 'The ranking may mislead.' },
  } satisfies Record<CheckLevel, object>,
});

export const BoardPartEnum = builder.enumType('LeaderboardPart', {
  description: 'A part of the samples of a competition.',
  values: {
    PUBLIC: { description: 'By which entrants are ranked meanwhile.' },
    PRIVATE: { description: 'Which decides in the end.' },
  } satisfies Record<BoardPart, object>,
});
