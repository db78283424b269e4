import { expect, test } from 'vitest';
import { problem } from '../src/index.ts';

test.each<[unknown, string | null]>([
  ['text', 'text'],
  [3n, '3'],
  [{ bytes: 3n }, '{"bytes":"3"}'],
  [null, 'null'],
  [undefined, null],
  [() => 0, '() => 0'],
])('the offending value %s is shown as %j', (value, shown) => {
  expect(problem('INVALID_VALUE', 'No.', { value }).value).toBe(shown);
});

test('a long value is cut', () => {
  expect(problem('INVALID_VALUE', 'No.', { value: 'x'.repeat(1000) }).value).toHaveLength(120);
});
