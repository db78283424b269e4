import { IconBolt } from '@tabler/icons-react';
import { expect, test } from 'vitest';
import { narrowed, runNumber, type Command } from '../src/palette/command.ts';

const command = (label: string, words?: string): Command => ({
  id: label,
  label,
  ...(words !== undefined && { words }),
  Icon: IconBolt,
  does: '/',
});
const COMMANDS = [
  command('Copy the link'),
  command('New model', 'create register'),
  command('Restorations'),
  command('Linked'),
];
const found = (text: string): string[] => narrowed(COMMANDS, text).map(({ label }) => label);

test('commands are found by the beginnings of their words, in any order', () => {
  expect(found('mod n')).toEqual(['New model']);
  expect(found('RE')).toEqual(['New model', 'Restorations'].reverse());
  expect(found('reg')).toEqual(['New model']);
  expect(found('odel')).toEqual([]);
});

test('what begins with the text goes first, and without a text all are there', () => {
  expect(found('link')).toEqual(['Linked', 'Copy the link']);
  expect(found('  ')).toHaveLength(COMMANDS.length);
});

test.each([
  ['42', '42'],
  ['#42', '42'],
  ['run 42', '42'],
  ['Run_42', '42'],
  ['0', undefined],
  ['4 2', undefined],
  ['v42', undefined],
  ['9'.repeat(19), undefined],
])('%s names the run %s', (text, number) => {
  expect(runNumber(text)).toBe(number);
});
