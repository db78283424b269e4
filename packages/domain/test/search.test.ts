import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canonical,
  completionAt,
  parseOrder,
  printOrder,
  parseSearch,
  printSearch,
  readSearch,
  runFilter,
  type RunFilter,
} from '@samplewise/domain';

describe('a search', () => {
  test.each<[string, RunFilter]>([
    [
      'accuracy > 0.8 and model:"resnet*" and tag.stage=final',
      {
        and: [
          { metric: { key: 'accuracy', number: { gt: 0.8 } } },
          { model: { matches: 'resnet*' } },
          { tag: { key: 'stage', string: { eq: 'final' } } },
        ],
      },
    ],
    ['', {}],
    ['finished', { status: ['FINISHED'] }],
    ['"finished"', { text: 'finished' }],
    ['finished > -7d', { finishedAt: { gt: '-7d' } }],
    ['created >= 2026-01-31T12:00:00Z', { createdAt: { gte: '2026-01-31T12:00:00Z' } }],
    ['a or b c', { or: [{ text: 'a' }, { and: [{ text: 'b' }, { text: 'c' }] }] }],
    ['not (a or b)', { not: { or: [{ text: 'a' }, { text: 'b' }] } }],
    ['NOT not a', { text: 'a' }],
    ['param.lr != 0.1', { not: { param: { key: 'lr', number: { eq: 0.1 } } } }],
    ['param.lr = "0.1"', { param: { key: 'lr', string: { eq: '0.1' } } }],
    ['param.opt in (adam, sgd)', { param: { key: 'opt', string: { in: ['adam', 'sgd'] } } }],
    ['param.lr not in (1, 2)', { not: { param: { key: 'lr', number: { in: [1, 2] } } } }],
    ['seed between 1 and 3', { and: [{ seed: { gte: 1 } }, { seed: { lte: 3 } }] }],
    ['metric.loss/val.min < inf', { metric: { key: 'loss/val', aggregate: 'MIN', number: { lt: 'Infinity' } } }],
    ['metric."loss.min".max = nan', { metric: { key: 'loss.min', aggregate: 'MAX', number: { eq: 'NaN' } } }],
    ['has param."a b" archived', { and: [{ param: { key: 'a b', exists: true } }, { archived: true }] }],
    ['id in (3, Run_4)', { id: { in: ['Run_3', 'Run_4'] } }],
    ['lost in translation', { and: [{ text: 'lost' }, { text: 'in' }, { text: 'translation' }] }],
    ["name ~ 'it\\'s'", { name: { contains: "it's" } }],
  ])('%s', (search, filter) => {
    expect(parseSearch(search)).toEqual(filter);
  });

  test.each([
    ['acuracy > 1', 1, 'Did you mean accuracy?'],
    ['a and stauts = failed', 7, 'Did you mean status?'],
    ['status = runing', 10, 'Did you mean running?'],
    ['name = ', 8, 'Write a number'],
    ['(a or b', 8, 'Close what ( has opened'],
    ['name = "a', 8, 'Close them'],
    ['a)', 2, 'Write a condition'],
    ['metric.loss = low', 15, 'Such as 0.5'],
    ['created > yesterday', 11, '-7d'],
    ['created > 2026-02-31', 11, '-7d'],
    ['created = 2026-01-31', 9, 'Use < <= > >='],
    ['tag.stage > 3', 11, 'Use = : ~ ^= in'],
    ['param.lr', 1, 'has param.lr'],
    ['param. = 1', 1, 'param."my name"'],
    ['id = Experiment_1', 6, 'Run_12'],
    ['('.repeat(50), 12, 'At most 10 levels'],
    ['a '.repeat(101), 201, 'At most 100'],
    ['a'.repeat(4001), 4001, 'at most 4000'],
  ])('%s is refused at its character %i', (search, character, says) => {
    const result = readSearch(search);
    if (!('error' in result)) throw new Error(`It was read: ${JSON.stringify(result.filter)}`);
    expect(result.error.from + 1).toBe(character);
    expect(result.error.mend).toContain(says);
  });
});

const text = fc.string({
  unit: fc.oneof(fc.constantFrom('"', "'", '\\', ' ', '*', '.', '(', 'a', 'é', '🧪', '=')),
  minLength: 1,
  maxLength: 8,
});
const key = fc.oneof(
  fc.constantFrom(
    'lr',
    'loss/val',
    'loss.min',
    'accuracy',
    'a b',
    'a"b',
    '.x',
    'x.',
    '-',
    'in',
    'param.x',
    "it's",
    '==',
  ),
  text.filter((t) => t.trim() === t && t !== ''),
);
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const value = fc.oneof(number, fc.constantFrom<'NaN' | 'Infinity' | '-Infinity'>('NaN', 'Infinity', '-Infinity'));
const some = <T extends object>(of: fc.Arbitrary<T>) => of.filter((o) => Object.keys(o).length > 0);
const optional = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  some(fc.record(model, { requiredKeys: [] }));
const texts = optional({
  eq: text,
  in: fc.array(text, { minLength: 1, maxLength: 3 }),
  matches: text,
  startsWith: text,
  contains: text,
  exists: fc.boolean(),
});
const numbers = <T>(of: fc.Arbitrary<T>) =>
  optional({
    eq: of,
    lt: of,
    lte: of,
    gt: of,
    gte: of,
    in: fc.array(of, { minLength: 1, maxLength: 3 }),
    between: fc.tuple(of, of).map(([a, b]) => [a, b]),
  });
const id = (type: string) => fc.integer({ min: 1, max: 99 }).map((n) => `${type}_${n}`);
const ids = (type: string) => optional({ eq: id(type), in: fc.array(id(type), { minLength: 1, maxLength: 3 }) });
const moment = fc.constantFrom('2026-01-31', '2026-01-31T12:00:00+02:00', '-7d', '-30m');
const times = optional({ lt: moment, gte: moment, exists: fc.boolean() });
const conditions = {
  id: ids('Run'),
  name: texts,
  group: texts,
  status: fc.uniqueArray(fc.constantFrom('QUEUED', 'FINISHED', 'FAILED'), { minLength: 1 }),
  source: fc.uniqueArray(fc.constantFrom('CLIENT', 'IMPORT'), { minLength: 1 }),
  seed: numbers(number),
  createdAt: times,
  finishedAt: times,
  archived: fc.boolean(),
  silent: fc.boolean(),
  experimentId: ids('Experiment'),
  model: texts,
  modelVersion: numbers(number),
  parentId: ids('Run'),
  param: some(
    fc.record({ key, string: texts, number: numbers(number), exists: fc.boolean() }, { requiredKeys: ['key'] }),
  ),
  tag: some(fc.record({ key, string: texts, exists: fc.boolean() }, { requiredKeys: ['key'] })),
  metric: some(
    fc.record(
      { key, aggregate: fc.constantFrom('LAST', 'MIN', 'MAX', 'STEP'), number: numbers(value), exists: fc.boolean() },
      { requiredKeys: ['key'] },
    ),
  ),
  text: text.filter((t) => t.trim() !== ''),
};
const leaf = fc.oneof(
  ...Object.entries(conditions).map(([name, condition]) =>
    (condition as fc.Arbitrary<unknown>).map((c) => ({ [name]: c })),
  ),
);
const { filter } = fc.letrec<{ filter: RunFilter }>((tie) => {
  const parts = fc.array(tie('filter'), { minLength: 1, maxLength: 3 });
  return {
    filter: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.tuple(leaf, leaf).map(([a, b]) => ({ ...a, ...b })),
      parts.map((and) => ({ and })),
      fc.tuple(leaf, parts).map(([one, or]) => ({ ...one, or })),
      tie('filter').map((not) => ({ not })),
    ),
  };
});

test('an order is read from text, or refused at a place in it', () => {
  expect(parseOrder('metric.loss.min, created desc, param."a, b" asc')).toEqual([
    { metric: { key: 'loss', aggregate: 'MIN' } },
    { field: 'CREATED', direction: 'DESC' },
    { param: { key: 'a, b' }, direction: 'ASC' },
  ]);
  expect(parseOrder('')).toEqual([]);
  expect(() => parseOrder('name creatd')).toThrow('order, character 6: A comma is missing.');
  expect(() => parseOrder('name, creatd')).toThrow('Did you mean created?');
  expect(() => parseOrder('id, id, id, id')).toThrow('at most 3');
  expect(() => parseOrder('cost.seconds')).toThrow("There is no cost 'cost.seconds'.");
});

test.each([
  'metric.loss.min, created desc, param."a, b"',
  'cost.inference.wall_seconds desc, cost.price',
  'metric."loss.min" desc, tag."x y", duration',
])('the order %s is printed as it was read', (text) => {
  expect(printOrder(parseOrder(text))).toBe(text);
});

test.each<[string, string, object]>([
  ['finished and mod', 'mod', { kind: 'word' }],
  ['param.l', 'l', { kind: 'key', of: 'param' }],
  ['metric."a b".max ', '', { kind: 'operator', of: { keyed: 'metric', key: 'a b', aggregate: 'MAX' } }],
  ['tag.stage = "fi', 'fi', { kind: 'value', of: { keyed: 'tag', key: 'stage' } }],
  ['param.lr not in (1, 2', '2', { kind: 'value', of: { keyed: 'param', key: 'lr' } }],
  ['(', '', { kind: 'word' }],
])('at the end of %s something fitting can be offered', (search, typed, expects) => {
  expect(completionAt(search, search.length)).toMatchObject({ typed, to: search.length, expects });
});

describe('filters', () => {
  const valid = filter.filter((f) => runFilter.safeParse(f).success);

  test('printed and read again are the same', () => {
    let read = 0;
    fc.assert(
      fc.property(valid, (f) => {
        const search = printSearch(f);
        fc.pre(search.length < 4000);
        read++;
        expect(parseSearch(search)).toEqual(canonical(f));
        expect(printSearch(parseSearch(search))).toBe(search);
      }),
      { numRuns: 500 },
    );
    expect(read).toBeGreaterThan(400);
  });

  test('whatever is typed is read, or refused at a place in it', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'and',
        'or',
        'not',
        '(',
        ')',
        'has',
        'is',
        'in',
        'between',
        '=',
        ':',
        '<',
        ',',
        '"',
        'param.',
        'name',
        '-7d',
        '1',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const search = words.join(' ');
        const result = readSearch(search);
        if ('filter' in result) expect(runFilter.safeParse(result.filter).error?.issues ?? []).toEqual([]);
        else expect(result.error.from).toBeLessThanOrEqual(search.length);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['nothing said', { name: {} }, 'at least one thing'],
    ['what is not known', { nam: { eq: 'x' } }, 'nam'],
    ['too many conditions', { or: Array.from({ length: 101 }, () => ({ text: 'x' })) }, 'at most 100 conditions'],
    ['too deep', Array.from({ length: 12 }).reduce<RunFilter>((f) => ({ not: f }), { text: 'x' }), 'at most 10 levels'],
  ])('with %s are refused', (_what, wrong, says) => {
    expect(JSON.stringify(runFilter.safeParse(wrong).error?.issues)).toContain(says);
  });

  test('are refused by their depth before anything goes down into them', () => {
    const deep = Array.from({ length: 100_000 }).reduce<RunFilter>((inner) => ({ not: inner }), { text: 'x' });
    expect(runFilter.safeParse(deep).success).toBe(false);
  });
});
