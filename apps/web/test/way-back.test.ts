import { expect, test } from 'vitest';
import { signInAddress, wayBack } from '../src/accounts/way-back.ts';

test.each([
  ['/runs/1?sort=a#top', '/runs/1?sort=a#top'],
  ['/', '/'],
  [undefined, '/'],
  ['', '/'],
  ['runs/1', '/'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example/', '/'],
  ['/\t/evil.example/', '/'],
  ['javascript:alert(1)', '/'],
])('a sign-in for %j leads to %s', (next, address) => {
  expect(wayBack(next)).toBe(address);
});

test('the address of a sign-in keeps the whole way back', () => {
  const next = new URL(signInAddress('/compare?runs=1,2&outcome=FIXED'), 'http://page').searchParams.get('next');
  expect(wayBack(next)).toBe('/compare?runs=1,2&outcome=FIXED');
});
