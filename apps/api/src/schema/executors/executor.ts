import type { ExecutorStatus } from '@samplewise/database';
import { seesInstallation, visibleProjects } from '../../auth/policy.ts';
import { runExecutors } from '../../executors/run-executors.ts';
import { builder } from '../builder.ts';
import '../runs/run.ts';

/** Executors that ended longer ago are not listed; they can be asked for by their runs. */
const LISTED_MILLISECONDS = 24 * 3600 * 1000;

const ExecutorStatusEnum = builder.enumType('ExecutorStatus', {
  description: 'Whether an executor is there.',
  values: {
    RUNNING: { description: 'It takes shards.' },
    STOPPED: { description: 'It was stopped in order.' },
    LOST: { description: 'It fell silent; what it was at work on is taken by others.' },
  } satisfies Record<ExecutorStatus, object>,
});

const Executor = builder.prismaNode('Executor', {
  description: 'A process that takes shards of runs. It belongs to the installation, not to a project.',
  id: { resolve: ({ id }) => String(id), description: 'Such as Executor_1.' },
  findUnique: (id) => ({ id: BigInt(id) }),
  nullable: true,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'For people; several may have one name.' }),
    host: t.exposeString('host', { description: 'The machine, or its container.' }),
    status: t.expose('status', { type: ExecutorStatusEnum, description: 'Whether it is there.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it started.' }),
    heartbeatAt: t.expose('heartbeatAt', { type: 'DateTime', description: 'When it was last heard of.' }),
    stoppedAt: t.expose('stoppedAt', { type: 'DateTime', nullable: true, description: 'When it ended, or was lost.' }),
    hardware: t.expose('hardware', { type: 'JSON', description: 'Processor, cores, memory, threads.' }),
    versions: t.expose('versions', { type: 'JSON', description: 'Node, operating system and packages.' }),
    settings: t.expose('settings', {
      type: 'JSON',
      description: 'Shards at once, limits of memory and time, power and price.',
    }),
    shardsDone: t.exposeInt('shardsDone', { description: 'Shards that it has stored.' }),
    samplesDone: t.expose('samplesDone', { type: 'BigInt', description: 'Samples of these.' }),
    memoryBytes: t.expose('memoryBytes', {
      type: 'BigInt',
      description: 'Resident memory of the executor and its model processes, when it was last heard of.',
    }),
    cpuPercent: t.exposeFloat('cpuPercent', {
      nullable: true,
      description: 'How busy all cores of its machine together were when it was last heard of, 0 to 100.',
    }),
    machineMemoryBytes: t.expose('machineMemoryBytes', {
      type: 'BigInt',
      nullable: true,
      description: 'In use on its machine then; hardware.memoryBytes is all of it.',
    }),
    current: t.relation('shards', {
      description: 'What it is at work on, of the runs that you may see.',
      query: (_args, { actor }) => ({
        where: { finishedAt: null, run: { deletedAt: null, project: visibleProjects(actor) } },
        orderBy: [{ runId: 'asc' }, { index: 'asc' }],
      }),
    }),
  }),
});

builder.prismaObject('RunShard', {
  description: 'A range of a run that one executor predicts and stores at once.',
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Counts the shards of the run from 0.' }),
    run: t.relation('run', { description: 'The run.' }),
    samples: t.exposeInt('samples', { description: 'Samples in it.' }),
    executor: t.field({
      type: Executor,
      nullable: true,
      description: 'Who is at work on it; when it is finished, who did it. For those who work in some team.',
      select: (_args, _context, nested) => ({ executor: nested() }),
      resolve: ({ executor }, _args, { actor }) => (seesInstallation(actor) ? executor : null),
    }),
    claimedAt: t.expose('claimedAt', { type: 'DateTime', nullable: true, description: 'When it was last taken.' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its predictions were stored.',
    }),
    attempts: t.exposeInt('attempts', { description: 'How often it was taken. After ten that failed the run fails.' }),
    retryAt: t.expose('retryAt', { type: 'DateTime', nullable: true, description: 'It is not tried again before.' }),
    error: t.exposeString('error', { nullable: true, description: 'Why the last attempt failed.' }),
  }),
});

builder.prismaObjectFields('Run', (t) => ({
  shards: t.relatedConnection('shards', {
    cursor: 'runId_index',
    description: 'The ranges that executors predict, in their order; none for runs of clients.',
    query: { orderBy: { index: 'asc' } },
  }),
  executors: t.field({
    type: [Executor],
    description: 'Who took part in it, or takes part at present. For those who work in some team.',
    complexity: 10,
    select: { id: true },
    resolve: ({ id }, _args, context) => (seesInstallation(context.actor) ? runExecutors(context, id) : []),
  }),
}));

builder.queryField('executors', (t) =>
  t.prismaConnection({
    type: 'Executor',
    cursor: 'id',
    description:
      'The executors of the installation, newest first: those that are there, and those that ended within a day. For those who work in some team.',
    access: 'narrowed',
    resolve: (query, _root, _args, { database, actor }) =>
      database.prisma.executor.findMany({
        ...query,
        where: seesInstallation(actor)
          ? { heartbeatAt: { gt: new Date(Date.now() - LISTED_MILLISECONDS) } }
          : { id: { in: [] } },
        orderBy: { id: 'desc' },
      }),
  }),
);
