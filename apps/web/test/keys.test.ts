import { describe, expect, test } from 'vitest';
import { isOfCharacters, match, nameOfPress, shown } from '../src/keyboard/keys.ts';

const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  nameOfPress({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

describe('a key press', () => {
  test.each([
    [press('g'), 'g'],
    [press('G'), 'g'],
    [press('?'), '?'],
    [press(' '), 'space'],
    [press('k', { ctrlKey: true }), 'mod+k'],
    [press('k', { metaKey: true }), 'mod+k'],
    [press('Enter', { altKey: true }), 'alt+enter'],
  ])('is called %s', (name, expected) => {
    expect(name).toBe(expected);
  });

  test('completes a sequence, begins one, or does neither', () => {
    const sequences = ['g e', 'g h', 'j', 'mod+k'];
    expect(match(['j'], sequences)).toEqual({ complete: 'j', begun: false });
    expect(match(['g'], sequences)).toEqual({ begun: true });
    expect(match(['g', 'e'], sequences)).toEqual({ complete: 'g e', begun: false });
    expect(match(['g', 'x'], sequences)).toEqual({ begun: false });
    expect(match(['mod+g'], sequences)).toEqual({ begun: false });
  });
});

test('those of mere characters can be told from those with Ctrl', () => {
  expect(['j', 'g e', '?'].map(isOfCharacters)).toEqual([true, true, true]);
  expect(['mod+k', 'alt+enter'].map(isOfCharacters)).toEqual([false, false]);
});

test('keys are shown as they stand on the keyboard', () => {
  expect(shown('mod+k', false)).toEqual([['Ctrl', 'K']]);
  expect(shown('mod+k', true)).toEqual([['⌘', 'K']]);
  expect(shown('g e', false)).toEqual([['G'], ['E']]);
});
