import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, mutate } from '../setup/ask.ts';
import { startStack, until, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

let stack: Stack;
let experimentId: string;
/** Predictions of the three samples, whose classes are 0, 3 and 6. */
const PREDICTED = { base: [0, 0, -1], better: [0, 3, 1], other: [1, 3, 6] };
const runs = {} as Record<keyof typeof PREDICTED, string>;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  const { projectId, datasetVersionId } = await tinyProject(stack.client, 'Comparison');
  experimentId = (await stack.client.createExperiment({ projectId, name: 'Compared', datasetVersionId })).id;
  for (const [name, predicted] of Object.entries(PREDICTED)) runs[name as 'base'] = await finished(name, predicted);
});
afterAll(() => stack.stop());

async function begun(name: string): Promise<string> {
  const { run } = (await mutate(
    stack,
    'createRun',
    { experimentId, name },
    '... on CreateRunPayload { run { id } }',
  )) as {
    run: { id: string };
  };
  return run.id;
}

async function finished(name: string, predicted: number[]): Promise<string> {
  const runId = await begun(name);
  const batch = { runId, batchId: randomUUID(), sampleIndex: [0, 1, 2], predicted };
  await mutate(stack, 'logPredictions', batch, '... on LogPredictionsPayload { sampleDone }');
  await mutate(stack, 'finishRun', { runId }, '... on FinishRunPayload { run { id } }');
  await until(
    async () => ((await stack.client.run(runId)).status === 'FINISHED' ? true : undefined),
    20,
    'the evaluation',
  );
  return runId;
}

const COMPARISON = `query ($runIds: [ID!]!, $reference: ID) {
  comparison(runIds: $runIds, reference: $reference) {
    samples cochranQ fleissKappa { value }
    reference { id }
    runs {
      run { name }
      outcomes { bothRight fixed broken bothWrong }
      metrics { name reference value difference { value low high method } }
      perClass { label support fixed broken }
      mcnemar { exactP midP adjustedP }
      cohenG { value } agreement
    }
    pairs { firstId secondId fixed broken midP adjustedP difference { value } }
  }
}`;

describe('a comparison', () => {
  test('says what became of the samples, and how sure the difference is', async () => {
    const { data, errors } = await ask(stack, COMPARISON, { runIds: [runs.base, runs.better, runs.other] });
    expect(errors).toBeUndefined();
    const { comparison } = data as { comparison: { runs: { metrics: object[]; perClass: object[] }[] } };
    expect(comparison).toMatchObject({
      samples: 3,
      reference: { id: runs.base },
      runs: [
        {
          run: { name: 'better' },
          outcomes: { bothRight: 1, fixed: 1, broken: 0, bothWrong: 1 },
          mcnemar: { exactP: 1, midP: 0.5, adjustedP: 1 },
          cohenG: { value: 0.5 },
          agreement: 1 / 3,
        },
        { run: { name: 'other' }, outcomes: { bothRight: 0, fixed: 2, broken: 1, bothWrong: 0 } },
      ],
      pairs: [
        { firstId: runs.base, secondId: runs.better, fixed: 1, broken: 0 },
        { firstId: runs.base, secondId: runs.other, fixed: 2, broken: 1 },
        { firstId: runs.better, secondId: runs.other, fixed: 1, broken: 1, midP: 1 },
      ],
    });
    expect(comparison.runs[0]!.metrics[0]).toMatchObject({
      name: 'accuracy',
      reference: 1 / 3,
      value: 2 / 3,
      difference: { value: expect.closeTo(1 / 3, 9) as number, method: 'newcombe' },
    });
    expect(comparison.runs[0]!.perClass).toContainEqual({ label: 'happy', support: 1, fixed: 1, broken: 0 });
  });

  test('may have any of the runs as its reference, and is the same when asked again', async () => {
    const variables = { runIds: [runs.base, runs.better], reference: runs.better };
    const first = await ask(stack, COMPARISON, variables);
    expect(first.data).toMatchObject({
      comparison: {
        reference: { id: runs.better },
        runs: [{ run: { name: 'base' }, outcomes: { broken: 1, fixed: 0 } }],
      },
    });
    expect(await ask(stack, COMPARISON, variables)).toEqual(first);
  });

  test('refuses a single run, runs that have not ended, and a reference of elsewhere', async () => {
    const refused = async (variables: object) => (await ask(stack, COMPARISON, variables)).errors?.[0]?.message;
    expect(await refused({ runIds: [runs.base, runs.base] })).toContain('Name 2 to 20');
    expect(await refused({ runIds: [runs.base, 'Run_999999'] })).toContain('no such run');
    expect(await refused({ runIds: [runs.base, await begun('open')] })).toContain('no evaluation');
    expect(await refused({ runIds: [runs.base, runs.better], reference: runs.other })).toContain('none of the runs');
  });
});

test('a comparison gives the metrics that are asked for, and says which there are', async () => {
  const read = (names: string) =>
    ask(
      stack,
      `{ comparison(runIds: ["${runs.base}", "${runs.better}"]) { runs { metrics(names: ${names}) { name value } } } }`,
    );
  const { data } = await read('["accuracy"]');
  expect(data).toMatchObject({ comparison: { runs: [{ metrics: [{ name: 'accuracy', value: 2 / 3 }] }] } });
  expect((await read('["auc"]')).errors?.[0]?.message).toContain('It has accuracy, balancedAccuracy');
});

describe('the samples behind a comparison', () => {
  const SAMPLES = `query ($id: ID!, $comparedTo: ID, $outcome: Outcome) {
    node(id: $id) { ... on Run { predictions(comparedTo: $comparedTo, outcome: $outcome) {
      totalCount edges { node { before { predicted confidence } sample { index } } } } } }
  }`;
  const indices = async (outcome: string): Promise<number[]> => {
    const { data } = await ask(stack, SAMPLES, { id: runs.better, comparedTo: runs.base, outcome });
    const { predictions } = (
      data as { node: { predictions: { totalCount: number; edges: { node: { sample: { index: number } } }[] } } }
    ).node;
    expect(predictions.totalCount).toBe(predictions.edges.length);
    return predictions.edges.map((edge) => edge.node.sample.index);
  };

  test('are those that were fixed, broken, or stayed', async () => {
    expect(await indices('FIXED')).toEqual([1]);
    expect(await indices('BROKEN')).toEqual([]);
    expect(await indices('BOTH_RIGHT')).toEqual([0]);
    expect(await indices('BOTH_WRONG')).toEqual([2]);
  });

  test('say what the other run made of them', async () => {
    const { data } = await ask(stack, SAMPLES, { id: runs.better, comparedTo: runs.base, outcome: 'FIXED' });
    expect(data).toMatchObject({
      node: { predictions: { edges: [{ node: { before: { predicted: 'angry', confidence: null } } }] } },
    });
    const nothing = await ask(stack, SAMPLES, { id: runs.better, comparedTo: runs.base, outcome: 'BOTH_WRONG' });
    expect(nothing.data).toMatchObject({ node: { predictions: { edges: [{ node: { before: null } }] } } });
  });

  test('need both arguments, and a run on the same samples', async () => {
    const half = await ask(stack, SAMPLES, { id: runs.better, outcome: 'FIXED' });
    expect(half.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    const strange = await ask(stack, SAMPLES, { id: runs.better, outcome: 'FIXED', comparedTo: 'Run_999999' });
    expect(strange.errors?.[0]?.message).toContain('There is no such run');
  });
});

describe('slices of a run', () => {
  const slices = async (args: string, name: keyof typeof PREDICTED = 'better') => {
    const { data, errors } = await ask(
      stack,
      `{ node(id: "${runs[name]}") { ... on Run {
        slices(${args}) { looks slices { value count covered accuracy { value low high } macroF1 { value } } }
      } } }`,
    );
    interface Sliced {
      looks: number;
      slices: { value: string; count: number; accuracy: { value: number } | null }[];
    }
    return { errors, sliced: (data?.node as { slices: Sliced } | null | undefined)?.slices };
  };
  const figures = async (args: string): Promise<unknown[]> =>
    (await slices(args))
      .sliced!.slices.filter(({ count }) => count > 0)
      .map(({ value, count, accuracy }) => [value, count, accuracy!.value]);

  test('are by class, by what was predicted, by split, by confidence and by agreement', async () => {
    expect(await figures('by: LABEL')).toEqual([['angry', 1, 1], ['happy', 1, 1], ['neutral', 1, 0]]);
    expect(await figures('by: PREDICTED')).toEqual([['angry', 1, 1], ['disgust', 1, 0], ['happy', 1, 1]]);
    expect(await figures('by: SPLIT')).toEqual([['VALIDATION', 3, 2 / 3]]);
    expect(await figures('by: CONFIDENCE')).toEqual([['unknown', 3, 2 / 3]]);
    expect(await figures(`by: AGREEMENT, with: ["${runs.base}", "${runs.other}"]`)).toEqual([
      ['1 of 3 right', 1, 0],
      ['2 of 3 right', 2, 1],
    ]);
  }); // prettier-ignore

  test('have intervals, and say how many looks they are', async () => {
    const { sliced } = await slices('by: LABEL');
    expect(sliced!.looks).toBe(3);
    expect(sliced!.slices[0]).toMatchObject({ covered: 1, accuracy: { value: 1, high: 1 }, macroF1: { value: 1 } });
  });

  test('are refused without the runs that they need', async () => {
    const { errors } = await slices('by: AGREEMENT');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect((await slices('by: CONFIDENCE, bins: 0')).errors).toHaveLength(1);
  });

  test('can be compared on their own', async () => {
    const compared = (slice: string) =>
      ask(
        stack,
        `{ comparison(runIds: ["${runs.base}", "${runs.better}"], slice: ${slice}) {
          samples runs { outcomes { fixed broken } perClass { label support } }
        } }`,
      );
    expect((await compared('{ labels: ["happy", "neutral"] }')).data).toMatchObject({
      comparison: { samples: 2, runs: [{ outcomes: { fixed: 1, broken: 0 } }] },
    });
    expect((await compared('{ predicted: ["angry"], labels: ["happy"] }')).data).toMatchObject({
      comparison: { samples: 1 },
    });
    for (const none of ['{ labels: ["joy"] }', '{ confidence: { min: 0.5 } }']) {
      expect((await compared(none)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});
