import { expect, test } from 'vitest';
import { points, pValue, verdictOf } from '../src/compare/verdict.ts';

test('a difference that chance explains is not called one', () => {
  expect(verdictOf(0.051, 30, 12)).toBe('no difference shown');
  expect(verdictOf(0.05, 30, 12)).toBe('better');
  expect(verdictOf(0.001, 12, 30)).toBe('worse');
});

test('points of percent carry their sign, and nothing rounds to a signed zero', () => {
  expect([0.0213, -0.004, 0, 0.00001, -0.00001].map(points)).toEqual(['+2.13', '−0.40', '±0.00', '±0.00', '±0.00']);
});

test('a tiny p is not shown as zero', () => {
  expect([0.00004, 0.0312, 1].map(pValue)).toEqual(['<\u00a00.001', '0.031', '1.000']);
});
