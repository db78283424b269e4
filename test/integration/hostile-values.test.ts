import { buildSchema } from 'graphql';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileOperations, type Known, type Operation } from '../setup/hostile-operations.ts';
import { mutate } from '../setup/ask.ts';
import { askGraphQL, send, type GraphQLAnswer } from '../setup/http.ts';
import { failingModel } from '../setup/models.ts';
import { startStack, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

const SCHEMA = path.resolve(import.meta.dirname, '../../apps/api/schema.graphql');
const AT_ONCE = 8;

let stack: Stack;
let known: Known;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  known = await makeOneOfEach();
});
afterAll(() => stack.stop());

/** One row of each type that has an id, so that its fields can be asked. */
async function makeOneOfEach(): Promise<Known> {
  const { client, pool } = stack;
  const { projectId, datasetVersionId, noneId } = await tinyProject(client, 'Hostile');
  const { digest } = await client.upload(Readable.from([failingModel.bytes]));
  const { config } = await client.createModelConfig({ projectId, name: 'failing', spec: failingModel.spec(digest) });
  const plan = { modelConfigIds: [config.id], restorationConfigIds: [noneId] };
  const experiment = await client.createExperiment({ projectId, name: 'One', datasetVersionId, plan });
  await client.queueRuns(experiment.id);
  const begun = await mutate(
    stack,
    'createRun',
    { experimentId: experiment.id },
    '... on CreateRunPayload { run { id } }',
  );
  const { run } = begun as { run: { id: string } };
  const input = { projectId, datasetVersionId, name: 'Hostile' };
  await mutate(stack, 'createLeaderboard', input, '... on CreateLeaderboardPayload { leaderboard { id } }');
  const boardId = (await pool.query<{ id: string }>('SELECT id::text FROM leaderboard')).rows[0]!.id;
  const snapshot = await pool.query<{ id: string }>(
    `INSERT INTO leaderboard_snapshot (leaderboard_id, number, document, digest) VALUES ($1, 1, '{}', repeat('a', 64))
     RETURNING id::text`,
    [boardId],
  );
  await pool.query(`INSERT INTO leaderboard_link (snapshot_id, token_hash) VALUES ($1, repeat('b', 64))`, [
    snapshot.rows[0]!.id,
  ]);
  const first = async (table: string): Promise<string> =>
    (await pool.query<{ id: string }>(`SELECT min(id)::text AS id FROM ${table}`)).rows[0]!.id;
  return {
    Project: projectId,
    DatasetVersion: datasetVersionId,
    RestorationConfig: noneId,
    ModelConfig: config.id,
    Experiment: experiment.id,
    Run: run.id,
    Sample: `Sample_${datasetVersionId.split('_')[1]!}-0`,
    Team: `Team_${await first('team')}`,
    Dataset: `Dataset_${await first('dataset')}`,
    DatasetImport: `DatasetImport_${await first('dataset_import')}`,
    Leaderboard: `Leaderboard_${boardId}`,
    LeaderboardSnapshot: `LeaderboardSnapshot_${snapshot.rows[0]!.id}`,
    LeaderboardLink: `LeaderboardLink_${await first('leaderboard_link')}`,
  };
}

/** Errors that a caller can do nothing about, or that have no code to tell them by. */
async function faultOf({ name, query, variables }: Operation): Promise<string | undefined> {
  const { status, body } = await send(`${stack.apiUrl}/graphql`, JSON.stringify({ query, variables }));
  const { errors = [] } = JSON.parse(body) as GraphQLAnswer;
  const fault = errors.find((e) => !['BAD_USER_INPUT', 'LIMIT_EXCEEDED'].includes(e.extensions.code));
  return status >= 500 || fault ? `${name}: ${status} ${JSON.stringify(fault).slice(0, 600)}` : undefined;
}

test('no value of any argument or input field is more than bad input', async () => {
  const operations = [...hostileOperations(buildSchema(await readFile(SCHEMA, 'utf8')), known)];
  expect(operations.length).toBeGreaterThan(1000);
  const faults: string[] = [];
  const work = operations.values();
  const worker = async (): Promise<void> => {
    for (const operation of work) {
      // Whatever an operation before has made of it: a client's open run, which takes what is logged.
      await stack.pool.query(
        `UPDATE run SET status = 'RUNNING', finishing_at = NULL, deleted_at = NULL WHERE id = $1`,
        [known.Run!.slice('Run_'.length)],
      );
      const fault = await faultOf(operation);
      if (fault !== undefined) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(faults).toEqual([]);
}, 300_000);

describe('the refusal of a text that can not be stored', () => {
  test.each([
    [
      'in a variable',
      'query ($a: String!) { project(team: $a, slug: "x") { id } }',
      { a: 'a\0b' },
      'variables.a',
      'NUL',
    ],
    ['in a literal', '{ project(team: "a\\u0000b", slug: "x") { id } }', {}, 'team', 'NUL'],
    [
      'deep in a literal',
      'mutation { createProject(input: { name: "x", description: "\\u0000" }) { __typename } }',
      {},
      'input.description',
      'NUL',
    ],
    [
      'deep in a variable',
      'mutation ($i: CreateProjectInput!) { createProject(input: $i) { __typename } }',
      { i: { name: 'x', description: '\udc00' } },
      'variables.i.description',
      'surrogate',
    ],
  ])('%s names the place', async (_where, query, variables, place, says) => {
    const { errors } = await askGraphQL(stack.apiUrl, query, variables);
    const [error] = errors!;
    expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', problems: [{ place }] } });
    expect(error!.message).toContain(says);
  });
});

test('of ten who make the same project at once, nine are told that it is there', async () => {
  const query =
    'mutation { createProject(input: { name: "Race" }) { __typename ... on InvalidInputError { problems { code } } } }';
  const answers = await Promise.all(Array.from({ length: 10 }, () => askGraphQL(stack.apiUrl, query)));
  const results = answers.map(({ data }) => data?.createProject as { __typename: string; problems?: unknown });
  expect(results.filter((r) => r.__typename === 'CreateProjectPayload')).toHaveLength(1);
  expect(results.filter((r) => r.__typename === 'InvalidInputError').map((r) => r.problems)).toEqual(
    Array.from({ length: 9 }, () => [{ code: 'CONFLICT' }]),
  );
});
