import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answeredSamples, saidOf, type AnsweredSamples } from '../setup/answered-samples.ts';
import { ask } from '../setup/ask.ts';
import { CLASSES } from '../setup/sampled-project.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let versionId: string;
let runs: AnsweredSamples['runs'];

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  ({ versionId, runs } = await answeredSamples(stack));
});
afterAll(() => stack.stop());

const said = (name: string, index: number) => saidOf(runs[name]!.answers, index);
const sampleId = (index: number): string => `Sample_${versionId.slice('DatasetVersion_'.length)}-${index}`;
async function sample(index: number, fields: string): Promise<Record<string, unknown>> {
  const { data, errors } = await ask(stack, `query ($id: ID!) { node(id: $id) { ... on Sample { ${fields} } } }`, {
    id: sampleId(index),
  });
  expect(errors).toBeUndefined();
  return (data as { node: Record<string, unknown> }).node;
}

describe('a sample', () => {
  test('is measured, and knows its version', async () => {
    const fields =
      'measurements { readable width height brightness contrast sharpness blank hash } datasetVersion { id }';
    expect(await sample(52, fields)).toEqual({
      datasetVersion: { id: versionId },
      measurements: {
        readable: true,
        width: 48,
        height: 48,
        brightness: 9,
        contrast: 0,
        sharpness: 0,
        blank: true,
        hash: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      },
    });
  });

  test('has its nearest duplicates, in whatever split: the same bytes, then what looks like it', async () => {
    const fields = 'nearest { distance sample { id split label } }';
    const exact = { distance: null, sample: { id: sampleId(50), split: 'TEST', label: 'sad' } };
    expect((await sample(0, fields)).nearest).toEqual([exact]);
    const [near, ...others] = (await sample(51, fields)).nearest as { distance: number; sample: { id: string } }[];
    expect(near!.sample.id).toBe(sampleId(1));
    expect(near!.distance).toBeLessThanOrEqual(4);
    expect(others).toEqual([]);
    expect((await sample(52, fields)).nearest).toEqual([]);
  });

  test('has what all runs say of it, the newest first, page by page', async () => {
    const fields = (page: string) =>
      `predictions(${page}) { edges { cursor node { run { id name } predicted confidence correct } } pageInfo { hasNextPage endCursor } }`;
    interface Predictions {
      edges: { cursor: string; node: { run: { name: string }; predicted: string | null; confidence: number | null } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    }
    const read = async (index: number, page: string) => (await sample(index, fields(page))).predictions as Predictions;
    const names = ({ edges }: Predictions): string[] => edges.map(({ node }) => node.run.name);
    expect(names(await read(47, 'first: 50'))).toEqual(['tested', 'third', 'second', 'first']);
    expect(names(await read(20, 'first: 50'))).toEqual(['third', 'second', 'first']); // it is not of the test
    const first = await read(47, 'first: 3');
    expect(names(first)).toEqual(['tested', 'third', 'second']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await read(47, `first: 3, after: "${first.pageInfo.endCursor}"`);
    expect(names(second)).toEqual(['first']);
    expect(names(await read(47, `last: 3, before: "${second.edges[0]!.cursor}"`))).toEqual(names(first));
    const { predicted, confidence } = said('tested', 47)!;
    expect(first.edges[0]!.node).toMatchObject({
      predicted: CLASSES[predicted] ?? null,
      confidence: predicted < 0 ? null : (expect.closeTo(confidence, 6) as number),
    });
  });
});

describe('a dataset version', () => {
  const version = async (fields: string): Promise<Record<string, unknown>> => {
    const { data, errors } = await ask(
      stack,
      `query ($id: ID!) { node(id: $id) { ... on DatasetVersion { ${fields} } } }`,
      {
        id: versionId,
      },
    );
    expect(errors).toBeUndefined();
    return (data as { node: Record<string, unknown> }).node;
  };

  test('is audited', async () => {
    const { audit } = await version(`audit { exactGroups conflicts blankImages unreadableImages truncated
      leaks { from to samples exact } balance { split samples missing imbalanceRatio { value } } }`);
    expect(audit).toMatchObject({
      exactGroups: 1,
      conflicts: 1,
      blankImages: 1,
      unreadableImages: 0,
      truncated: false,
      leaks: [{ from: 'TRAIN', to: 'TEST', samples: 2, exact: 1 }],
      balance: [{ split: 'TRAIN', samples: 30, missing: [] }, { split: 'VALIDATION' }, { split: 'TEST' }],
    });
  });

  test('lists groups of duplicates with their samples, the surest first', async () => {
    const list = async (args: string) => {
      const fields = `duplicates(${args}) { totalCount edges { node { kind size splits labels samples { id label } } } }`;
      return (await version(fields)).duplicates as { totalCount: number; edges: { node: object }[] };
    };
    const { totalCount, edges } = await list('acrossSplits: true');
    expect(totalCount).toBe(2);
    expect(edges[0]!.node).toEqual({
      kind: 'EXACT',
      size: 2,
      splits: ['TRAIN', 'TEST'],
      labels: ['angry', 'sad'],
      samples: [
        { id: sampleId(0), label: 'angry' },
        { id: sampleId(50), label: 'sad' },
      ],
    });
    expect((await list('conflicting: true')).totalCount).toBe(1);
    expect((await list('kinds: [EXACT], acrossSplits: false')).totalCount).toBe(0);
    expect((await list('first: 1')).edges).toHaveLength(1);
  });

  test('tells how the figures of its images are distributed', async () => {
    const { imageStatistics } = (await version('imageStatistics(bins: 5) { statistic count min max histogram }')) as {
      imageStatistics: { statistic: string; count: number; min: number; max: number; histogram: number[] }[];
    };
    const brightness = imageStatistics.find(({ statistic }) => statistic === 'BRIGHTNESS')!;
    expect(brightness).toMatchObject({ count: 60, min: 9 });
    expect(brightness.histogram.reduce((a, b) => a + b)).toBe(60);
    expect(imageStatistics.find(({ statistic }) => statistic === 'WIDTH')).toMatchObject({ min: 48, max: 48 });
  });
});

test.each(['BRIGHTNESS', 'CONTRAST', 'SHARPNESS'])('a run is sliced by %s into bins of equally many', async (by) => {
  const { data, errors } = await ask(
    stack,
    `query ($id: ID!) { node(id: $id) { ... on Run { slices(by: ${by}, bins: 3) { slices { value count accuracy { value } } } } } }`,
    { id: runs.first!.id },
  );
  expect(errors).toBeUndefined();
  const { slices } = (data as { node: { slices: { slices: { value: string; count: number }[] } } }).node.slices;
  expect(slices.map(({ count }) => count)).toEqual([20, 20, 20]);
  // Those of the test alone have bins of their own.
  const ofTest = await ask(
    stack,
    `query ($id: ID!) { node(id: $id) { ... on Run { slices(by: ${by}, bins: 3) { slices { count } } } } }`,
    { id: runs.tested!.id },
  );
  expect(ofTest.data).toMatchObject({ node: { slices: { slices: [{ count: 5 }, { count: 5 }, { count: 5 }] } } });
});
