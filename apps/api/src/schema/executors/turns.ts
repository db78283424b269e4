import { isUnbounded, seesInstallation, visibleProjects, type Actor } from '../../auth/policy.ts';
import { readTurns, SHARD_LIMIT, type TeamTurn } from '../../executors/read-turns.ts';
import { teamQueue } from '../../executors/queue-state.ts';
import { builder } from '../builder.ts';
import '../projects/project.ts';
import { RunRef } from '../runs/run.ts';
import { QueueStateRef } from './queue.ts';

/** Teams that are told one by one. */
const TEAM_LIMIT = 200;

const TeamTurnRef = builder.objectRef<TeamTurn>('TeamTurn').implement({
  description: 'What a team has in the queue, and when it is its turn.',
  fields: (t) => ({
    team: t.prismaField({
      type: 'Team',
      description: 'The team.',
      resolve: (query, { teamId: id }, _args, { database }) =>
        database.prisma.team.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    turn: t.exposeInt('turn', {
      description: '1 is next: the team for which models have worked the least of late. It changes with every shard.',
    }),
    waitingShards: t.exposeInt('waitingShards', {
      description: `Shards that executors may take, counted up to ${SHARD_LIMIT}; none of paused runs.`,
    }),
    activeShards: t.exposeInt('activeShards', { description: 'Shards that executors are at work on.' }),
    recentSeconds: t.exposeFloat('recentSeconds', {
      description: 'That models have worked for it of late; seconds count half after a minute.',
    }),
    state: t.field({
      type: QueueStateRef,
      description: 'Its open runs.',
      resolve: ({ teamId }, _args, context) => teamQueue(context, teamId),
    }),
    runs: t.prismaConnection({
      type: RunRef,
      cursor: 'id',
      description: 'Its open runs that you may see, in the order in which executors take them; paused ones among them.',
      resolve: (query, { teamId }, _args, { database, actor }) =>
        database.prisma.run.findMany({
          ...query,
          where: {
            status: { in: ['QUEUED', 'RUNNING'] },
            source: 'EXECUTOR',
            deletedAt: null,
            project: { AND: [{ teamId }, visibleProjects(actor)] },
          },
          orderBy: [{ priority: 'desc' }, { id: 'asc' }],
        }),
    }),
  }),
});

interface Others {
  teams: number;
  waitingShards: number;
  activeShards: number;
}

const OtherTeamsRef = builder.objectRef<Others>('OtherTeams').implement({
  description: 'What teams that you are not in have in the queue, together.',
  fields: (t) => ({
    teams: t.exposeInt('teams', { description: 'So many.' }),
    waitingShards: t.exposeInt('waitingShards', { description: 'Shards that executors may take.' }),
    activeShards: t.exposeInt('activeShards', { description: 'Shards that executors are at work on.' }),
  }),
});

const QueueRef = builder.objectRef<{ teams: TeamTurn[]; others: Others }>('Queue').implement({
  description: 'What waits for executors, or is with them.',
  fields: (t) => ({
    teams: t.field({
      type: [TeamTurnRef],
      description: `Your teams with open runs, in the order of their turns, at most ${TEAM_LIMIT}.`,
      resolve: ({ teams }) => teams,
    }),
    others: t.field({ type: OtherTeamsRef, description: 'All other teams.', resolve: ({ others }) => others }),
  }),
});

builder.queryField('queue', (t) =>
  t.field({
    type: QueueRef,
    description: 'The queue of all executors, by team. For those who work in some team.',
    access: 'narrowed',
    complexity: 20,
    resolve: async (_root, _args, { database, actor }) => {
      const turns = seesInstallation(actor) ? await readTurns(database) : [];
      const mine = turns.filter(({ teamId }) => isIn(actor, teamId)).slice(0, TEAM_LIMIT);
      const others = turns.filter((turn) => !mine.includes(turn));
      const total = (of: (turn: TeamTurn) => number): number => others.reduce((sum, turn) => sum + of(turn), 0);
      return {
        teams: mine,
        others: {
          teams: others.length,
          waitingShards: total(({ waitingShards }) => waitingShards),
          activeShards: total(({ activeShards }) => activeShards),
        },
      };
    },
  }),
);

const isIn = (actor: Actor, teamId: bigint): boolean =>
  isUnbounded(actor) || ('roles' in actor && actor.roles.has(teamId));
