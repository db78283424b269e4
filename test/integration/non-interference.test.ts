import { isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labelRuleOf } from '../../apps/api/src/auth/labels/rules.ts';
import { schema } from '../../apps/api/src/schema/index.ts';
import { allRoutes } from '../setup/all-routes.ts';
import { EMOTIONS } from '../setup/competition.ts';
import { everyQuestion, type Question } from '../setup/every-question.ts';
import { answersTo, batchesOf, interrogate, type Batch } from '../setup/interrogation.ts';
import { ANONYMOUS, type Credentials } from '../setup/people.ts';
import { comparePlans, sameWork, workOf } from '../setup/plans.ts';
import { countStatements, type ExecutedStatement, type StatementCounter } from '../setup/statement-counter.ts';
import { freeze, makeWorld, otherPrivateLabels, setScene, type Scene, type World } from '../setup/two-worlds.ts';
import { wordsOf } from '../setup/words-of-scene.ts';

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
/** Every question; and, for those who see no more than the one who is asked them all, each field once. */
let batches: Batch[];
let plain: Batch[];
/** Those who do not see the labels, and what each is asked; a member sees the most. */
let others: Record<string, { who: Credentials; asked: Batch[] }>;

beforeAll(async () => {
  scene = await setScene();
  const { stack, truth } = scene;
  const labels = {
    first: truth,
    other: await otherPrivateLabels(scene),
    another: truth.map((label, i) => (label + 1 + (i % 3)) % EMOTIONS.length),
  };
  await freeze(scene);
  const opened = Object.entries(labels).map(async ([name, its]) => {
    const world = await makeWorld(scene, name, its);
    const counter = await countStatements(world.databaseUrl);
    const url = new URL(counter.url);
    // What is allowed gets as far as its first write, so that nothing ever changes.
    url.searchParams.set('options', '-c default_transaction_read_only=on');
    return [name, { ...world, counter, url: await stack.startApi({ DATABASE_URL: url.href }) }] as const;
  });
  worlds = Object.fromEntries(await Promise.all(opened)) as typeof worlds;
  questions = everyQuestion(schema, await wordsOf(scene, worlds.first));
  // A mutation's other arguments say no more, unless it has to do with labels.
  batches = batchesOf(questions.filter(({ kind, isPlain, field }) => kind === 'query' || isPlain || rules.has(field)));
  plain = batchesOf(questions.filter(({ isPlain }) => isPlain));
  const credentials = ({ credentials: of }: { credentials: Credentials }): Credentials => of;
  others = {
    'nobody in particular': { who: ANONYMOUS, asked: plain },
    'an entrant': { who: credentials(scene.entrants[0]), asked: plain },
    'a viewer': { who: credentials(scene.viewer), asked: plain },
    'a member': { who: credentials(scene.member), asked: batches },
  };
}, 300_000);
afterAll(async () => {
  for (const world of Object.values(worlds)) {
    await world.counter.close();
    await world.close();
  }
  await scene.stack.stop();
});

interface Difference {
  question: string;
  here: string;
  there: string;
}

/** What somebody is told in two worlds, where it differs; asked twice, so that a slow answer is no other one. */
async function differences(
  who: Credentials,
  [here, there]: readonly { url: string }[],
  asked: readonly Batch[],
  of = (answer: string): string => answer,
): Promise<Difference[]> {
  const both = async (batches: readonly Batch[]) => {
    const [first, second] = await Promise.all([here!, there!].map(({ url }) => interrogate(url, who, batches)));
    return batches.flatMap((batch, b) =>
      batch.map((question, q) => ({ question, first: of(first![b]![q]!), second: of(second![b]![q]!) })),
    );
  };
  const differing = (await both(asked)).filter(({ first, second }) => first !== second);
  const again = await both(differing.map(({ question }) => [question]));
  return again
    .filter(({ first, second }) => first !== second)
    .map(({ question: { text }, first, second }) => {
      const at = Math.max(0, first.split('').findIndex((letter, i) => letter !== second[i]) - 150);
      return { question: text.slice(0, 300), here: first.slice(at, at + 400), there: second.slice(at, at + 400) };
    });
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

/** What a competition may tell by; nothing else knows of two parts. */
const COMPETING =
  /^(?:Competition|Leaderboard|LeaderboardSnapshot|Submission)\.|[lL]eaderboard|[sS]ubmission|^Query\.nodes?$/;

/** Thousands of questions: seconds on a machine that does nothing else. */
const PATIENCE = { timeout: 300_000 };

describe('who does not see the hidden labels', PATIENCE, () => {
  test('is told the same by every field, filter, order, slice, mutation and subscription, whatever they are', async () => {
    expect(questions.length).toBeGreaterThan(1500);
    const { first, other, another } = worlds;
    for (const [name, { who, asked }] of Object.entries(others)) {
      // Of the public part a competition tells its figures, and of nothing else.
      expect(await differences(who, [first, another], asked, untold), name).toEqual([]);
      const competing = asked.filter((batch) => batch.some(({ field }) => COMPETING.test(field)));
      expect(await differences(who, [first, other], competing), name).toEqual([]);
    }
  });

  test('is told the same by every route', async () => {
    for (const [name, { who }] of Object.entries(others)) {
      const [first, other, another] = await Promise.all(
        [worlds.first, worlds.other, worlds.another].map((world) => allRoutes(scene, world, who)),
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
    const { first, another } = worlds;
    const asked = plain.filter(([question]) => question!.kind === 'query');
    const { who } = others['a member']!;
    const executed: ExecutedStatement[] = [];
    for (const batch of asked) {
      const [here, there] = await sameWork([first, another], (url) => answersTo(url, who, batch));
      expect(workOf(there!), batch.map(({ text }) => text).join('\n')).toEqual(workOf(here!));
      executed.push(...here!);
    }
    expect(executed.length).toBeGreaterThan(asked.length);
    await comparePlans([first, another], executed);
  });
});

describe('who sees the hidden labels', PATIENCE, () => {
  test('is told other things of other labels, by all fields that say that they are made of them, and by no others', async () => {
    const { credentials } = scene.owner;
    const asked = batchesOf(
      questions.filter(({ isPlain, kind, field }) => isPlain || (kind === 'query' && rules.has(field))),
    );
    const [first, another] = await Promise.all(
      [worlds.first, worlds.another].map(({ url }) => interrogate(url, credentials, asked)),
    );
    console.log(
      asked
        .flatMap((b, i) =>
          b.flatMap((q, k) =>
            q.field === 'Query.comparison' ? [q.text.slice(0, 150) + first![i]![k]!.slice(0, 400)] : [],
          ),
        )
        .join('\n'),
    );
    const told = new Set<string>();
    const silent = new Set<string>();
    for (const [b, batch] of asked.entries()) {
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
  'ReportedAccuracy.estimate': 'no run was published elsewhere',
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
