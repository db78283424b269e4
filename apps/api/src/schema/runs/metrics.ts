import { InvalidInput, problem } from '@samplewise/domain';
import { visibleProjects } from '../../auth/policy.ts';
import { readSeries, type Axis, type MetricCurve } from '../../metrics/read-series.ts';
import { builder, rowNumber } from '../builder.ts';
import { MetricKindEnum, metricsOfKind } from './metric-kind.ts';
import './run.ts';

const RUN_LIMIT = 200;
const KEY_LIMIT = 50;
const POINT_LIMIT = 10_000;
/** Of one answer. */
const TOTAL_LIMIT = 1_000_000;
const DEFAULT_POINTS = 500;

builder.prismaObject('MetricSummary', {
  description: 'A metric of a run: its latest value, and the smallest and largest.',
  fields: (t) => ({
    key: t.string({
      description: 'Such as `loss/train`.',
      select: { key: { select: { name: true } } },
      resolve: ({ key }) => key.name,
    }),
    count: t.exposeInt('count', { description: 'Points.' }),
    lastStep: t.expose('lastStep', { type: 'BigInt', description: 'Step of the latest point.' }),
    lastTime: t.expose('lastTime', { type: 'DateTime', description: 'Time of the latest point.' }),
    last: t.expose('last', { type: 'MetricValue', description: 'Value at the highest step.' }),
    min: t.expose('min', { type: 'MetricValue', description: 'Smallest value; NaN only where there is no other.' }),
    max: t.expose('max', { type: 'MetricValue', description: 'Largest value; NaN only where there is no other.' }),
  }),
});

builder.prismaObjectField('Run', 'metrics', (t) =>
  t.relation('metrics', {
    description: 'By name. Unless keys are given the first 1,000, without those of the machine.',
    args: {
      keys: t.arg.stringList({ description: 'Only these.' }),
      kind: t.arg({ type: MetricKindEnum, description: 'Only these; USER unless given, or keys are.' }),
    },
    query: ({ keys, kind }) => ({
      where: {
        ...(keys ? { key: { name: { in: keys } } } : {}),
        AND: kind != null || !keys ? metricsOfKind(kind) : {},
      },
      orderBy: { key: { name: 'asc' } },
      take: 1000,
    }),
  }),
);

const MetricCurveRef = builder.objectRef<MetricCurve>('MetricSeries').implement({
  description: 'The points of one metric of one run, in columns, by ascending x.',
  fields: (t) => ({
    runId: t.id({ description: 'Such as Run_1.', resolve: ({ runId }) => `Run_${runId}` }),
    key: t.exposeString('key', { description: 'The metric.' }),
    total: t.exposeInt('total', { description: 'Points before they were thinned out.' }),
    x: t.expose('x', { type: 'NumberList', description: 'Of each point: its step, or milliseconds; see `axis`.' }),
    steps: t.expose('steps', { type: 'NumberList', description: 'Of each point.' }),
    times: t.expose('times', { type: 'NumberList', description: 'Of each point, milliseconds since 1970.' }),
    values: t.expose('values', { type: 'NumberList', description: 'Of each point.' }),
  }),
});

const DownsamplingEnum = builder.enumType('Downsampling', {
  description: 'How a curve is thinned out. What is not finite is kept in any case.',
  values: {
    LTTB: { description: 'Largest triangle three buckets: looks most like the whole.' },
    MIN_MAX: { description: 'The lowest and the highest point of each bucket: misses no peak.' },
  } as const,
});

const AxisEnum = builder.enumType('MetricAxis', {
  description: 'What curves are drawn over, and thinned out by.',
  values: {
    STEP: { description: 'The step.' },
    TIME: { description: 'Milliseconds since 1970.' },
    RELATIVE_TIME: { description: 'Milliseconds since the run was started.' },
  } satisfies Record<Axis, object>,
});

builder.queryField('metricSeries', (t) =>
  t.field({
    type: [MetricCurveRef],
    description: 'Curves of many runs and metrics, thinned out on the server. Those without points are left out.',
    complexity: ({ runIds, keys }) => ({ field: runIds.length * keys.length, multiplier: 1 }),
    args: {
      runIds: t.arg.idList({ required: true, description: 'Up to 200, such as Run_1.' }),
      keys: t.arg.stringList({ required: true, description: 'Up to 50 metrics.' }),
      points: t.arg.int({ description: 'Most points of each curve, from 3 to 10,000; 500 unless given.' }),
      method: t.arg({ type: DownsamplingEnum, description: 'LTTB unless given.' }),
      axis: t.arg({ type: AxisEnum, description: 'STEP unless given.' }),
      fromStep: t.arg({ type: 'BigInt', description: 'From this step on.' }),
      toStep: t.arg({ type: 'BigInt', description: 'Up to this step.' }),
    },
    access: 'narrowed',
    resolve: async (_root, { runIds, keys, points, method, axis, fromStep, toStep }, { database, actor }) => {
      const ids = [...new Set(runIds.map((id, i) => rowNumber(id, 'Run', `runIds.${i}`)))];
      const most = points ?? DEFAULT_POINTS;
      within('runIds', ids.length, 1, RUN_LIMIT);
      within('keys', keys.length, 1, KEY_LIMIT);
      within('points', most, 3, POINT_LIMIT);
      within('points', most * ids.length * keys.length, 3, TOTAL_LIMIT);
      const present = await database.prisma.run.findMany({
        where: { id: { in: ids }, deletedAt: null, project: visibleProjects(actor) },
        select: { id: true, startedAt: true, createdAt: true },
      });
      return readSeries(
        database,
        present.map((run) => run.id),
        keys,
        {
          points: most,
          method: method ?? 'LTTB',
          axis: axis ?? 'STEP',
          begins: new Map(present.map((run) => [run.id, (run.startedAt ?? run.createdAt).getTime()])),
          fromStep: fromStep ?? undefined,
          toStep: toStep ?? undefined,
        },
      );
    },
  }),
);

function within(place: string, value: number, lowest: number, highest: number): void {
  if (value >= lowest && value <= highest) return;
  throw new InvalidInput(
    problem('INVALID_VALUE', `It is ${value}.`, { place, value, mend: `It must be from ${lowest} to ${highest}.` }),
  );
}
