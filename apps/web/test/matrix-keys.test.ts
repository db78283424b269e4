import { expect, test } from 'vitest';
import { nextCell } from '../src/design/matrix-keys.ts';

const press = (key: string, at: [number, number], ctrlKey = false) =>
  nextCell(at, [20, 5], { key, ctrlKey, altKey: false, metaKey: false });

test('keys go from cell to cell and stop at the edges', () => {
  expect(press('ArrowRight', [0, 0])).toEqual([0, 1]);
  expect(press('ArrowUp', [0, 0])).toEqual([0, 0]);
  expect(press('PageDown', [3, 2])).toEqual([13, 2]);
  expect(press('End', [3, 0])).toEqual([3, 4]);
  expect(press('End', [3, 0], true)).toEqual([19, 4]);
  expect(press('Home', [3, 3], true)).toEqual([0, 0]);
});

test('other keys, and those of the browser, lead nowhere', () => {
  expect(press('a', [0, 0])).toBeUndefined();
  expect(nextCell([0, 1], [20, 5], { key: 'ArrowLeft', ctrlKey: false, altKey: true, metaKey: false })).toBeUndefined();
});
