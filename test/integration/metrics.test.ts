import { createClient } from 'graphql-sse';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, expectProblem, mutate as send } from '../setup/ask.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let experimentId: string;
let runId: string;

beforeAll(async () => {
  stack = await startStack();
  const { project } = (await mutate(
    'createProject',
    { name: 'Metrics' },
    '... on CreateProjectPayload { project { id } }',
  )) as {
    project: { id: string };
  };
  const made = await mutate(
    'createExperiment',
    { projectId: project.id, name: 'Trainings' },
    '... on CreateExperimentPayload { experiment { id } }',
  );
  experimentId = (made as { experiment: { id: string } }).experiment.id;
});
afterAll(() => stack.stop());
beforeEach(async () => {
  runId = await begin();
});

const mutate = (name: string, input: object, fields: string) => send(stack, name, input, fields);

async function begin(): Promise<string> {
  const { run } = (await mutate('createRun', { experimentId }, '... on CreateRunPayload { run { id } }')) as {
    run: { id: string };
  };
  return run.id;
}

const log = (series: object[], more: object = {}) =>
  mutate('logMetrics', { runId, series, ...more }, '... on LogMetricsPayload { run { id } }');

async function summaries(): Promise<unknown> {
  const { data } = await ask(
    stack,
    'query ($id: ID!) { node(id: $id) { ... on Run { metrics { key count lastStep last min max } } } }',
    { id: runId },
  );
  return (data as { node: { metrics: unknown } }).node.metrics;
}

interface Curve {
  runId: string;
  key: string;
  total: number;
  steps: number[];
  values: (number | string)[];
}

async function curves(runIds: string[], keys: string[], args = ''): Promise<Curve[]> {
  const { data, errors } = await ask(
    stack,
    `query ($runIds: [ID!]!, $keys: [String!]!) { metricSeries(runIds: $runIds, keys: $keys ${args}) { runId key total steps values } }`,
    { runIds, keys },
  );
  if (errors) throw new Error(errors[0]!.message);
  return (data as { metricSeries: Curve[] }).metricSeries;
}

const base64 = (column: BigInt64Array | Float64Array): string =>
  Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString('base64');

describe('points of metrics', () => {
  test('may be drawn over time, in whose order they then are, or over the time since the run began', async () => {
    await log([{ key: 'loss', steps: [0, 1, 2], times: [3000, 1000, 2000], values: [1, 'NaN', 0.25] }]);
    const over = async (axis: string): Promise<{ x: number[]; steps: number[]; values: unknown[] }> => {
      const query = `{ metricSeries(runIds: ["${runId}"], keys: ["loss"], axis: ${axis}) { x steps values } }`;
      return ((await ask(stack, query)).data as { metricSeries: [{ x: number[]; steps: number[]; values: unknown[] }] })
        .metricSeries[0];
    };
    expect(await over('STEP')).toEqual({ x: [0, 1, 2], steps: [0, 1, 2], values: [1, 'NaN', 0.25] });
    expect(await over('TIME')).toEqual({ x: [1000, 2000, 3000], steps: [1, 2, 0], values: ['NaN', 0.25, 1] });
    const { rows } = await stack.pool.query<{ began: Date }>('SELECT started_at AS began FROM run WHERE id = $1', [
      runId.slice('Run_'.length),
    ]);
    expect((await over('RELATIVE_TIME')).x).toEqual([1000, 2000, 3000].map((time) => time - rows[0]!.began.getTime()));
  });

  test('come back as curves, by step in whatever order they were logged', async () => {
    await log([
      { key: 'loss', steps: [2, 0, 1], values: [0.25, 1, 0.5] },
      { key: 'accuracy', steps: [0], values: [0.1] },
    ]);
    expect(await curves([runId], ['loss', 'accuracy', 'unknown'])).toEqual([
      { runId, key: 'accuracy', total: 1, steps: [0], values: [0.1] },
      { runId, key: 'loss', total: 3, steps: [0, 1, 2], values: [1, 0.5, 0.25] },
    ]);
    expect(await summaries()).toEqual([
      { key: 'accuracy', count: 1, lastStep: '0', last: 0.1, min: 0.1, max: 0.1 },
      { key: 'loss', count: 3, lastStep: '2', last: 0.25, min: 0.25, max: 1 },
    ]);
  });

  test('may be base64, and keep NaN and infinities', async () => {
    const steps = base64(BigInt64Array.of(0n, 1n, 2n, 2n ** 40n));
    await log([{ key: 'loss', steps, values: base64(Float64Array.of(1, Number.NaN, Infinity, -Infinity)) }]);
    expect(await curves([runId], ['loss'])).toEqual([
      { runId, key: 'loss', total: 4, steps: [0, 1, 2, 2 ** 40], values: [1, 'NaN', 'Infinity', '-Infinity'] },
    ]);
    expect(await summaries()).toEqual([
      { key: 'loss', count: 4, lastStep: String(2 ** 40), last: '-Infinity', min: '-Infinity', max: 'Infinity' },
    ]);
    await log([{ key: 'loss', steps: [2 ** 41], values: ['NaN'] }]);
    expect(await summaries()).toMatchObject([{ count: 5, last: 'NaN', min: '-Infinity', max: 'Infinity' }]);
  });

  test('that are all NaN have no smallest one', async () => {
    await log([{ key: 'loss', steps: [0, 1], values: ['NaN', 'NaN'] }]);
    expect(await summaries()).toMatchObject([{ min: 'NaN', max: 'NaN' }]);
    await log([{ key: 'loss', steps: [2], values: [3] }]);
    expect(await summaries()).toMatchObject([{ min: 3, max: 3, last: 3 }]);
  });

  test('count once, however often they are sent', async () => {
    const series = [{ key: 'loss', steps: [0, 1], times: [1000, 2000], values: [1, 0.5] }];
    await log(series, { batchId: 'a' });
    await log(series, { batchId: 'a' });
    await log(series);
    await log([{ key: 'loss', steps: [1, 2], times: [2000, 3000], values: [0.5, 0.25] }]);
    expect(await summaries()).toEqual([{ key: 'loss', count: 3, lastStep: '2', last: 0.25, min: 0.25, max: 1 }]);
    await expectProblem(log([{ key: 'loss', steps: [9], values: [9] }], { batchId: 'a' }), 'CONFLICT', 'input.batchId');
  });

  test('by many writers at the same time are all there', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, w) =>
        log([{ key: 'loss', steps: Array.from({ length: 50 }, (_, i) => 50 * w + i), values: new Array(50).fill(w) }], {
          batchId: randomUUID(),
        }),
      ),
    );
    expect(await summaries()).toEqual([{ key: 'loss', count: 500, lastStep: '499', last: 9, min: 0, max: 9 }]);
  });

  test.each<[string, object, string]>([
    ['a negative step', { steps: [0, -1], values: [1, 2] }, 'input.series.0.steps.1'],
    ['steps of another length', { steps: [0], values: [1, 2] }, 'input.series.0.steps'],
    ['no points', { steps: [], values: [] }, 'input.series.0.values'],
    ['a time in seconds far ahead', { steps: [0], values: [1], times: [1e15] }, 'input.series.0.times.0'],
    ['an empty name', { key: '', steps: [0], values: [1] }, 'input.series.0.key'],
    ['a name with a line break', { key: 'a\nb', steps: [0], values: [1] }, 'input.series.0.key'],
    ['a name that is too long', { key: 'x'.repeat(251), steps: [0], values: [1] }, 'input.series.0.key'],
  ])('with %s are refused, and nothing is stored', async (_name, series, place) => {
    await expectProblem(log([{ key: 'loss', ...series }]), 'INVALID_VALUE', place);
    expect(await summaries()).toEqual([]);
  });

  test.each([
    ['text', ['a'], 'must be a number'],
    ['no base64', '***', 'is not base64'],
    ['half a number', 'AAAA', 'no multiple of 8'],
  ])('that are %s are refused by their column', async (_name, values, message) => {
    await expect(log([{ key: 'loss', steps: [0], values }])).rejects.toThrow(message);
  });
});

describe('a subscription to metrics', () => {
  test('gives all there are, then those with new points, and ends with the run', async () => {
    await log([{ key: 'loss', steps: [0], values: [1] }]);
    const client = createClient({ url: `${stack.apiUrl}/graphql/stream`, retryAttempts: 0 });
    const told: string[][] = [];
    for await (const { data } of client.iterate<{ runMetricsChanged: { key: string; count: number }[] }>({
      query: 'subscription ($id: ID!) { runMetricsChanged(runId: $id) { key count } }',
      variables: { id: runId },
    })) {
      told.push(data!.runMetricsChanged.map(({ key, count }) => `${key} ${count}`));
      if (told.length === 1) {
        await log([{ key: 'accuracy', steps: [0], values: [0.5] }]);
        await log([{ key: 'accuracy', steps: [1], values: [0.6] }]);
      }
      if (told.flat().includes('accuracy 2')) {
        await mutate('finishRun', { runId }, '... on FinishRunPayload { run { id } }');
      }
    }
    client.dispose();
    expect(told[0]).toEqual(['loss 1']);
    expect(
      told
        .slice(1)
        .flat()
        .filter((one) => one.startsWith('loss')),
    ).toEqual([]);
    expect(told.at(-1)).toEqual(['accuracy 2']);
  });
});

describe('curves', () => {
  const wave = Array.from({ length: 5000 }, (_, i) => Math.sin(i / 300) + (i === 3333 ? 5 : 0));
  beforeEach(async () => {
    await log([{ key: 'loss', steps: wave.map((_, i) => i), values: wave.map((v, i) => (i === 1234 ? 'NaN' : v)) }]);
  });

  test.each(['LTTB', 'MIN_MAX'])('are thinned out by %s with ends, peaks and holes', async (method) => {
    const [curve] = await curves([runId], ['loss'], `, points: 100, method: ${method}`);
    expect(curve!.total).toBe(5000);
    expect(curve!.steps.length).toBeLessThanOrEqual(100);
    expect(curve!.steps.length).toBeGreaterThan(80);
    expect([curve!.steps[0], curve!.steps.at(-1)]).toEqual([0, 4999]);
    expect(curve!.steps).toContain(3333);
    expect(curve!.values[curve!.steps.indexOf(1234)]).toBe('NaN');
    expect(curve!.steps).toEqual([...curve!.steps].sort((a, b) => a - b));
  });

  test('may be parts, by step', async () => {
    const [curve] = await curves([runId], ['loss'], ', fromStep: 10, toStep: "12"');
    expect(curve).toMatchObject({ total: 3, steps: [10, 11, 12] });
  });

  test('of many runs come in one answer', async () => {
    const first = runId;
    runId = await begin();
    await log([{ key: 'loss', steps: [0], values: [7] }]);
    const result = await curves([first, runId, 'Run_999999'], ['loss']);
    expect(result.map((curve) => [curve.runId, curve.total])).toEqual([
      [first, 5000],
      [runId, 1],
    ]);
  });

  test.each([
    ['too many points', ', points: 10001', 'points'],
    ['too few points', ', points: 2', 'points'],
  ])('with %s are refused', async (_name, args, place) => {
    await expect(curves([runId], ['loss'], args)).rejects.toThrow(place);
  });
});
