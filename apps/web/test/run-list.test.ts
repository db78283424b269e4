import { expect, test } from 'vitest';
import { PAGE, RunList, type PageAt, type Part, type Source } from '../src/runs-table/run-list.ts';
import type { TableRow } from '../src/runs-table/request.ts';

/** An API with so many rows, whose cursors are the numbers of the rows; it tells what it was asked. */
function api(rows: number, gone: ReadonlySet<number> = new Set()) {
  const asked: string[] = [];
  const all = Array.from({ length: rows }, (_, i) => i).filter((i) => !gone.has(i));
  const part = ({ first, after, last, before }: PageAt, withRows: boolean): Part => {
    const between = all.filter((i) => i > Number(after ?? -1) && i < Number(before ?? Infinity));
    const numbers = first === undefined ? between.slice(-last!) : between.slice(0, first);
    return {
      ids: numbers.map((i) => `Run_${i}`),
      ...(withRows && { rows: numbers.map(row) }),
      start: numbers.length > 0 ? String(numbers[0]) : null,
      end: numbers.length > 0 ? String(numbers.at(-1)) : null,
      hasNext: numbers.length < between.length && first !== undefined,
      hasPrevious: numbers.length < between.length && last !== undefined,
    };
  };
  const source: Source = {
    rows: (at) => (asked.push('rows'), Promise.resolve(part(at, true))),
    places: (at) => (asked.push('places'), Promise.resolve(part(at, false))),
  };
  const list = new RunList(source, 'a', part({ first: PAGE }, true), {
    rows: Math.min(rows, 10_000),
    isExact: rows <= 10_000,
  });
  return { source, asked, list };
}
const row = (i: number): TableRow => ({ run: { id: `Run_${i}` }, values: new Map(), estimates: new Map() }) as never;

async function see(list: RunList, from: number, to = from + 30): Promise<(string | undefined)[]> {
  list.want(from, to);
  await new Promise((resolve) => setTimeout(resolve, 20));
  return Array.from({ length: to - from }, (_, i) => list.rowAt(from + i)?.run.id);
}
const ids = (from: number, count = 30) => Array.from({ length: count }, (_, i) => `Run_${from + i}`);

test('what is seen is read, a page at a time', async () => {
  const { list, asked } = api(10_000);
  expect(list.length).toBe(10_000);
  expect(await see(list, 0)).toEqual(ids(0));
  expect(asked).toEqual([]);
  expect(await see(list, 90)).toEqual(ids(90));
  expect(asked).toEqual(['rows']);
});

test('a row in the middle is reached by places alone, from the nearer end', async () => {
  const { list, asked } = api(10_000);
  expect(await see(list, 3000)).toEqual(ids(3000));
  expect(asked.filter((kind) => kind === 'rows').length).toBeLessThanOrEqual(2);
  expect(asked.length).toBeLessThan(20);
  expect(await see(list, 9960, 10_000)).toEqual(ids(9960, 40));
  expect(asked.length).toBeLessThan(22);
  expect(await see(list, 9000)).toEqual(ids(9000));
  expect(await see(list, 5000)).toEqual(ids(5000));
  expect(list.indexOf('Run_9001')).toBe(9001);
});

test('of a list that nobody has counted to its end, the rows come as one goes on', async () => {
  const { list } = api(10_250);
  expect(list.total).toEqual({ rows: 10_000, isExact: false });
  expect(await see(list, 9960)).toEqual(ids(9960));
  expect(await see(list, 10_050)).toEqual(ids(10_050));
  await see(list, list.length - 1, list.length);
  await see(list, list.length - 1, list.length);
  expect(list.total).toEqual({ rows: 10_250, isExact: true });
  expect(list.length).toBe(10_250);
});

test('rows far away are forgotten, and read again', async () => {
  const { list, asked } = api(10_000);
  for (let from = 0; from < 6000; from += PAGE) await see(list, from);
  expect(list.loaded.length).toBeLessThanOrEqual(41 * PAGE);
  expect(list.rowAt(5)).toBeUndefined();
  expect(list.idAt(5)).toBe('Run_5');
  asked.length = 0;
  expect(await see(list, 5)).toEqual(ids(5));
  expect(asked).toEqual(['rows']);
}, 30_000);

test('rows that are deleted leave no gap; those that change keep their place', async () => {
  const { list } = api(300);
  await see(list, 0, 300);
  list.remove(new Set(['Run_2', 'Run_150']));
  expect(list.length).toBe(298);
  expect(list.rowAt(2)?.run.id).toBe('Run_3');
  const changed = { ...row(3), values: new Map([['m:loss', 1]]) };
  list.update([changed]);
  expect(list.rowAt(2)).toBe(changed);
});

test('for other columns the rows that are seen are read again, and shown until then', async () => {
  const { list, asked, source } = api(1000);
  await see(list, 0, 250);
  asked.length = 0;
  await see(list, 0);
  list.readFrom('b', () => source);
  expect(list.rowAt(0)?.run.id).toBe('Run_0');
  expect(await see(list, 0)).toEqual(ids(0));
  expect(asked).toEqual(['rows']);
});

test('an error stops it until somebody tries again', async () => {
  let fails = true;
  const { source, list } = api(1000);
  list.readFrom('b', () => ({
    ...source,
    rows: (at) => (fails ? Promise.reject(new Error('no line')) : source.rows(at)),
  }));
  await see(list, 0);
  expect(list.error).toBe('no line');
  fails = false;
  list.retry();
  expect(await see(list, 500)).toEqual(ids(500));
});
