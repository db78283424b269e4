import { isInterfaceType, isObjectType } from 'graphql';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labelRuleOf } from '../../apps/api/src/auth/labels/rules.ts';
import { schema } from '../../apps/api/src/schema/index.ts';
import { EMOTIONS, FIRST_TESTED, numberOf } from '../setup/competition.ts';
import { everyQuestion, type Question, type Words } from '../setup/every-question.ts';
import { answersTo, batchesOf, interrogate, type Batch } from '../setup/interrogation.ts';
import { ANONYMOUS, type Credentials } from '../setup/people.ts';
import { countStatements, type ExecutedStatement, type StatementCounter } from '../setup/statement-counter.ts';
import {
  freeze,
  makeWorld,
  otherPrivateLabels,
  setScene,
  tokenOf,
  type Scene,
  type World,
} from '../setup/two-worlds.ts';

/**
 * Whoever does not see the hidden labels must be told the same whatever they are. Worlds that differ in nothing but these
 * labels, and in what is computed from them, are asked everything that the schema and the routes have to say, in every
 * name. What the owner is told of the same worlds shows that the questions are good ones: of each field that is made of
 * labels his answers do differ, and of no other.
 */

let scene: Scene;
/** As imported; with other labels of the private part; with other labels altogether. */
let worlds: Record<'first' | 'other' | 'another', World & { url: string; counter: StatementCounter }>;
let questions: Question[];
let batches: Batch[];
/** Those who do not see the labels. */
let others: Record<string, Credentials>;

beforeAll(async () => {
  scene = await setScene();
  const { stack, truth } = scene;
  const labels = {
    first: truth,
    other: await otherPrivateLabels(scene),
    another: truth.map((label, i) => (label + 1 + (i % 3)) % EMOTIONS.length),
  };
  await freeze(scene);
  const opened = [];
  for (const [name, its] of Object.entries(labels)) {
    const world = await makeWorld(scene, name, its);
    const counter = await countStatements(world.databaseUrl);
    const url = new URL(counter.url);
    // What is allowed gets as far as its first write, so that nothing ever changes.
    url.searchParams.set('options', '-c default_transaction_read_only=on');
    opened.push([name, { ...world, counter, url: await stack.startApi({ DATABASE_URL: url.href }) }]);
  }
  worlds = Object.fromEntries(opened) as typeof worlds;
  questions = everyQuestion(schema, await wordsOf(worlds.first));
  batches = batchesOf(questions);
  const credentials = ({ credentials: of }: { credentials: Credentials }): Credentials => of;
  others = {
    'nobody in particular': ANONYMOUS,
    'an entrant': credentials(scene.entrants[0]),
    'a viewer': credentials(scene.viewer),
    'a member': credentials(scene.member),
  };
}, 300_000);
afterAll(async () => {
  for (const world of Object.values(worlds)) {
    await world.counter.close();
    await world.close();
  }
  await scene.stack.stop();
});

/** Ids of everything that there is, some samples of each split, and words that mean something here. */
async function wordsOf({ database }: World): Promise<Words> {
  const { pool } = database;
  const tables: Record<string, string> = {
    Team: 'team',
    Membership: 'membership',
    Invitation: 'invitation',
    Token: 'token',
    Project: 'project',
    Dataset: 'dataset',
    DatasetVersion: 'dataset_version',
    DatasetImport: 'dataset_import',
    Experiment: 'experiment',
    Run: 'run',
    Leaderboard: 'leaderboard',
    LeaderboardSnapshot: 'leaderboard_snapshot',
    LeaderboardLink: 'leaderboard_link',
    Submission: 'submission',
    ModelConfig: 'model_config',
    RestorationConfig: 'restoration_config',
    SavedView: 'saved_view',
    Artifact: 'artifact',
    Executor: 'executor',
    Trial: 'trial',
  };
  const node = schema.getType('Node');
  const types = isInterfaceType(node) ? schema.getImplementations(node).objects.map(({ name }) => name) : [];
  expect(types.filter((name) => !(name in tables) && name !== 'Sample')).toEqual([]);
  const ids: Record<string, string[]> = {};
  for (const [type, table] of Object.entries(tables)) {
    const { rows } = await pool.query<{ id: bigint }>(`SELECT id FROM ${table} ORDER BY id LIMIT 12`);
    ids[type] = rows.length > 0 ? rows.map(({ id }) => `${type}_${id}`) : [`${type}_1`];
  }
  const version = numberOf(scene.datasetVersionId);
  ids.Sample = [0, FIRST_TESTED, FIRST_TESTED + 5, FIRST_TESTED + 30].map((index) => `Sample_${version}-${index}`);
  const classes = ['happy', 'sad'];
  return {
    ids,
    texts: {
      String: ['a'],
      Int: ['1', '3'],
      Float: ['0.5'],
      Boolean: ['true', 'false'],
      BigInt: ['1'],
      JSON: ['{ name: "a" }'],
      DateTime: ['"2100-01-01T00:00:00Z"'],
      MetricValue: ['0.5', '0.25'],
      IntColumn: ['[21]'],
      LongColumn: ['[1]'],
      FloatColumn: ['[0.5]'],
      Float32Column: ['[0.4, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]'],
      label: classes,
      'label: Int': ['3', '4'],
      labels: classes,
      truth: classes,
      predicted: classes,
      key: ['accuracy', 'macro_f1'],
      keys: ['accuracy', 'macro_f1', 'balanced_accuracy'],
      names: ['accuracy'],
      search: ['accuracy > 0.5', 'accuracy', 'metric.macro_f1 > 0.1', ''],
      metric: ['macroF1'],
      after: ['5'],
      before: ['5'],
    },
  };
}

interface Difference {
  question: string;
  here: string;
  there: string;
}

/** Where answers differ, question by question. */
function differences(
  here: readonly string[][],
  there: readonly string[][],
  of = (answer: string): string => answer,
): Difference[] {
  return batches.flatMap((batch, b) =>
    batch.flatMap(({ text }, q): Difference[] => {
      const [first, second] = [of(here[b]![q]!), of(there[b]![q]!)];
      if (first === second) return [];
      const at = Math.max(0, [...first].findIndex((letter, i) => letter !== second[i]) - 150);
      return [{ question: text.slice(0, 300), here: first.slice(at, at + 400), there: second.slice(at, at + 400) }];
    }),
  );
}

/** What a competition tells of labels: figures of its public part. */
const TOLD: Record<string, readonly string[]> = {
  Leaderboard: ['entries', 'result'],
  LeaderboardSnapshot: ['document', 'digest'],
  Submission: ['publicScore'],
};
const untold = (answer: string): string =>
  JSON.stringify(JSON.parse(answer), function (this: unknown, key, value: unknown) {
    const { __typename } = this as { __typename?: string };
    return __typename !== undefined && TOLD[__typename]?.includes(key) ? undefined : value;
  });

/** Thousands of questions in three worlds: seconds on a machine that does nothing else. */
const PATIENCE = { timeout: 600_000 };

describe('who does not see the hidden labels', PATIENCE, () => {
  test('is told the same by every field, filter, order, slice, mutation and subscription, whatever they are', async () => {
    expect(questions.length).toBeGreaterThan(1500);
    for (const [name, who] of Object.entries(others)) {
      const [first, other, another] = await Promise.all(
        [worlds.first, worlds.other, worlds.another].map(({ url }) => interrogate(url, who, batches)),
      );
      expect(differences(first!, other!), name).toEqual([]);
      // Of the public part a competition tells its figures, and of nothing else.
      expect(differences(first!, another!, untold), name).toEqual([]);
    }
  });

  test('is told the same by every route', async () => {
    for (const [name, who] of Object.entries(others)) {
      const [first, other, another] = await Promise.all(
        [worlds.first, worlds.other, worlds.another].map((world) => allRoutes(world, who)),
      );
      expect(other, name).toEqual(first);
      const isTold = (route: string): boolean => /^\/(?:s|badges|boards)\//.test(route);
      expect(
        another!.filter(({ route }) => !isTold(route)),
        name,
      ).toEqual(first!.filter(({ route }) => !isTold(route)));
    }
  });

  test('makes the database do the same work for every question, so that no time tells them either', async () => {
    for (const who of [others['a member']!, others['an entrant']!]) {
      const executed: ExecutedStatement[][] = [];
      for (const { url, counter } of Object.values(worlds)) {
        counter.takenOutcomes();
        const of: ExecutedStatement[] = [];
        for (const batch of batches.filter(([question]) => question!.kind === 'query')) {
          await answersTo(url, who, batch);
          of.push(...inOrder(counter.takenOutcomes()));
        }
        executed.push(of);
      }
      const [first, ...rest] = executed.map((of) => of.map(({ statement, outcome }) => `${outcome}: ${statement}`));
      expect(first!.length).toBeGreaterThan(batches.length);
      for (const of of rest) expect(of).toEqual(first);
      await comparePlans(executed[0]!);
    }
  });
});

/** Statements of one batch run side by side, on two connections. */
const inOrder = (executed: ExecutedStatement[]): ExecutedStatement[] =>
  executed
    .filter(({ statement }) => !statement.includes('pgboss'))
    .toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
const key = ({ statement, values, outcome }: ExecutedStatement): string => `${statement} ${values.join()} ${outcome}`;

interface Plan {
  'Node Type': string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

/** Steps of a plan, with the rows that each has really seen. */
const shapeOf = (plan: Plan): unknown => [
  plan['Node Type'],
  plan['Index Name'],
  plan['Actual Rows'],
  plan['Actual Loops'],
  plan['Rows Removed by Filter'],
  plan.Plans?.map(shapeOf),
];

async function comparePlans(executed: readonly ExecutedStatement[]): Promise<void> {
  const distinct = new Map(
    executed
      .filter(({ statement, outcome }) => /^\s*(?:SELECT|WITH)\b/i.test(statement) && outcome.startsWith('SELECT'))
      .map((one) => [one.statement, one]),
  );
  expect(distinct.size).toBeGreaterThan(50);
  for (const { statement, values } of distinct.values()) {
    const shapes = [];
    for (const { database } of Object.values(worlds)) {
      const { rows } = await database.pool.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
        `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, FORMAT JSON) ${statement}`,
        values,
      );
      shapes.push(shapeOf(rows[0]!['QUERY PLAN'][0]!.Plan));
    }
    for (const shape of shapes) expect(shape, statement).toEqual(shapes[0]);
  }
}

interface RouteAnswer {
  route: string;
  status: number;
  headers: Record<string, string | null>;
  digest: string;
}

/** Everything beside GraphQL that can be read. */
async function allRoutes({ url, database }: { url: string } & World, who: Credentials): Promise<RouteAnswer[]> {
  const digests = await database.pool.query<{ digest: string }>(`SELECT digest FROM blob ORDER BY digest LIMIT 40`);
  const uploads = await database.pool.query<{ digest: string }>(
    `SELECT digest FROM blob WHERE media_type = 'application/octet-stream' ORDER BY 1`,
  );
  const { rows: runs } = await database.pool.query<{ id: bigint }>('SELECT id FROM run ORDER BY id');
  const { rows: experiments } = await database.pool.query<{ id: bigint }>('SELECT id FROM experiment ORDER BY id');
  const { rows: boards } = await database.pool.query<{ id: bigint }>('SELECT id FROM leaderboard ORDER BY id');
  const tokens = [scene.boards.sealed, scene.boards.open].map(tokenOf);
  const routes = [
    ...runs.flatMap(({ id }) =>
      ['predictions.csv', 'predictions.ndjson', 'predictions.parquet', 'logs.txt', 'artifacts.tar'].map(
        (part) => `/runs/Run_${id}/${part}`,
      ),
    ),
    ...experiments.flatMap(({ id }) =>
      ['html', 'md', 'tex', 'json'].map((format) => `/experiments/Experiment_${id}/report.${format}`),
    ),
    ...boards.flatMap(({ id }) => [`/leaderboards/Leaderboard_${id}/samples.csv`, `/boards/Leaderboard_${id}.atom`]),
    ...[...digests.rows, ...uploads.rows].map(({ digest }) => `/blobs/${digest}`),
    ...tokens.flatMap((token) => [
      ...['json', 'csv', 'md', 'tex', 'bib', 'html', 'svg'].map((format) => `/s/${token}.${format}`),
      `/badges/${token}.svg`,
    ]),
    '/health',
  ];
  const answers: RouteAnswer[] = [];
  for (const route of routes) {
    const response = await fetch(`${url}${route}`, { headers: who });
    const body = Buffer.from(await response.arrayBuffer());
    const headers = Object.fromEntries(
      ['content-type', 'content-length', 'content-disposition', 'etag', 'last-modified'].map((name) => [
        name,
        response.headers.get(name),
      ]),
    );
    answers.push({ route, status: response.status, headers, digest: createHash('sha256').update(body).digest('hex') });
  }
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(2);
  return answers;
}

describe('who sees the hidden labels', PATIENCE, () => {
  test('is told other things of other labels, by all fields that say that they are made of them, and by no others', async () => {
    const { credentials } = scene.owner;
    const [first, another] = await Promise.all(
      [worlds.first, worlds.another].map(({ url }) => interrogate(url, credentials, batches)),
    );
    const told = new Set<string>();
    const silent = new Set<string>();
    for (const [b, batch] of batches.entries()) {
      for (const [q, { field }] of batch.entries()) {
        for (const path of differingPaths(JSON.parse(first![b]![q]!), JSON.parse(another![b]![q]!), field)) {
          const declared = path.filter((step) => rules.get(step) !== undefined);
          declared.forEach((step) => told.add(step));
          if (declared.length === 0) silent.add(path.join(' > '));
        }
      }
    }
    expect([...silent]).toEqual([]);
    const never = [...rules.keys()].filter((step) => !told.has(step) && !(step in NEVER));
    expect(never).toEqual([]);
  });
});

/** Fields that say that they are made of labels. */
const rules = new Map(
  Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields()).flatMap((field): [string, unknown][] => {
          const rule = labelRuleOf(field);
          return rule === undefined || rule === 'free' ? [] : [[`${type.name}.${field.name}`, rule]];
        })
      : [],
  ),
);

/** Those of which no question shows it, and why. */
const NEVER: Record<string, string> = {
  'DatasetImport.problems': 'the import has none; hidden-labels.test.ts has one that has',
  'DatasetImport.problemCount': 'the same',
  'Leaderboard.failure': 'no ranking has failed',
  'Query.criticalDifference': 'entries of the scene have no model',
  'Mutation.createSnapshot': 'nothing is written here',
};

/** The fields on the way to each value that differs: `[Type.field, …]`. */
function differingPaths(here: unknown, there: unknown, field: string): string[][] {
  const found: string[][] = [];
  const walk = (a: unknown, b: unknown, path: string[]): void => {
    if (JSON.stringify(a) === JSON.stringify(b)) return;
    const isObject = (value: unknown): value is Record<string, unknown> =>
      typeof value === 'object' && value !== null && !Array.isArray(value);
    if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) a.forEach((item, i) => walk(item, b[i], path));
    else if (isObject(a) && isObject(b)) {
      const type = typeof a.__typename === 'string' ? a.__typename : undefined;
      for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
        walk(a[name], b[name], type === undefined ? path : [...path, `${type}.${name}`]);
      }
    } else found.push(path);
  };
  walk(here, there, [field]);
  return found;
}
