import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, mutate } from '../setup/ask.ts';
import { startStack, until, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

/** Scores of the three samples, whose classes are 0 (angry), 3 (happy) and 6 (neutral). */
const SURE = [
  [0.9, 0, 0, 0.1, 0, 0, 0],
  [0.6, 0, 0, 0.4, 0, 0, 0],
  [0, 0, 0.3, 0, 0, 0.5, 0.2],
];
const RIGHT = [0, 3, 6].map((label) => Array.from({ length: 7 }, (_, i) => (i === label ? 0.7 : 0.05)));

let stack: Stack;
let experimentId: string;
let [sure, right] = ['', ''];

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  const { projectId, datasetVersionId } = await tinyProject(stack.client, 'Reads');
  experimentId = (await stack.client.createExperiment({ projectId, name: 'Read', datasetVersionId })).id;
  sure = await finished('sure', SURE, 2);
  right = await finished('right', RIGHT, 4);
});
afterAll(() => stack.stop());

async function begun(name: string): Promise<string> {
  const fields = '... on CreateRunPayload { run { id } }';
  const { run } = (await mutate(stack, 'createRun', { experimentId, name }, fields)) as { run: { id: string } };
  return run.id;
}

async function finished(name: string, scores: number[][], wallSeconds: number): Promise<string> {
  const runId = await begun(name);
  const batch = { runId, batchId: randomUUID(), sampleIndex: [0, 1, 2], scores };
  await mutate(stack, 'logPredictions', batch, '... on LogPredictionsPayload { sampleDone }');
  const costs = [{ phase: 'INFERENCE', wallSeconds, cpuSeconds: 1, device: 'cpu', samples: 3 }];
  await mutate(stack, 'logCosts', { runId, costs }, '... on LogCostsPayload { run { id } }');
  await mutate(stack, 'finishRun', { runId }, '... on FinishRunPayload { run { id } }');
  const done = async () => ((await stack.client.run(runId)).status === 'FINISHED' ? true : undefined);
  await until(done, 20, 'the evaluation');
  return runId;
}

async function ofRun(id: string, fields: string): Promise<Record<string, unknown>> {
  const { data, errors } = await ask(stack, `query ($id: ID!) { node(id: $id) { ... on Run { ${fields} } } }`, { id });
  if (errors) throw new Error(errors[0]!.message);
  return data!.node as Record<string, unknown>;
}

/** Indices of samples in the order in which pages of one give them, forwards, and backwards. */
async function ordered(args: string): Promise<[number[], number[]]> {
  const read = async (way: 'first' | 'last'): Promise<number[]> => {
    const [cursor, from, more] =
      way === 'first' ? ['endCursor', 'after', 'hasNextPage'] : ['startCursor', 'before', 'hasPreviousPage'];
    const indices: number[] = [];
    for (let at = ''; ;) {
      const { predictions } = (await ofRun(
        sure,
        `predictions(${way}: 1, ${at} ${args}) { edges { node { sample { index } } } pageInfo { ${cursor} ${more} } }`,
      )) as { predictions: { edges: { node: { sample: { index: number } } }[]; pageInfo: Record<string, string> } };
      indices.push(...predictions.edges.map(({ node }) => node.sample.index));
      if (!predictions.pageInfo[more]) return indices;
      at = `${from}: "${predictions.pageInfo[cursor]}",`;
    }
  };
  return [await read('first'), (await read('last')).reverse()];
}

describe('predictions', () => {
  test.each([
    ['CONFIDENCE', 'DESC', [0, 1, 2]],
    ['CONFIDENCE', 'ASC', [2, 1, 0]],
    ['LOSS', 'DESC', [2, 1, 0]],
    ['LOSS', 'ASC', [0, 1, 2]],
    ['SAMPLE', 'DESC', [2, 1, 0]],
  ])('come by %s, %s, page by page in both directions', async (field, direction, expected) => {
    const found = await ordered(`orderBy: { field: ${field}, direction: ${direction} }`);
    expect(found).toEqual([expected, expected]);
  });

  test('are found by how sure the model was, both ends inclusive, and tell their loss', async () => {
    const { predictions } = await ofRun(
      sure,
      'predictions(first: 5, confidence: { min: 0.6, max: 0.9 }) { totalCount edges { node { loss confidence } } }',
    );
    expect(predictions).toMatchObject({
      totalCount: 2,
      edges: [{ node: { loss: expect.closeTo(-Math.log(0.9), 6) as number } }, { node: { confidence: 0.6 } }],
    });
  });

  test('refuse a cursor of another order', async () => {
    await expect(ofRun(sure, 'predictions(first: 1, after: "0.5:1") { totalCount }')).rejects.toThrow('not a cursor');
    await expect(
      ofRun(sure, 'predictions(first: 1, after: "1", orderBy: { field: LOSS }) { totalCount }'),
    ).rejects.toThrow('not a cursor');
  });
});

describe('curves', () => {
  test('of several classes come at once and are those of each; what is no class is refused', async () => {
    const point = 'label roc { threshold truePositiveRate } precisionRecall { recall precision }';
    const { classCurves, ...each } = await ofRun(
      sure,
      `classCurves(labels: ["angry", "happy"]) { ${point} } one: curves(label: "angry") { ${point} } two: curves(label: "happy") { ${point} }`,
    );
    expect(classCurves).toEqual([each.one, each.two]);
    expect(await ofRun(sure, `classCurves(labels: ["happy"]) { ${point} }`)).toEqual({ classCurves: [each.two] });
    await expect(ofRun(sure, 'classCurves(labels: ["bored"]) { label }')).rejects.toThrow("no class 'bored'");
  });

  test('tell what a run would reach that abstains where it is less sure', async () => {
    const { accuracyCoverage } = await ofRun(sure, 'accuracyCoverage { threshold coverage accuracy }');
    expect(accuracyCoverage).toEqual([
      { threshold: expect.closeTo(0.9, 6) as number, coverage: 1 / 3, accuracy: 1 },
      { threshold: expect.closeTo(0.6, 6) as number, coverage: 2 / 3, accuracy: 0.5 },
      { threshold: 0.5, coverage: 1, accuracy: expect.closeTo(1 / 3, 9) as number },
    ]);
  });

  test('there are none of a run without scores', async () => {
    const runId = await begun('without');
    const batch = { runId, batchId: randomUUID(), sampleIndex: [0], predicted: [0] };
    await mutate(stack, 'logPredictions', batch, '... on LogPredictionsPayload { sampleDone }');
    expect(await ofRun(runId, 'accuracyCoverage { coverage } classCurves(labels: ["happy"]) { label }')).toEqual({
      accuracyCoverage: null,
      classCurves: null,
    });
  });
});

test('a run that goes on tells how far it is and how long it takes; one that has ended does not', async () => {
  const runId = await begun('going on');
  const progress =
    'progress { samplesPerSecond secondsLeft phases { phase done total running samplesPerSecond cached } }';
  expect(await ofRun(runId, progress)).toMatchObject({ progress: { samplesPerSecond: null, secondsLeft: null } });
  const batch = { runId, batchId: randomUUID(), sampleIndex: [0, 1], predicted: [0, 0] };
  await mutate(stack, 'logPredictions', batch, '... on LogPredictionsPayload { sampleDone }');
  const told = (await ofRun(runId, progress)) as { progress: { samplesPerSecond: number; secondsLeft: number } };
  expect(told.progress).toMatchObject({
    phases: [
      { phase: 'INFERENCE', done: 2, total: 3, running: true, samplesPerSecond: null, cached: 0 },
      { phase: 'EVALUATION', done: 0, running: false },
    ],
  });
  expect(told.progress.secondsLeft).toBeCloseTo(1 / told.progress.samplesPerSecond, 6);
  expect(await ofRun(sure, `createdBy ${progress}`)).toEqual({ createdBy: null, progress: null });
});

test('an evaluation has the micro averages', async () => {
  const names = 'accuracy { value } coveredAccuracy { value } microPrecision { value } microRecall { value }';
  const { evaluation } = await ofRun(sure, `evaluation { ${names} microF1 { value } }`);
  const third = { value: expect.closeTo(1 / 3, 9) as number };
  expect(evaluation).toEqual({
    accuracy: third,
    coveredAccuracy: third,
    microPrecision: third,
    microRecall: third,
    microF1: third,
  });
});

test('a comparison tells how alike runs answer, in which class they differ, and which are worth their cost', async () => {
  const { data, errors } = await ask(
    stack,
    `query ($ids: [ID!]!) { comparison(runIds: $ids) {
      pairs { agreement kappa { value } }
      runs { perClass { label fixed midP adjustedP } }
      wall: costs(measure: WALL_SECONDS) { runId cost onFront }
      energy: costs(measure: ENERGY_JOULES) { cost onFront }
    } }`,
    { ids: [sure, right] },
  );
  expect(errors).toBeUndefined();
  expect(data!.comparison).toMatchObject({
    pairs: [{ agreement: 1 / 3 }],
    runs: [
      {
        // One sample each: mid-p 0.5, and three times that (of seven classes) is more than 1.
        perClass: expect.arrayContaining([{ label: 'happy', fixed: 1, midP: 0.5, adjustedP: 1 }]) as object,
      },
    ],
    wall: [
      { runId: sure, cost: expect.closeTo(2000 / 3, 6) as number, onFront: true },
      { runId: right, cost: expect.closeTo(4000 / 3, 6) as number, onFront: true },
    ],
    energy: [
      { cost: null, onFront: false },
      { cost: null, onFront: false },
    ],
  });
});
