import { expect, test } from 'vitest';
import type { RunRowFragment } from '../src/generated/graphql.ts';
import { arrange, merge, readView, writeView } from '../src/experiments/order.ts';

/** What the table looks at; a run without an accuracy has not finished. */
function run(id: number, model: string, accuracy: number | null): RunRowFragment {
  const estimate = { value: accuracy, low: null, high: null, undefinedReason: null };
  return {
    id: `Run_${id}`,
    name: `${model} · none`,
    status: accuracy === null ? 'RUNNING' : 'FINISHED',
    modelConfig: { name: model },
    restorationConfig: { name: 'none' },
    evaluation: accuracy === null ? null : { accuracy: estimate, macroF1: estimate },
  } as unknown as RunRowFragment;
}
const RUNS = [run(2, 'vgg', 0.5), run(10, 'resnet', 0.9), run(3, 'clip', null)];
const ids = (runs: readonly RunRowFragment[]) => runs.map((r) => r.id);
const view = (address: string) => readView(new URLSearchParams(address));

test('runs stand in the order in which they were queued, by number', () => {
  expect(ids(arrange(RUNS, view('')))).toEqual(['Run_2', 'Run_3', 'Run_10']);
});

test('a run without a figure stands last, whichever way it is sorted', () => {
  expect(ids(arrange(RUNS, view('sort=accuracy&order=desc')))).toEqual(['Run_10', 'Run_2', 'Run_3']);
  expect(ids(arrange(RUNS, view('sort=accuracy')))).toEqual(['Run_2', 'Run_10', 'Run_3']);
});

test('every word of a search must be found', () => {
  expect(ids(arrange(RUNS, view('search=finished+RES')))).toEqual(['Run_10']);
  expect(ids(arrange(RUNS, view('search=none+nothing')))).toEqual([]);
});

test('an address gives its view back, and an unknown column the usual one', () => {
  for (const address of ['', '?sort=accuracy&order=desc', '?search=a+b'])
    expect(writeView(view(address))).toBe(address);
  expect(view('sort=nonsense').sort).toBe('queued');
});

test('a run that changes keeps its place, a new one comes last', () => {
  const changed = run(10, 'resnet', 0.95);
  const merged = merge(RUNS, changed);
  expect(ids(merged)).toEqual(ids(RUNS));
  expect(merged[1]).toBe(changed);
  expect(ids(merge(RUNS, run(11, 'new', null)))).toEqual([...ids(RUNS), 'Run_11']);
});
