import { describe, expect, test } from 'vitest';
import { flattenParams, InvalidInput } from '../src/index.ts';

describe('params', () => {
  test('are flattened by dots, lists kept as JSON, numbers known as such', () => {
    const params = {
      lr: 0.001,
      optimizer: { name: 'adam', betas: [0.9, 0.999] },
      epochs: '30',
      half: true,
      none: null,
    };
    expect(flattenParams(params, 'params')).toEqual([
      { key: 'lr', value: '0.001', number: 0.001 },
      { key: 'optimizer.name', value: 'adam', number: null },
      { key: 'optimizer.betas', value: '[0.9,0.999]', number: null },
      { key: 'epochs', value: '30', number: 30 },
      { key: 'half', value: 'true', number: null },
      { key: 'none', value: 'null', number: null },
    ]);
  });

  test.each(['0x10', '1e999', 'NaN', '', ' 3', '3 ', 'Infinity', '1_000'])('%j is no number', (text) => {
    expect(flattenParams({ text }, 'p')[0]!.number).toBeNull();
  });

  test.each<[string, unknown, string]>([
    ['a list', [1], 'params'],
    ['an empty key', { '': 1 }, 'params.'],
    ['a key with a line break', { 'a\nb': 1 }, 'params.a\nb'],
    ['a NUL character', { a: 'x\0' }, 'params.a'],
    ['a value that is too long', { a: 'x'.repeat(6001) }, 'params.a'],
    ['too many', Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`p${i}`, i])), 'params'],
  ])('refuses %s, naming it', (_name, params, place) => {
    try {
      flattenParams(params, 'params');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInput);
      expect((error as InvalidInput).problems[0].place).toBe(place);
    }
  });

  test('refuses what is nested without end', () => {
    const deep = JSON.parse('{"a":'.repeat(20) + '1' + '}'.repeat(20)) as unknown;
    expect(() => flattenParams(deep, 'params')).toThrow('nested deeper than 10 levels');
  });
});
