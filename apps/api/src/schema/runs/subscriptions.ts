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
        async (message) => {
          if (message !== 'resynchronise') {
            return { values: message.kind === 'run' ? [BigInt(message.runId)] : [], done: false };
          }
          const recent = new Date(Date.now() - RECENT_MILLISECONDS);
          const runs = await database.prisma.run.findMany({
            where: { experimentId: id, OR: [{ finishedAt: null }, { finishedAt: { gte: recent } }] },
            select: { id: true },
            orderBy: { id: 'asc' },
            take: RESYNCHRONISED_RUNS,
          });
          return { values: runs.map((run) => run.id), done: false };
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
