import type { CostOfRow, LeaderboardRow, RankRange } from '@samplewise/domain';
import { builder } from '../builder.ts';
import { EstimateRef } from '../runs/evaluation.ts';
import { estimateOf } from './estimate.ts';

const RankRangeRef = builder.objectRef<RankRange>('RankRange').implement({
  description: 'Ranks from one to another, both included.',
  fields: (t) => ({
    low: t.exposeInt('low', { description: 'The best of them.' }),
    high: t.exposeInt('high', { description: 'The worst of them.' }),
  }),
});

const ToLeaderRef = builder.objectRef<NonNullable<LeaderboardRow['toLeader']>>('DifferenceToLeader').implement({
  description: 'An entry beside the leader, on the same samples.',
  fields: (t) => ({
    difference: t.field({
      type: EstimateRef,
      description: "Its value - the leader's, with a paired interval.",
      resolve: ({ difference }) => estimateOf(difference),
    }),
    p: t.exposeFloat('p', { description: "Of the leaderboard's paired test." }),
    adjustedP: t.float({
      description: 'The same, corrected by Holm for all entries beside the leader.',
      resolve: ({ adjusted }) => adjusted,
    }),
  }),
});

const OtherwiseRef = builder.objectRef<NonNullable<LeaderboardRow['otherwise']>>('RankOtherwise').implement({
  description: 'Where an entry would stand with the other choice about leaked samples.',
  fields: (t) => ({
    rank: t.exposeInt('rank', { description: 'Its rank.' }),
    value: t.field({ type: EstimateRef, description: 'Its value.', resolve: ({ value }) => estimateOf(value) }),
  }),
});

const CostRef = builder.objectRef<CostOfRow>('LeaderboardCost').implement({
  description: 'A cost of an entry.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Such as latencyP50Milliseconds.' }),
    value: t.exposeFloat('value', { nullable: true, description: 'None where the run has not told.' }),
    onFront: t.boolean({
      description: 'Whether no other entry is at least as good for at most this cost, and better in one (Pareto).',
      resolve: ({ front }) => front,
    }),
  }),
});

builder.prismaObject('LeaderboardEntry', {
  description: 'A row of a leaderboard.',
  fields: (t) => {
    const row = <T>(read: (row: LeaderboardRow) => T) => ({
      select: { row: true } as const,
      resolve: (entry: { row: unknown }) => read(entry.row as LeaderboardRow),
    });
    return {
      position: t.exposeInt('position', { description: 'From 0, the best first; different for entries of one rank.' }),
      rank: t.int({ description: 'Equal where neither value nor tie-breaks differ.', ...row((r) => r.rank) }),
      run: t.relation('run', {
        nullable: true,
        description: 'The run that stands for the entry; none where a submission does.',
      }),
      entrant: t.string({
        nullable: true,
        description: 'Who has sent the submission; none of runs.',
        ...row((r) => r.submission?.entrant ?? null),
      }),
      publicValue: t.field({
        type: EstimateRef,
        nullable: true,
        description: 'Of a submission, the metric on the public part, by which it was chosen; none of runs.',
        ...row((r) => (r.submission ? estimateOf(r.submission.publicValue) : null)),
      }),
      name: t.string({ description: "The run's or submission's name when it was ranked.", ...row((r) => r.name) }),
      submissions: t.int({
        description: 'Finished runs, or submissions, of the same entrant on these samples.',
        ...row((r) => r.submissions),
      }),
      value: t.field({ type: EstimateRef, description: 'The metric.', ...row((r) => estimateOf(r.value)) }),
      ranks: t.field({
        type: RankRangeRef,
        nullable: true,
        description:
          'The ranks that it may truly have: a confidence set, which holds for all entries together. None where no samples tell.',
        ...row((r) => r.ranks),
      }),
      bootstrapRanks: t.field({
        type: RankRangeRef,
        nullable: true,
        description: 'Where it stands in 95 % of the draws of a paired bootstrap. Too narrow where entries are equal.',
        ...row((r) => r.bootstrapRanks),
      }),
      first: t.float({
        nullable: true,
        description: 'Share of these draws in which it is first.',
        ...row((r) => r.first),
      }),
      toLeader: t.field({
        type: ToLeaderRef,
        nullable: true,
        description: 'None for the leader, and where nothing is tested.',
        ...row((r) => r.toLeader),
      }),
      letters: t.stringList({
        description: 'Entries that share a letter can not be told apart; those that share none differ.',
        ...row((r) => [...r.letters]),
      }),
      covered: t.int({ description: 'Samples that have a prediction.', ...row((r) => r.covered) }),
      neverPredicts: t.stringList({
        description: 'Classes that occur and that it never predicts.',
        ...row((r) => [...r.neverPredicts]),
      }),
      otherwise: t.field({
        type: OtherwiseRef,
        nullable: true,
        description: 'With leaked samples where the leaderboard is without them, and the reverse.',
        ...row((r) => r.otherwise),
      }),
      costs: t.field({
        type: [CostRef],
        description: 'In the order of the leaderboard.',
        ...row((r) => [...r.costs]),
      }),
      predictionsDigest: t.string({
        description: 'SHA-256 of the predictions that it rests on.',
        ...row((r) => r.predictionsDigest),
      }),
    };
  },
});
