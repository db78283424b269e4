import { parseSearch, type RunFilter, type RunOrder } from '@samplewise/domain';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../setup/ask.ts';
import { findByHand } from '../setup/search-oracle.ts';
import { fillRuns, LONG, TEXTS, type KnownRun } from '../setup/searchable-runs.ts';
import { startStack, type Stack } from '../setup/stack.ts';

/** More than are walked through before a search changes its way. */
const RUNS = 12_000;

let stack: Stack;
let runs: KnownRun[];

beforeAll(async () => {
  stack = await startStack();
  runs = await fillRuns(stack.pool, RUNS);
});
afterAll(() => stack.stop());

interface Search {
  filter?: RunFilter;
  search?: string;
  order?: RunOrder[];
}
interface RunPage {
  totalCount: number;
  totalCountIsExact: boolean;
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

const PAGE =
  'totalCount totalCountIsExact edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

async function answer(search: Search, page: object, of = 'Project_1') {
  const type = of.split('_')[0]!;
  return ask(
    stack,
    `query ($of: ID!, $filter: RunFilter, $search: String, $order: [RunOrder!], $first: Int, $last: Int, $after: String, $before: String) {
      node(id: $of) { ... on ${type} {
        runs(filter: $filter, search: $search, order: $order, first: $first, last: $last, after: $after, before: $before) { ${PAGE} }
      } }
    }`,
    { of, ...search, ...page },
  );
}

async function find(search: Search, page: object = { first: 200 }, of?: string): Promise<RunPage> {
  const { data, errors } = await answer(search, page, of);
  if (errors) throw new Error(JSON.stringify(errors));
  return (data as { node: { runs: RunPage } }).node.runs;
}

const idsOf = ({ edges }: RunPage): number[] => edges.map(({ node }) => Number(node.id.slice('Run_'.length)));

/** Pages from the front, up to a number of runs. */
async function pagesOf(search: Search, size: number, most: number): Promise<number[]> {
  const ids: number[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await find(search, { first: size, ...(after === undefined ? {} : { after }) });
    ids.push(...idsOf(page));
    if (!page.pageInfo.hasNextPage || ids.length >= most) return ids;
    after = page.pageInfo.endCursor;
  }
}

/** Pages from the back, up to a number of runs; the last run first. */
async function pagesFromBack(search: Search, size: number, most: number): Promise<number[]> {
  const ids: number[] = [];
  let before: string | undefined;
  for (;;) {
    const page = await find(search, { last: size, ...(before === undefined ? {} : { before }) });
    ids.push(...idsOf(page).reverse());
    if (!page.pageInfo.hasPreviousPage || ids.length >= most) return ids;
    before = page.pageInfo.startCursor;
  }
}

const key = (keys: string[]) => fc.constantFrom(...keys, 'nowhere');
const number = fc.constantFrom(-1, 0, 0.01, 0.1, 0.25, 0.5, 0.9, 3);
const value = fc.oneof(number, fc.constantFrom<'NaN' | 'Infinity' | '-Infinity'>('NaN', 'Infinity', '-Infinity'));
const one = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.oneof(
    ...Object.entries<fc.Arbitrary<unknown>>(model).map(([name, of]) => of.map((v) => ({ [name]: v }) as Partial<T>)),
  );
const some = fc.constantFrom(...TEXTS, 'fold 1', 'Fold 7', 'g1', 'resnet', 'final', 'x%y 3');
const piece = fc.constantFrom('a', 'o', '%', '_', '\\', "'", '"', 'ong', LONG.slice(0, 120), 'ResNet', '🧪');
const texts = one({
  eq: some,
  in: fc.array(some, { minLength: 1, maxLength: 3 }),
  matches: fc.constantFrom('*', 'a*', '*%*', 'ad?m', 'fold ?', 'RES*', '*\\*', 'long*b', '[a]*', "*'*"),
  startsWith: piece,
  contains: piece,
});
const numbers = <T>(of: fc.Arbitrary<T>) =>
  one({ eq: of, lt: of, lte: of, gt: of, gte: of, in: fc.array(of, { minLength: 1, maxLength: 3 }) });
const optional = fc.oneof(texts, fc.record({ exists: fc.boolean() }));
const moment = fc.integer({ min: 0, max: 500 }).map((m) => new Date(Date.UTC(2026, 0, 1, 0, m)).toISOString());
const times = one({ lt: moment, gte: moment });
const id = (type: string, most: number) => fc.integer({ min: 1, max: most }).map((n) => `${type}_${n}`);
const leaf = fc.oneof(
  ...Object.entries<fc.Arbitrary<unknown>>({
    id: fc.array(id('Run', RUNS), { minLength: 1, maxLength: 5 }).map((list) => ({ in: list })),
    name: texts,
    group: optional,
    status: fc.uniqueArray(fc.constantFrom('QUEUED', 'FINISHED', 'FAILED'), { minLength: 1 }),
    seed: numbers(number),
    createdAt: times,
    finishedAt: fc.oneof(times, fc.record({ exists: fc.boolean() })),
    duration: numbers(fc.constantFrom(0.25, 5, 20)),
    archived: fc.boolean(),
    experimentId: id('Experiment', 4).map((eq) => ({ eq })),
    experiment: texts,
    model: optional,
    modelVersion: numbers(fc.constantFrom(1, 2, 9)),
    parentId: fc.oneof(
      id('Run', 20).map((eq) => ({ eq })),
      fc.record({ exists: fc.boolean() }),
    ),
    param: fc.oneof(
      fc.record({ key: key(['lr', 'opt', 'rare']), string: texts }),
      fc.record({ key: key(['lr', 'opt', 'rare']), number: numbers(number) }),
      fc.record({ key: key(['lr', 'poor']), exists: fc.boolean() }),
    ),
    tag: fc.oneof(
      fc.record({ key: key(['stage', 'good']), string: texts }),
      fc.record({ key: key(['stage', 'good']), exists: fc.boolean() }),
    ),
    metric: fc.oneof(
      fc.record({
        key: key(['accuracy', 'loss/val']),
        aggregate: fc.constantFrom('LAST', 'MIN', 'MAX', 'STEP'),
        number: numbers(value),
      }),
      fc.record({ key: key(['accuracy', 'loss/val']), exists: fc.boolean() }),
    ),
    text: piece,
  }).map(([name, condition]) => condition.map((c) => ({ [name]: c }))),
);
const { filter } = fc.letrec<{ filter: RunFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map((or) => ({ or })),
    tie('filter').map((not) => ({ not })),
  ),
}));
const term = fc
  .tuple(
    fc.constantFrom<RunOrder>(
      { metric: { key: 'accuracy' } },
      { metric: { key: 'accuracy', aggregate: 'MAX' } },
      { metric: { key: 'accuracy', aggregate: 'STEP' } },
      { metric: { key: 'loss/val', aggregate: 'MIN' } },
      { param: { key: 'lr' } },
      { param: { key: 'opt', text: true } },
      { param: { key: 'rare' } },
      { tag: 'stage' },
      { cost: { measure: 'WALL_SECONDS' } },
      { cost: { measure: 'WALL_SECONDS', phase: 'INFERENCE' } },
      ...(
        ['ID', 'NAME', 'STATUS', 'GROUP', 'SEED', 'CREATED', 'FINISHED', 'DURATION', 'MODEL', 'EXPERIMENT'] as const
      ).map((field) => ({ field })),
    ),
    fc.constantFrom<'ASC' | 'DESC'>('ASC', 'DESC'),
  )
  .map(([by, direction]) => ({ ...by, direction }));
const order = fc.array(term, { minLength: 1, maxLength: 3 });

describe('a search finds what looking at each run finds', () => {
  test('with any filter and order, from the front and from the back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.option(filter, { nil: {}, freq: 8 }), order, async (f, by) => {
        const expected = findByHand(runs, f, by);
        const search = { filter: f, order: by };
        expect(await pagesOf(search, 150, 400)).toEqual(
          expected.slice(0, Math.ceil(Math.min(400, expected.length) / 150) * 150),
        );
        const back = [...expected].reverse();
        const taken = await pagesFromBack(search, 150, 300);
        expect(taken).toEqual(back.slice(0, taken.length));
        expect(taken.length).toBeGreaterThanOrEqual(Math.min(300, expected.length));
        const { totalCount, totalCountIsExact } = await find(search, { first: 0 });
        expect(totalCount).toBe(Math.min(10_000, expected.length));
        expect(totalCountIsExact).toBe(expected.length <= 10_000);
      }),
      { numRuns: 12 },
    );
  });

  test('in the middle of a list, and where runs have no value', async () => {
    const by: RunOrder[] = [{ metric: { key: 'accuracy' }, direction: 'DESC' }];
    const expected = findByHand(runs, {}, by);
    expect(await pagesOf({ order: by }, 200, RUNS)).toEqual(expected);
  });
});

describe('a search string', () => {
  test('finds what its filter finds, and holds beside a typed one', async () => {
    const search = 'accuracy > 0.8 and model:"resnet*" and tag.stage = final';
    const typed: RunFilter = { status: ['FINISHED'] };
    const expected = findByHand(runs, { and: [parseSearch(search), typed] }, [{ field: 'ID', direction: 'DESC' }]);
    expect(expected.length).toBeGreaterThan(3);
    expect(await pagesOf({ search, filter: typed }, 50, RUNS)).toEqual(expected);
  });

  test('that can not be read is refused at its place', async () => {
    const { errors } = await answer({ search: 'acuracy > 0.8' }, {});
    const place = 'search, character 1';
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', problems: [{ place, value: 'acuracy' }] } }]);
    expect(errors![0]!.message).toContain('Did you mean accuracy?');
  });

  test.each([
    "name = 'x'; DROP TABLE run; --'",
    `name = "x' OR '1'='1"`,
    `param."a' OR 1=1 --" = "b"`,
    `metric."loss') OR true --" > 0`,
    'tag.stage : "%\\\\_*?*"',
    'name ~ "$1 ${2} :x @> \\\\"',
  ])('with %s in it finds what is really so', async (search) => {
    const { data, errors } = await answer({ search }, { first: 5 });
    // It may be no search, but it is never more than one.
    if (errors) expect(errors[0]!.extensions!.code).toBe('BAD_USER_INPUT');
    else expect(data).toMatchObject({ node: { runs: { totalCount: 0 } } });
    expect((await find({}, { first: 1 })).totalCount).toBe(10_000);
  });

  test('in an experiment finds its runs only', async () => {
    const expected = findByHand(runs, { and: [{ experimentId: { eq: 'Experiment_2' } }, { seed: { eq: 3 } }] }, []);
    expect(idsOf(await find({ search: 'seed = 3' }, { first: 200 }, 'Experiment_2'))).toEqual(expected.slice(0, 200));
  });
});

describe('a cursor', () => {
  const byName: RunOrder[] = [{ field: 'NAME' }];

  test('of another order is refused', async () => {
    const { pageInfo } = await find({ order: byName }, { first: 2 });
    const { errors } = await answer({ order: [{ field: 'SEED' }] }, { after: pageInfo.endCursor });
    expect(errors).toMatchObject([{ extensions: { problems: [{ place: 'after' }] } }]);
    expect(errors![0]!.message).toContain('another order');
  });

  test.each(['', 'x', 'GPC:N:1', 'W10', Buffer.from('["12345678",["a"]]').toString('base64url')])(
    '%j is refused',
    async (after) => {
      const { errors } = await answer({ order: byName }, { first: 1, after });
      expect(errors?.[0]?.extensions?.code ?? 'BAD_USER_INPUT').toBe('BAD_USER_INPUT');
    },
  );

  test('stays good when the run at it is gone', async () => {
    const search: Search = { order: [{ metric: { key: 'accuracy' }, direction: 'DESC' }] };
    const expected = findByHand(runs, {}, search.order!);
    const { pageInfo } = await find(search, { first: 10 });
    await stack.pool.query('UPDATE run SET deleted_at = now() WHERE id = $1', [expected[9]]);
    const next = await find(search, { first: 10, after: pageInfo.endCursor });
    await stack.pool.query('UPDATE run SET deleted_at = NULL WHERE id = $1', [expected[9]]);
    expect(idsOf(next)).toEqual(expected.slice(10, 20));
  });
});

test('a search that takes too long is told so', async () => {
  const blocker = await stack.pool.connect();
  try {
    await blocker.query('BEGIN; LOCK TABLE run_tag IN ACCESS EXCLUSIVE MODE');
    const { errors } = await answer({ filter: { tag: { key: 'stage', exists: true } } }, { first: 1 });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', problems: [{ code: 'TOO_SLOW' }] } }]);
  } finally {
    await blocker.query('ROLLBACK');
    blocker.release();
  }
});
