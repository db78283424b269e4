import { expect, test } from 'vitest';
import { bareId, bytes, duration, interval, percent, relativeTime } from '../src/design/format.ts';

test('an accuracy has two digits, its interval one', () => {
  expect(percent(0.8644)).toBe('86.44');
  expect(interval(0.8119, 0.859)).toBe('81.2 – 85.9');
});

test.each([
  [0.35, '0.35 s'],
  [12.42, '12.4 s'],
  [200, '3 min 20 s'],
  [7505, '2 h 5 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [1024 ** 4, '1.0 TiB'],
  [1024 ** 5, '1024.0 TiB'],
])('%d bytes are %s', (value, text) => {
  expect(bytes(value)).toBe(text);
});

test('a moment is told in the largest unit that fits', () => {
  const now = new Date('2026-01-10T12:00:00Z');
  const ago = (seconds: number): string => relativeTime(new Date(now.getTime() - seconds * 1000), now);
  expect(ago(20)).toBe('just now');
  expect(ago(180)).toBe('3 minutes ago');
  expect(ago(7200)).toBe('2 hours ago');
  expect(ago(86_400)).toBe('yesterday');
});

test('an address carries the bare number', () => {
  expect(bareId('Run_12')).toBe('12');
});
