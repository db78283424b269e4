import type { Announcement, Database } from '@samplewise/database';
import { setTimeout } from 'node:timers/promises';
import { follow } from '../../runs/follow.ts';
import { builder, rowNumber } from '../builder.ts';
import { MetricKindEnum, metricsOfKind } from './metric-kind.ts';

const ENDED = ['FINISHED', 'FAILED', 'CANCELED'];
/** After a lost connection, runs that have ended within this time are given again. */
const RECENT_MILLISECONDS = 10 * 60 * 1000;
const RESYNCHRONISED_RUNS = 1000;
/** Points that come within this time are told together. */
const METRICS_MILLISECONDS = 250;
const METRICS_FOLLOWED = 1000;

/** Of a project's followers: beyond that each announcement is looked up. */
const EXPERIMENTS_KNOWN = 10_000;

const runsOf = (message: Announcement): bigint[] => (message.kind === 'run' ? [BigInt(message.runId)] : []);

/** What a reader may have missed: runs that have not ended, or not long ago. */
async function recentRuns(
  { prisma }: Pick<Database, 'prisma'>,
  of: { experimentId: bigint } | { projectId: bigint },
): Promise<bigint[]> {
  const recent = new Date(Date.now() - RECENT_MILLISECONDS);
  const runs = await prisma.run.findMany({
    where: { ...of, OR: [{ finishedAt: null }, { finishedAt: { gte: recent } }] },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: RESYNCHRONISED_RUNS,
  });
  return runs.map(({ id }) => id);
}

builder.subscriptionFields((t) => ({
  runChanged: t.prismaField({
    type: 'Run',
    description: 'The run as it stands, then whenever it changes; ends when the run has ended.',
    args: { runId: t.arg.id({ required: true, description: 'Such as Run_1.' }) },
    subscribe: (_root, { runId }, { listener, database }) => {
      const id = rowNumber(runId, 'Run', 'runId');
      return follow(
        listener,
        (m) => m.kind === 'run' && m.runId === String(id),
        async () => {
          const run = await database.prisma.run.findUnique({ where: { id }, select: { status: true } });
          return { values: run ? [id] : [], done: !run || ENDED.includes(run.status) };
        },
      );
    },
    resolve: (query, id, _args, { database }) => database.prisma.run.findUniqueOrThrow({ ...query, where: { id: id } }),
  }),
  runMetricsChanged: t.prismaField({
    type: ['MetricSummary'],
    description: 'All metrics of a run, then those that have new points, at most four times a second.',
    args: {
      runId: t.arg.id({ required: true, description: 'Such as Run_1.' }),
      kind: t.arg({ type: MetricKindEnum, description: 'Only these; USER unless given.' }),
    },
    subscribe: (_root, { runId, kind }, { listener, database }) => {
      const id = rowNumber(runId, 'Run', 'runId');
      const seen = new Map<number, number>();
      return follow(
        listener,
        (m) => (m.kind === 'metrics' || m.kind === 'run') && m.runId === String(id),
        async (message) => {
          if (message === 'resynchronise') seen.clear();
          else await setTimeout(METRICS_MILLISECONDS);
          const run = await database.prisma.run.findUnique({ where: { id }, select: { status: true } });
          const rows = await database.prisma.metricSummary.findMany({
            where: { runId: id, ...metricsOfKind(kind) },
            select: { keyId: true, count: true },
            take: METRICS_FOLLOWED,
            orderBy: { keyId: 'asc' },
          });
          const changed = rows.filter(({ keyId, count }) => seen.get(keyId) !== count);
          for (const { keyId, count } of changed) seen.set(keyId, count);
          const keyIds = changed.map(({ keyId }) => keyId);
          return {
            values: keyIds.length > 0 || message === 'resynchronise' ? [{ id, keyIds }] : [],
            done: !run || ENDED.includes(run.status),
          };
        },
      );
    },
    resolve: (query, { id, keyIds }, _args, { database }) =>
      database.prisma.metricSummary.findMany({
        ...query,
        where: { runId: id, keyId: { in: keyIds } },
        orderBy: { keyId: 'asc' },
      }),
  }),
  experimentRunChanged: t.prismaField({
    type: 'Run',
    description: 'Each run of the experiment that changes, beginning with those that have not ended.',
    args: { experimentId: t.arg.id({ required: true, description: 'Such as Experiment_1.' }) },
    subscribe: (_root, { experimentId }, { listener, database }) => {
      const id = rowNumber(experimentId, 'Experiment', 'experimentId');
      return follow(
        listener,
        (m) => m.kind === 'run' && m.experimentId === String(id),
        async (message) => ({
          values: message === 'resynchronise' ? await recentRuns(database, { experimentId: id }) : runsOf(message),
          done: false,
        }),
      );
    },
    resolve: (query, id, _args, { database }) => database.prisma.run.findUniqueOrThrow({ ...query, where: { id: id } }),
  }),
  projectRunChanged: t.prismaField({
    type: 'Run',
    description: 'Each run of the project that changes, beginning with those that have not ended.',
    args: { projectId: t.arg.id({ required: true, description: 'Such as Project_1.' }) },
    subscribe: (_root, { projectId }, { listener, database }) => {
      const id = rowNumber(projectId, 'Project', 'projectId');
      // An announcement names the experiment, which stays in its project.
      const isOurs = new Map<string, boolean>();
      const concerns = async (experimentId: string): Promise<boolean> => {
        const known = isOurs.get(experimentId);
        if (known !== undefined) return known;
        const where = { id: BigInt(experimentId), projectId: id };
        const ours = (await database.prisma.experiment.count({ where })) > 0;
        if (isOurs.size < EXPERIMENTS_KNOWN) isOurs.set(experimentId, ours);
        return ours;
      };
      return follow(
        listener,
        (m) => m.kind === 'run' && isOurs.get(m.experimentId) !== false,
        async (message) => {
          if (message === 'resynchronise')
            return { values: await recentRuns(database, { projectId: id }), done: false };
          const ours = message.kind === 'run' && (await concerns(message.experimentId));
          return { values: ours ? runsOf(message) : [], done: false };
        },
      );
    },
    resolve: (query, id, _args, { database }) => database.prisma.run.findUniqueOrThrow({ ...query, where: { id: id } }),
  }),
  importChanged: t.prismaField({
    type: 'DatasetImport',
    description: 'The import as it stands, then whenever it changes; ends with it.',
    args: { importId: t.arg.id({ required: true, description: 'Such as DatasetImport_1.' }) },
    subscribe: (_root, { importId }, { listener, database }) => {
      const id = rowNumber(importId, 'DatasetImport', 'importId');
      return follow(
        listener,
        (m) => m.kind === 'import' && m.importId === String(id),
        async () => {
          const row = await database.prisma.datasetImport.findUnique({ where: { id }, select: { status: true } });
          return { values: row ? [id] : [], done: !row || ENDED.includes(row.status) };
        },
      );
    },
    resolve: (query, id, _args, { database }) =>
      database.prisma.datasetImport.findUniqueOrThrow({ ...query, where: { id: id } }),
  }),
}));
