import { parseSearch } from '@samplewise/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../setup/ask.ts';
import { findByHand } from '../setup/search-oracle.ts';
import { fillRuns, type KnownRun } from '../setup/searchable-runs.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let runs: KnownRun[];

beforeAll(async () => {
  stack = await startStack();
  runs = await fillRuns(stack.pool, 3000);
});
afterAll(() => stack.stop());

describe('tables', () => {
  async function project(fields: string): Promise<Record<string, unknown>> {
    const { data, errors } = await ask(stack, `{ node(id: "Project_1") { ... on Project { ${fields} } } }`);
    if (errors) throw new Error(JSON.stringify(errors));
    return (data as { node: Record<string, unknown> }).node;
  }

  test('show the values of their columns', async () => {
    const fields = `runs(first: 50, search: "has metric.loss/val or tag.stage = draft") { edges { node { id
      paramValues(keys: ["lr", "nowhere", "opt"]) tagValues(keys: ["stage"]) metricValues(keys: ["loss/val", "accuracy"], aggregate: MAX) } } }`;
    const { runs: page } = (await project(fields)) as {
      runs: { edges: { node: { id: string; paramValues: unknown; tagValues: unknown; metricValues: unknown } }[] };
    };
    const shown = page.edges.map(({ node: { paramValues, tagValues, metricValues } }) => ({
      paramValues,
      tagValues,
      metricValues,
    }));
    const plain = (value: number | undefined) =>
      value === undefined ? null : Number.isFinite(value) ? value : String(value);
    const expected = page.edges.map(({ node }) => {
      const { params, tags, metrics } = runs[Number(node.id.slice(4)) - 1]!;
      return {
        paramValues: [params.lr ?? null, null, params.opt ?? null],
        tagValues: [tags.stage ?? null],
        metricValues: [plain(metrics['loss/val']?.max), plain(metrics.accuracy?.max)],
      };
    });
    expect(shown.length).toBe(50);
    expect(shown).toEqual(expected);
  });

  test('know their columns, and which of them differ', async () => {
    const columns = await project(
      'runColumns(search: "param.opt = sgd and has param.poor", kinds: [PARAM]) { examined complete columns { key runs differs numeric } }',
    );
    const found = findByHand(runs, parseSearch('param.opt = sgd and has param.poor'), []).map((id) => runs[id - 1]!);
    const having = (key: string) => found.filter(({ params }) => key in params).length;
    expect(found.length).toBeLessThan(500);
    const expected = ['lr', 'opt', 'poor', 'rare'].filter((key) => having(key) > 0);
    expect(columns.runColumns).toEqual({
      examined: found.length,
      complete: true,
      columns: expected.map((key) => ({
        key,
        runs: having(key),
        differs: having(key) < found.length || new Set(found.map(({ params }) => params[key])).size > 1,
        numeric: key === 'rare',
      })),
    });
    const differing = await project(
      'runColumns(search: "param.opt = sgd and has param.poor", kinds: [PARAM]) { columns(differing: true) { key } }',
    );
    expect(JSON.stringify(differing)).not.toContain('poor');
  });

  test('are grouped, with figures of their metrics', async () => {
    const { runGroups } = (await project(
      'runGroups(by: { param: "lr" }, search: "status = finished", metrics: [{ key: "accuracy", aggregate: MIN }]) { value runs metrics { runs mean min max deviation } }',
    )) as { runGroups: { value: string | null; runs: number; metrics: { runs: number; mean: number | string }[] }[] };
    const found = findByHand(runs, { status: ['FINISHED'] }, []).map((id) => runs[id - 1]!);
    const sizes = Map.groupBy(found, ({ params }) => params.lr ?? null);
    expect(runGroups.map(({ value, runs: count }) => [value, count])).toEqual(
      [...sizes].map(([value, { length }]) => [value, length]).sort((a, b) => Number(b[1]) - Number(a[1])),
    );
    const group = runGroups.find(({ value }) => value === '3')!;
    const values = sizes
      .get('3')!
      .flatMap(({ metrics }) => metrics.accuracy?.min ?? [])
      .filter((v) => !Number.isNaN(v));
    const plain = (value: number) => (Number.isFinite(value) ? value : String(value));
    expect(values.length).toBeGreaterThan(10);
    expect(group.metrics[0]).toMatchObject({
      runs: values.length,
      min: plain(Math.min(...values)),
      max: plain(Math.max(...values)),
    });
    if (values.every(Number.isFinite)) {
      expect(group.metrics[0]!.mean).toBeCloseTo(values.reduce((sum, v) => sum + v, 0) / values.length, 10);
    }
  });

  test('suggest how a search goes on', async () => {
    const suggest = async (search: string): Promise<string[]> => {
      const query = 'query ($search: String!) { searchSuggestions(projectId: "Project_1", search: $search) { text } }';
      const { data } = await ask(stack, query, { search });
      return (data as { searchSuggestions: { text: string }[] }).searchSuggestions.map(({ text }) => text);
    };
    expect(await suggest('finished and mod')).toEqual(['model', 'model.version', 'model.id']);
    expect(await suggest('param.')).toEqual(['param.lr', 'param.opt', 'param.poor', 'param.rare']);
    expect(await suggest('metric.LOSS')).toEqual(['metric.loss/val']);
    expect(await suggest('param.lr ')).toContain('between');
    expect([...(await suggest('param.lr = '))].sort()).toEqual(['0.01', '0.1', '1e-3', '3', 'auto']);
    expect(await suggest('model in (vgg, "o')).toEqual(['"o\'net"']);
    expect(await suggest('status = f')).toEqual(['finished', 'failed']);
  });

  test('find their keys page by page', async () => {
    expect(await project('runKeys(kind: PARAM, first: 2)')).toEqual({ runKeys: ['lr', 'opt'] });
    expect(await project('runKeys(kind: PARAM, first: 2, after: "opt")')).toEqual({ runKeys: ['poor', 'rare'] });
    expect(await project('runKeys(kind: METRIC, contains: "LOSS")')).toEqual({ runKeys: ['loss/val'] });
  });
});
