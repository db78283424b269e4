import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answeredSamples, saidOf, type AnsweredSamples } from '../setup/answered-samples.ts';
import { ask, mutate } from '../setup/ask.ts';
import { CLASSES, SAMPLES } from '../setup/sampled-project.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let versionId: string;
let wholeId: string;
let runs: AnsweredSamples['runs'];
beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  ({ versionId, wholeId, runs } = await answeredSamples(stack));
});
afterAll(() => stack.stop());

const SEARCH = `query ($id: ID!, $filter: SampleFilterInput, $order: SampleOrderInput, $first: Int, $last: Int,
  $after: String, $before: String, $skip: Int) {
  node(id: $id) { ... on DatasetVersion {
    sampleSearch(filter: $filter, order: $order, first: $first, last: $last, after: $after, before: $before, skip: $skip) {
      totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor }
      edges { cursor node { index label split measurements { brightness } } answers { runId predicted confidence correct } }
    }
  } }
}`;

interface Edge {
  cursor: string;
  node: { index: number; label: string; split: string; measurements: { brightness: number } };
  answers: { runId: string; predicted: string | null; confidence: number | null; correct: boolean }[];
}
interface Page {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string; startCursor: string };
  edges: Edge[];
}

async function search(variables: object): Promise<Page> {
  const { data, errors } = await ask(stack, SEARCH, { id: versionId, first: 100, ...variables });
  expect(errors).toBeUndefined();
  return (data as { node: { sampleSearch: Page } }).node.sampleSearch;
}
const indicesOf = ({ edges }: Page): number[] => edges.map(({ node }) => node.index);
const refusal = async (variables: object): Promise<unknown> => {
  const { errors } = await ask(stack, SEARCH, { id: versionId, ...variables });
  const [error] = errors as { extensions: { problems?: { place: string; code: string }[] } }[];
  return error?.extensions.problems?.[0];
};

const said = (name: string, index: number) => saidOf(runs[name]!.answers, index);

describe('a search of samples', () => {
  test('without a filter gives all of them, in their order', async () => {
    const page = await search({});
    expect(page.totalCount).toBe(SAMPLES.length);
    expect(indicesOf(page)).toEqual([...SAMPLES.keys()]);
    expect(page.edges[50]!.node).toMatchObject({ label: 'sad', split: 'TEST' });
  });

  test('finds what a look at each sample finds, whatever is asked', async () => {
    const condition = fc.record(
      {
        name: fc.constantFrom('first', 'second', 'third', 'tested'),
        predicted: fc.subarray(CLASSES, { minLength: 1 }),
        correct: fc.boolean(),
        answered: fc.boolean(),
        confidence: fc.record(
          { min: fc.double({ min: 0, max: 0.6, noNaN: true }), max: fc.double({ min: 0.6, max: 1, noNaN: true }) },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: ['name'] },
    );
    const asked = fc.record(
      {
        splits: fc.subarray(['TRAIN', 'VALIDATION', 'TEST'], { minLength: 1 }),
        labels: fc.subarray(CLASSES, { minLength: 1 }),
        runs: fc.uniqueArray(condition, { maxLength: 3, selector: ({ name }) => name }),
        agreement: fc.subarray(['ALL_RIGHT', 'ALL_WRONG', 'SOME_RIGHT', 'SAME_ANSWER', 'OTHER_ANSWERS'] as const, {
          maxLength: 1,
        }),
      },
      { requiredKeys: ['runs'] },
    );
    await fc.assert(
      fc.asyncProperty(asked, async ({ splits, labels, runs: conditions, agreement = [] }) => {
        const filter = {
          splits,
          labels,
          runs: conditions.map(({ name, ...rest }) => ({ runId: runs[name]!.id, ...rest })),
          ...(conditions.length > 0 && { agreement }),
        };
        const expected = [...SAMPLES.keys()].filter((i) => {
          const { label, split } = SAMPLES[i]!;
          if (splits?.includes(split) === false || labels?.includes(CLASSES[label]!) === false) return false;
          const answers = conditions.map(({ name }) => said(name, i));
          if (answers.includes(undefined)) return false;
          const right = answers.map((answer) => answer!.predicted === label);
          const same = new Set(answers.map((answer) => answer!.predicted)).size <= 1;
          const agreeing = {
            ALL_RIGHT: !right.includes(false),
            ALL_WRONG: !right.includes(true),
            SOME_RIGHT: right.includes(true) && right.includes(false),
            SAME_ANSWER: same,
            OTHER_ANSWERS: !same,
          };
          if (conditions.length > 0 && !agreement.every((kind) => agreeing[kind])) return false;
          return conditions.every(({ predicted, correct, answered, confidence }, c) => {
            const answer = answers[c]!;
            if (predicted && (answer.predicted < 0 || !predicted.includes(CLASSES[answer.predicted]!))) return false;
            if (correct !== undefined && right[c] !== correct) return false;
            if (answered !== undefined && answer.predicted >= 0 !== answered) return false;
            if (!confidence) return true;
            const { min = -Infinity, max = Infinity } = confidence;
            return answer.predicted >= 0 && answer.confidence >= min && answer.confidence <= max;
          });
        });
        expect(indicesOf(await search({ filter }))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('says what each of its runs says of a sample', async () => {
    const filter = { runs: [{ runId: runs.tested!.id }, { runId: runs.first!.id }] };
    const { edges, totalCount } = await search({ filter });
    expect(totalCount).toBe(15); // the samples that both are about
    for (const { node, answers } of edges) {
      expect(answers).toEqual(
        ['tested', 'first'].map((name) => {
          const { predicted, confidence } = said(name, node.index)!;
          return {
            runId: runs[name]!.id,
            predicted: CLASSES[predicted] ?? null,
            confidence: predicted < 0 ? null : confidence,
            correct: CLASSES[predicted] === node.label,
          };
        }),
      );
    }
  });

  test('is ordered by hardness: how many runs are wrong, and how sure they are of it', async () => {
    const filter = { runs: ['first', 'second', 'third'].map((name) => ({ runId: runs[name]!.id })) };
    const { edges } = await search({ filter, order: { by: 'HARDNESS', direction: 'DESC' } });
    const wrong = edges.map(({ answers }) => answers.filter(({ correct }) => !correct));
    const counts = wrong.map((list) => list.length);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    const sure = wrong.filter((list) => list.length === 1).map(([one]) => one!.confidence ?? 0);
    expect(sure.length).toBeGreaterThan(5);
    expect(sure).toEqual(sure.toSorted((a, b) => b - a));
  });

  test.each(['ASC', 'DESC'])('by confidence, %s, has samples without an answer last', async (direction) => {
    const filter = { runs: [{ runId: runs.first!.id }] };
    const { edges } = await search({ filter, order: { by: 'CONFIDENCE', direction } });
    const values = edges.map(({ answers }) => answers[0]!.confidence);
    const known = values.filter((value) => value !== null);
    expect(values.slice(known.length).every((value) => value === null)).toBe(true);
    expect(known).toEqual(known.toSorted((a, b) => (direction === 'ASC' ? a - b : b - a)));
  });

  test('by a figure of the image, within a range', async () => {
    const filter = { brightness: { min: 60, max: 120 } };
    const { edges } = await search({ filter, order: { by: 'BRIGHTNESS' } });
    const values = edges.map(({ node }) => node.measurements.brightness);
    expect(values.length).toBeGreaterThan(5);
    expect(values.every((value) => value >= 60 && value <= 120)).toBe(true);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(indicesOf(await search({ filter: { blank: true } }))).toEqual([52]);
    expect(indicesOf(await search({ filter: { leakedFrom: ['TRAIN'] } }))).toEqual([50, 51]);
  });

  test('is read by pages forwards and backwards, and from anywhere', async () => {
    const query = {
      filter: { runs: [{ runId: runs.first!.id }, { runId: runs.second!.id }], agreement: ['OTHER_ANSWERS'] },
      order: { by: 'CONFIDENCE', direction: 'DESC' },
    };
    const whole = indicesOf(await search(query));
    const forwards: number[] = [];
    for (let after: string | undefined, more = true; more;) {
      const page = await search({ ...query, first: 7, after });
      forwards.push(...indicesOf(page));
      expect(page.totalCount).toBe(whole.length);
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(forwards).toEqual(whole);
    const backwards: number[] = [];
    for (let before: string | undefined, more = true; more;) {
      const page = await search({ ...query, first: null, last: 7, before });
      backwards.unshift(...indicesOf(page));
      ({ startCursor: before, hasPreviousPage: more } = page.pageInfo);
    }
    expect(backwards).toEqual(whole);
    const jump = await search({ ...query, first: 5, skip: 20 });
    expect(indicesOf(jump)).toEqual(whole.slice(20, 25));
    expect(jump.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: whole.length > 25 });
    expect(indicesOf(await search({ ...query, skip: 1000 }))).toEqual([]);
  });

  test('knows what stands beside a sample', async () => {
    const query = `query ($id: ID!, $sampleId: ID!) { node(id: $id) { ... on DatasetVersion {
      sampleSearch(filter: { splits: [TEST] }, order: { by: BRIGHTNESS }, first: 60) {
        edges { node { id } }
        neighbours(sampleId: $sampleId) { position previous { id } next { id } }
      } } } }`;
    const of = async (sampleId: string) => {
      const { data } = await ask(stack, query, { id: versionId, sampleId });
      return (data as { node: { sampleSearch: { edges: { node: { id: string } }[]; neighbours: object } } }).node
        .sampleSearch;
    };
    const number = versionId.slice('DatasetVersion_'.length);
    const { edges, neighbours } = await of(`Sample_${number}-47`);
    const ids = edges.map(({ node }) => node.id);
    const position = ids.indexOf(`Sample_${number}-47`);
    expect(neighbours).toEqual({
      position,
      previous: position === 0 ? null : { id: ids[position - 1] },
      next: position === 14 ? null : { id: ids[position + 1] },
    });
    expect((await of(`Sample_${number}-3`)).neighbours).toEqual({ position: null, previous: null, next: null });
  });

  test('sees what a run says while it goes on', async () => {
    const { run } = (await mutate(
      stack,
      'createRun',
      { experimentId: wholeId, name: 'open' },
      '... on CreateRunPayload { run { id } }',
    )) as { run: { id: string } };
    const says = async (predicted: number): Promise<void> => {
      const batch = { runId: run.id, batchId: randomUUID(), sampleIndex: [0, 1, 2], predicted: [predicted, 1, -1] };
      await mutate(stack, 'logPredictions', batch, '... on LogPredictionsPayload { sampleDone }');
    };
    const found = async () => indicesOf(await search({ filter: { runs: [{ runId: run.id, correct: true }] } }));
    await says(6);
    expect(await found()).toEqual([1]);
    await says(0);
    await expect.poll(found, { timeout: 10_000, interval: 200 }).toEqual([0, 1]);
  });

  test.each<[string, object, object]>([
    [
      'a class that there is not',
      { filter: { labels: ['happy', 'bored'] } },
      { code: 'NOT_FOUND', place: 'filter.labels.1' },
    ],
    [
      'a range that holds nothing',
      { filter: { contrast: { min: 9, max: 3 } } },
      { code: 'INVALID_VALUE', place: 'filter.contrast' },
    ],
    [
      'agreement of no runs',
      { filter: { agreement: ['ALL_WRONG'] } },
      { code: 'INVALID_VALUE', place: 'filter.agreement' },
    ],
    [
      'an order by runs that are not named',
      { order: { by: 'HARDNESS' } },
      { code: 'INVALID_VALUE', place: 'order.by' },
    ],
    ['a run that is not there', { filter: { runs: [{ runId: 'Run_999999' }] } }, { code: 'NOT_FOUND' }],
    ['a cursor of elsewhere', { order: { by: 'BRIGHTNESS' }, after: '12' }, { code: 'INVALID_VALUE', place: 'after' }],
    ['a skip backwards', { skip: -1 }, { code: 'INVALID_VALUE', place: 'skip' }],
  ])('refuses %s', async (_name, variables, problem) => {
    expect(await refusal(variables)).toMatchObject(problem);
  });
});
