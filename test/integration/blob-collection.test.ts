import { utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tinyClassifier } from '../../packages/executor/test/support/tiny-onnx.ts';
import { expectProblem, mutate } from '../setup/ask.ts';
import { numberOf, trainings } from '../setup/client-run.ts';
import { end, startStack, until, type Stack } from '../setup/stack.ts';
import { blobFile, isStored, noise, sha256, upload } from '../setup/uploads.ts';

let stack: Stack;
let begin: (input?: object) => Promise<string>;
let projectId: string;
let executor: Awaited<ReturnType<Stack['startExecutor']>> | undefined;
let seed = 0;

beforeAll(async () => {
  stack = await startStack();
  ({ begin, projectId } = await trainings(stack, 'Collection'));
});
afterAll(() => stack.stop());
beforeEach(() => {
  executor = undefined;
});
afterEach(async () => {
  if (executor) await end(executor);
});

/** Uploads bytes that are in no other test. */
const fresh = (which = ++seed): Promise<string> => upload(stack, noise(64, which));

/** Makes a blob two days old, as row and as file. */
async function age(...digests: string[]): Promise<void> {
  const then = new Date(Date.now() - 48 * 3600 * 1000);
  await stack.pool.query('UPDATE blob SET created_at = $2 WHERE digest = ANY($1)', [digests, then]);
  for (const digest of digests) await utimes(blobFile(stack, digest), then, then);
}

const hasRow = async (digest: string): Promise<boolean> =>
  (await stack.pool.query('SELECT 1 FROM blob WHERE digest = $1', [digest])).rowCount === 1;

const isThere = async (digest: string): Promise<boolean[]> => [await hasRow(digest), await isStored(stack, digest)];

/** An executor's first round. It goes through digests in their order, so that a late one shows when it is over. */
async function collect(): Promise<void> {
  do seed++;
  while (!sha256(noise(64, seed)).startsWith('ff'));
  const last = await fresh(seed);
  await age(last);
  executor = await stack.startExecutor();
  await until(async () => ((await hasRow(last)) ? undefined : true), 15, 'the collection');
}

async function attach(runId: string, digest: string): Promise<object> {
  const input = { runId, batchId: `batch ${seed}`, artifacts: [{ path: `${seed}`, digest }] };
  return mutate(stack, 'logArtifacts', input, '... on LogArtifactsPayload { repeated }');
}

/** A real one, since others are not accepted. */
const MODEL = tinyClassifier({ input: ['N', 3, 8, 8], classes: 2, then: 'nan' });

describe('blobs', () => {
  test('that nothing refers to are gone after a day; all others stay', async () => {
    const runId = await begin();
    const [attached, young, rewritten, gone] = [await fresh(), await fresh(), await fresh(), await fresh()];
    const weights = await upload(stack, MODEL);
    await attach(runId, attached);
    await stack.client.createModelConfig({
      projectId,
      name: 'kept',
      spec: {
        kind: 'onnx-classifier',
        weights: { digest: weights },
        labels: ['a', 'b'],
        input: { width: 8, height: 8 },
      },
    });
    await age(attached, weights, rewritten, gone);
    await upload(stack, noise(64, seed - 1)); // `rewritten` again: its row is old, its client is here
    await collect();
    expect(await isThere(attached)).toEqual([true, true]);
    expect(await isThere(weights)).toEqual([true, true]);
    expect(await isThere(young)).toEqual([true, true]);
    expect(await isThere(rewritten)).toEqual([true, true]);
    expect(await isThere(gone)).toEqual([false, false]);
    await expectProblem(attach(runId, gone), 'NOT_FOUND', 'input.artifacts.0.digest');
  });

  test('that somebody is about to use are left alone', async () => {
    const runId = await begin();
    const digest = await fresh();
    await age(digest);
    const client = await stack.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(
        `INSERT INTO artifact (run_id, path, version, digest, size, media_type) VALUES ($1, 'x', 1, $2, 64, 'x/y')`,
        [numberOf(runId), digest],
      );
      // The round is over before the reference can be seen.
      await collect();
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    expect(await isThere(digest)).toEqual([true, true]);
  });

  test('survive any number of clients that upload and use them while they are collected', async () => {
    const runId = await begin();
    const bytes = noise(64, ++seed);
    const digest = sha256(bytes);
    const executors = [await stack.startExecutor(), await stack.startExecutor()];
    try {
      for (let round = 0; round < 3; round++) {
        await upload(stack, bytes);
        await age(digest);
        const [more] = await Promise.all([
          stack.startExecutor(),
          (async () => {
            for (let i = 0; i < 40; i++) {
              // Whoever has uploaded can use it, whatever happens at the same moment.
              await upload(stack, bytes);
              await mutate(
                stack,
                'logArtifacts',
                { runId, batchId: `${round}-${i}`, artifacts: [{ path: `${round}-${i}`, digest }] },
                '... on LogArtifactsPayload { repeated }',
              );
              await stack.pool.query('DELETE FROM artifact WHERE run_id = $1', [numberOf(runId)]);
              if (i % 10 === 9) await age(digest).catch(() => undefined); // it may just have been collected
              await sleep(5);
            }
          })(),
        ]);
        executors.push(more);
        expect(await hasRow(digest)).toBe(await isStored(stack, digest));
      }
    } finally {
      await Promise.all(executors.map((one) => end(one)));
    }
  });

  test('of a run that has been in the bin for 30 days go with it, as its log and its files do', async () => {
    const runId = await begin();
    const digest = await fresh();
    await attach(runId, digest);
    const lines = { runId, batchId: 'log', lines: [{ text: 'x' }] };
    await mutate(stack, 'logLines', lines, '... on LogLinesPayload { lastLine }');
    await mutate(stack, 'deleteRuns', { runIds: [runId] }, '... on DeleteRunsPayload { runs { id } }');
    await stack.pool.query(`UPDATE run SET deleted_at = now() - interval '31 days' WHERE id = $1`, [numberOf(runId)]);
    await age(digest);
    await collect();
    expect(await isThere(digest)).toEqual([false, false]);
    for (const table of ['log_line', 'run_log', 'artifact']) {
      const { rowCount } = await stack.pool.query(`SELECT 1 FROM ${table} WHERE run_id = $1`, [numberOf(runId)]);
      expect(rowCount, table).toBe(0);
    }
  });
});
