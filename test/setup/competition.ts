import { SamplewiseClient } from '@samplewise/client';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { askAs, AUTH_SECRET, bearer, signUp, type Credentials } from './people.ts';
import { startStack, until, type Stack } from './stack.ts';

export const EMOTIONS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];
const TRAINING = 21;
/** Samples whose labels are hidden; they come after those of the training. */
export const TESTED = 70;
export const FIRST_TESTED = TRAINING;

/** Somebody with a token, and what he asks for. */
export interface Somebody {
  credentials: Credentials;
  token: string;
  client: SamplewiseClient;
}

export interface Arena {
  stack: Stack;
  executor: ChildProcess;
  /** Owns the team that organises it. */
  owner: Somebody;
  admin: Somebody;
  member: Somebody;
  viewer: Somebody;
  /** People of no team, with tokens of the scope SUBMIT. */
  entrants: readonly [Somebody, Somebody];
  projectId: string;
  datasetVersionId: string;
  /** Of the hidden samples, in their order; nobody but the database knows them. */
  truth: number[];
}

/**
 * A CSV of pictures whose labels no order tells.
 * @param twins some pictures come twice, in the test and in both splits; else they are distinct
 */
export function hiddenCsv(seed = 1, twins = false): string {
  const picture = (n: number): string =>
    [n % 256, Math.floor(n / 256), ...new Array<number>(2302).fill(n % 256)].join(' ');
  const label = randomLabels(seed);
  const rows = Array.from({ length: TRAINING + TESTED }, (_, n) => {
    const emotion = n < 14 ? n % 7 : label();
    return `${emotion},${picture(twins && n % 10 === 0 ? Math.max(0, n - 20) : n)},${n < TRAINING ? 'Training' : 'PrivateTest'}`;
  });
  return ['emotion,pixels,Usage', ...rows, ''].join('\n');
}

/** Lehmer's generator: the same labels for the same seed. */
function randomLabels(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % EMOTIONS.length;
  };
}

/** A mutation's payload, or the problems for which it was refused. */
export async function mutateAs(
  { apiUrl }: Pick<Stack, 'apiUrl'>,
  who: Credentials,
  name: string,
  input: object,
  fields: string,
): Promise<{ problems?: { code: string; message: string; place: string | null }[] } & Record<string, unknown>> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  const { data, errors } = await askAs(
    apiUrl,
    who,
    `mutation ($input: ${type}Input!) { result: ${name}(input: $input) {
      ... on InvalidInputError { problems { code message place value mend } } ... on ${type}Payload { ${fields} } } }`,
    { input },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.result as Record<string, unknown>;
}

/** The same, which must not be refused. */
export async function done(
  stack: Pick<Stack, 'apiUrl'>,
  who: Credentials,
  name: string,
  input: object,
  fields: string,
): Promise<Record<string, unknown>> {
  const result = await mutateAs(stack, who, name, input, fields);
  if (result.problems) throw new Error(`${name}: ${JSON.stringify(result.problems)}`);
  return result;
}

/** A team with people of each role, entrants of none, and a public project whose newest version hides its test labels. */
export async function openArena({ twins = false } = {}): Promise<Arena> {
  const stack = await startStack({ SAMPLEWISE_AUTH_SECRET: AUTH_SECRET, SAMPLEWISE_SIGN_UP: 'open' });
  const executor = await stack.startExecutor();
  const somebody = async (name: string, scope: 'ADMIN' | 'WRITE' | 'READ' | 'SUBMIT'): Promise<Somebody> => {
    const session = await signUp(stack, name);
    const made = await done(stack, session, 'createPersonalToken', { name, scope }, 'secret');
    const token = made.secret as string;
    return { credentials: bearer(token), token, client: new SamplewiseClient({ url: stack.apiUrl, token }) };
  };
  const owner = await somebody('olga', 'ADMIN');
  const [admin, member, viewer] = [
    await somebody('ada', 'ADMIN'),
    await somebody('mia', 'WRITE'),
    await somebody('vera', 'SUBMIT'),
  ];
  for (const [name, role] of [
    ['ada', 'ADMIN'],
    ['mia', 'MEMBER'],
    ['vera', 'VIEWER'],
  ]) {
    await stack.pool.query(
      `INSERT INTO membership (team_id, person_id, role) SELECT t.id, p.id, $1::"Role" FROM team t, person p
        WHERE t.slug = 'local' AND p.email = $2`,
      [role, `${name}@example.org`],
    );
  }
  const entrants = [await somebody('emil', 'SUBMIT'), await somebody('edda', 'SUBMIT')] as const;
  const { project } = await done(
    stack,
    owner.credentials,
    'createProject',
    { name: 'Arena', team: 'local' },
    'project { id revision }',
  );
  const { id: projectId, revision } = project as { id: string; revision: number };
  await done(
    stack,
    owner.credentials,
    'updateProject',
    { projectId, visibility: 'PUBLIC', expectedRevision: revision },
    'project { id }',
  );
  const datasetVersionId = await importHidden(owner, projectId, hiddenCsv(1, twins));
  const { rows } = await stack.pool.query<{ label: number }>(
    `SELECT label FROM sample WHERE version_id = $1 AND split = 'TEST' ORDER BY index`,
    [numberOf(datasetVersionId)],
  );
  const truth = rows.map(({ label }) => label);
  return { stack, executor, owner, admin, member, viewer, entrants, projectId, datasetVersionId, truth };
}

/** Imports a CSV whose test labels are hidden. */
export async function importHidden(
  { client }: Somebody,
  projectId: string,
  csv: string,
  version = 'hidden',
): Promise<string> {
  const { digest: uploadDigest } = await client.upload(Readable.from([csv]));
  const source = { format: 'fer-csv', fileName: 'faces.csv', uploadDigest } as const;
  const { id } = await client.importDataset({
    projectId,
    dataset: 'Faces',
    version,
    ...source,
    hiddenSplits: ['TEST'],
  });
  const { datasetVersion, problems } = await client.waitForImport(id);
  if (!datasetVersion) throw new Error(JSON.stringify(problems));
  return datasetVersion.id;
}

export const numberOf = (id: string): string => id.slice(id.indexOf('_') + 1);

/** A board over the hidden test, with a competition that is open for an hour unless told otherwise. */
export async function openCompetition(
  { stack, owner, projectId, datasetVersionId }: Arena,
  name: string,
  rule: object = {},
  board: object = {},
): Promise<string> {
  const input = { projectId, datasetVersionId, split: 'TEST', name, visibility: 'PUBLIC', ...board };
  const made = await done(stack, owner.credentials, 'createLeaderboard', input, 'leaderboard { id }');
  const { id } = made.leaderboard as { id: string };
  const closesAt = new Date(Date.now() + 3600_000).toISOString();
  await done(
    stack,
    owner.credentials,
    'setCompetition',
    { leaderboardId: id, closesAt, ...rule },
    'leaderboard { id }',
  );
  return id;
}

/** Labels for all hidden samples that are right but for every nth, beginning anywhere. */
export const guesses = ({ truth }: Pick<Arena, 'truth'>, nth: number, from = 0): number[] =>
  truth.map((label, i) => ((i + from) % nth === 0 ? (label + 1) % EMOTIONS.length : label));

export const SAMPLE_INDEX = Array.from({ length: TESTED }, (_, i) => FIRST_TESTED + i);

/** A run of the member on a version's test. */
export async function runOf(
  { stack, member, projectId }: Arena,
  datasetVersionId: string,
  name: string,
  predicted: readonly number[],
): Promise<string> {
  const of = { projectId, name, datasetVersionId, split: 'TEST' };
  const { experiment } = await done(stack, member.credentials, 'createExperiment', of, 'experiment { id }');
  const { run } = await done(
    stack,
    member.credentials,
    'createRun',
    { experimentId: (experiment as { id: string }).id },
    'run { id }',
  );
  const { id } = run as { id: string };
  // Its own points under a name of ours stay its own.
  const series = [{ key: 'accuracy', steps: [1], values: [0.25] }];
  await done(stack, member.credentials, 'logMetrics', { runId: id, series }, 'run { id }');
  const batch = { runId: id, batchId: 'one', sampleIndex: SAMPLE_INDEX, predicted };
  await done(stack, member.credentials, 'logPredictions', batch, 'sampleDone');
  await done(stack, member.credentials, 'finishRun', { runId: id }, 'run { id }');
  await member.client.waitForRun(id);
  return id;
}

/** Sends labels by GraphQL. @returns its id, once it is scored */
export async function submitted(
  { stack }: Pick<Arena, 'stack'>,
  who: Somebody,
  leaderboardId: string,
  predicted: readonly number[],
  name = 'guesses',
): Promise<string> {
  const input = { leaderboardId, name, key: randomUUID(), sampleIndex: SAMPLE_INDEX, predicted };
  const made = await done(stack, who.credentials, 'submitPredictions', input, 'submission { id }');
  const { id } = made.submission as { id: string };
  await who.client.waitForSubmission(id);
  return id;
}

/** As a file: a row for each sample. */
export const csvOf = (predicted: readonly number[], first = FIRST_TESTED): string =>
  ['sample_index,predicted', ...predicted.map((label, i) => `${first + i},${EMOTIONS[label] ?? ''}`), ''].join('\n');

interface Entry {
  entrant: string | null;
  name: string;
  rank: number;
  submissions: number;
  value: { value: number | null; low: number | null; high: number | null };
  publicValue: { value: number | null } | null;
  submission: { id: string; publicScore: { value: number } | null; privateScore: { value: number } | null } | null;
  run: { id: string } | null;
}

export interface Board {
  labelsHidden: boolean;
  result: { part: string | null; samples: number; checks: { code: string; count: number }[] } | null;
  entries: { totalCount: number; edges: { node: Entry }[] };
}

/** A board as somebody sees it. */
export async function boardAs({ apiUrl }: Pick<Stack, 'apiUrl'>, who: Credentials, id: string): Promise<Board> {
  const { data, errors } = await askAs(
    apiUrl,
    who,
    `query ($id: ID!) { node(id: $id) { ... on Leaderboard {
      labelsHidden result { part samples checks { code count } }
      entries(first: 50) { totalCount edges { node { entrant name rank submissions value { value low high }
        publicValue { value } submission { id publicScore { value } privateScore { value } } run { id } } } } } } }`,
    { id },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.node as Board;
}

/** A board once it is ranked as wanted. */
export const rankedAs = (
  stack: Pick<Stack, 'apiUrl'>,
  who: Credentials,
  id: string,
  wanted: (board: Board) => boolean,
): Promise<Board> =>
  until(
    async () => {
      const board = await boardAs(stack, who, id);
      return wanted(board) ? board : undefined;
    },
    60,
    'the ranking',
  );
