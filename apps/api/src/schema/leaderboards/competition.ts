import type { Context } from '../../context.ts';
import { entrantKey } from '../../auth/policy.ts';
import { revealCompetition, setCompetition, stateOf, type CompetitionState } from '../../submissions/competition.ts';
import { competitionFigures, type CompetitionFigures } from '../../submissions/read-competition.ts';
import { readStanding, refusalNow, type Standing } from '../../submissions/standing.ts';
import { builder, rowNumber } from '../builder.ts';
import { ProblemRef } from '../shared/errors.ts';
import { withoutNulls } from '../shared/inputs.ts';
import { boardPayload } from './mutations.ts';

const CompetitionStateEnum = builder.enumType('CompetitionState', {
  description: 'Where a competition is.',
  values: {
    UPCOMING: { description: 'It has not opened yet.' },
    OPEN: { description: 'It takes submissions, and ranks them by the public part.' },
    CLOSED: { description: 'It takes none any more; the private part is still to be revealed.' },
    REVEALED: { description: 'It is over: the private part has decided.' },
  } satisfies Record<CompetitionState, object>,
});

const StandingRef = builder.objectRef<Standing>('CompetitionStanding').implement({
  description: 'How the caller stands to a competition.',
  fields: (t) => ({
    refusal: t.field({
      type: ProblemRef,
      nullable: true,
      description: 'Why a submission would not be taken now; none when it would.',
      resolve: (standing) => refusalNow(standing),
    }),
    submissionsToday: t.int({ description: 'Sent on this day (UTC).', resolve: ({ today }) => today }),
    submissionsLeft: t.int({
      description: 'That would be taken on this day.',
      resolve: ({ competition, today }) => Math.max(0, (competition?.dailyLimit ?? 0) - today),
    }),
    resetsAt: t.expose('resetsAt', { type: 'DateTime', description: 'When the next day begins.' }),
  }),
});

builder.prismaObject('Competition', {
  description: 'The rule under which a leaderboard takes predictions of samples whose labels are hidden.',
  fields: (t) => {
    const figure = <T>(read: (figures: CompetitionFigures) => T) => ({
      complexity: 5,
      select: { leaderboardId: true } as const,
      resolve: async ({ leaderboardId }: { leaderboardId: bigint }, _args: object, context: Context) =>
        read(await competitionFigures(context, leaderboardId)),
    });
    return {
      publicShare: t.exposeFloat('publicShare', {
        description: 'Share of the samples by which submissions are ranked until the rest is revealed.',
      }),
      dailyLimit: t.exposeInt('dailyLimit', { description: 'Submissions of one entrant in a day (UTC).' }),
      opensAt: t.expose('opensAt', { type: 'DateTime', nullable: true, description: 'None: when it was made.' }),
      closesAt: t.expose('closesAt', { type: 'DateTime', description: 'No submission is taken from then on.' }),
      revealAtClose: t.exposeBoolean('revealAtClose', {
        description: 'Whether the private part is revealed when it closes; else somebody has to.',
      }),
      revealedAt: t.expose('revealedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When somebody revealed the private part; none where closing did.',
      }),
      state: t.field({
        type: CompetitionStateEnum,
        description: 'Where it is.',
        complexity: 5,
        resolve: async (competition, _args, context) =>
          stateOf(competition, (await competitionFigures(context, competition.leaderboardId)).now),
      }),
      samples: t.int({ description: 'To be predicted.', ...figure((f) => f.samples) }),
      publicSamples: t.int({
        description: 'Of these, how many are in the public part.',
        ...figure((f) => f.publicSamples),
      }),
      entrants: t.int({ description: 'That have submitted.', ...figure((f) => f.entrants) }),
      submissions: t.int({ description: 'Of all entrants.', ...figure((f) => f.submissions) }),
      viewer: t.field({
        type: StandingRef,
        description: 'How the caller stands to it.',
        complexity: 10,
        select: { leaderboardId: true },
        resolve: ({ leaderboardId }, _args, { database, actor }) =>
          readStanding(database.pool, leaderboardId, entrantKey(actor)),
      }),
    };
  },
});

builder.prismaObjectField('Leaderboard', 'competition', (t) =>
  t.relation('competition', { nullable: true, description: 'Under which it takes submissions; none: it ranks runs.' }),
);

const SetCompetitionInput = builder.inputType('SetCompetitionInput', {
  description: 'The rule of a competition. What is left out has its usual value, also where it had another one.',
  fields: (t) => ({
    leaderboardId: t.id({ required: true, description: 'Such as Leaderboard_1, of one split with hidden labels.' }),
    closesAt: t.field({ type: 'DateTime', required: true, description: 'No submission is taken from then on.' }),
    opensAt: t.field({ type: 'DateTime', description: 'At once unless given.' }),
    publicShare: t.float({ description: '0.05 to 0.95; 0.5 unless given. Fixed once there is a submission.' }),
    dailyLimit: t.int({ description: 'Submissions of one entrant in a day (UTC), 1 to 1,000; 5 unless given.' }),
    revealAtClose: t.boolean({ description: 'Whether closing reveals the private part; true unless given.' }),
  }),
});

const RevealCompetitionInput = builder.inputType('RevealCompetitionInput', {
  description: 'A competition whose private part is to be revealed.',
  fields: (t) => ({ leaderboardId: t.id({ required: true, description: 'Such as Leaderboard_1.' }) }),
});

builder.mutationFields((t) => ({
  setCompetition: t.field({
    type: boardPayload('SetCompetitionPayload', 'The leaderboard with its competition.'),
    description:
      'Makes a leaderboard over hidden labels take submissions, or changes their rule. It ranks runs no longer. For admins.',
    access: 'manage',
    errors: {},
    args: { input: t.arg({ type: SetCompetitionInput, required: true, description: 'The rule.' }) },
    resolve: async (_root, { input }, context) => {
      const { leaderboardId, ...rule } = input;
      const id = rowNumber(leaderboardId, 'Leaderboard', 'input.leaderboardId');
      await setCompetition(context, context.actor, id, withoutNulls(rule));
      return { id };
    },
  }),
  revealCompetition: t.field({
    type: boardPayload('RevealCompetitionPayload', 'The leaderboard; it is ranked by the private part from now on.'),
    description: 'Reveals the private part of a competition that has closed. For admins.',
    access: 'manage',
    errors: {},
    args: { input: t.arg({ type: RevealCompetitionInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, context) => {
      const id = rowNumber(input.leaderboardId, 'Leaderboard', 'input.leaderboardId');
      await revealCompetition(context, context.actor, id);
      return { id };
    },
  }),
}));
