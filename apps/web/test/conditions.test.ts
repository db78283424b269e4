import { readSearch } from '@samplewise/domain/search';
import { expect, test } from 'vitest';
import { linesOf, operatorsOf, searchOf, type Lines } from '../src/runs-search/conditions.ts';

/** What a search finds, in its one form. */
const filter = (search: string) => {
  const read = readSearch(search);
  if ('error' in read) throw read.error;
  return read.filter;
};

test.each([
  'accuracy > 0.8 and model:"resnet*" and tag.stage = final',
  'status in (failed, canceled) or created > -7d',
  'param.lr between 1e-4 and 1e-2 and not has param.warmup',
  'metric.loss/val.min < 0.3 and not is archived and silent',
  'accuracy = nan and metric."my metric" in (1, inf)',
  'param.lr = "0.1" and param.opt != adam and group ^= g',
  'id in (1, 2) and seed != 3 and has group and "two words"',
  'model = a and (tag.x = 1 or not (name ~ b and has tag.y))',
  'not "a word"',
  'duration >= 60',
])('the lines of %s say the same', (search) => {
  expect(filter(searchOf(linesOf(search)!))).toEqual(filter(search));
});

test('a search of conditions side by side has a line for each, and operators that fit', () => {
  const { joined, lines } = linesOf('status = failed or accuracy < 0.5 or not tag.stage = draft')!;
  expect(joined).toBe('or');
  expect(lines).toEqual([
    { about: { field: 'status' }, operator: 'in', values: ['FAILED'] },
    { about: { keyed: 'metric', key: 'accuracy' }, operator: 'lt', values: ['0.5'] },
    { about: { keyed: 'tag', key: 'stage' }, operator: 'not eq', values: ['draft'] },
  ]);
  for (const line of lines) if ('about' in line) expect(operatorsOf(line.about)).toContain(line.operator);
});

test('what is not whole yet is left out, what is within something else stays as it is', () => {
  const lines: Lines = {
    joined: 'and',
    lines: [
      { about: { field: 'seed' }, operator: 'eq', values: ['three'] },
      { about: { keyed: 'param', key: '' }, operator: 'eq', values: ['1'] },
      { about: { field: 'name' }, operator: 'contains', values: [''] },
      { text: 'a =' },
      { text: 'name = a or name = b' },
    ],
  };
  expect(filter(searchOf(lines))).toEqual(filter('name = a or name = b'));
  expect(searchOf({ joined: 'and', lines: [] })).toBe('');
  expect(linesOf('name =')).toBeUndefined();
});
