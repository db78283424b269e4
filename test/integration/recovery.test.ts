import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededDemo } from '../setup/demo.ts';
import { rowOf } from '../setup/noise.ts';
import { end, startStack, type Stack } from '../setup/stack.ts';

/** 50 for the whole proof, which takes some minutes: `SAMPLEWISE_KILLS=50`. */
const KILLS = Number(process.env.SAMPLEWISE_KILLS ?? 4);
/** An executor needs about a second to begin: some are killed before they have. */
const LONGEST_LIFE_MILLISECONDS = 6000;

let stack: Stack;
let experiments: { id: string }[];
/** Of each undisturbed run, by model and restoration. */
let digests: Map<string, string>;

beforeAll(async () => {
  stack = await startStack();
  const executor = await stack.startExecutor();
  const demo = await seededDemo(stack.client);
  experiments = demo.experiments;
  const runIds = demo.experiments.flatMap((e) => e.runs.map((run) => run.id));
  for (const id of runIds) expect((await stack.client.waitForRun(id)).status).toBe('FINISHED');
  digests = new Map((await readDigests(runIds)).map(({ config, digest }) => [config, digest]));
  await end(executor);
}, 300_000);
afterAll(() => stack.stop());

async function readDigests(runIds: readonly string[]): Promise<{ config: string; digest: string }[]> {
  const { rows } = await stack.pool.query<{ config: string; digest: string }>(
    `SELECT concat_ws('/', r.experiment_id, r.model_config_id, r.restoration_config_id) AS config, e.predictions_digest AS digest
       FROM run r JOIN evaluation e ON e.run_id = r.id WHERE r.id = ANY($1)`,
    [runIds.map(rowOf)],
  );
  return rows;
}

/** Queues the demo's runs again, with nothing restored that could be read from the cache. */
async function queueAll(): Promise<string[]> {
  await stack.pool.query('DELETE FROM restored_image');
  const queued = [];
  for (const { id } of experiments) queued.push(...(await stack.client.queueRuns(id)));
  return queued.map((run) => run.id);
}

/** What a run that waits for its end was at when an executor was killed. */
async function stages(): Promise<string> {
  const { rows } = await stack.pool.query<{ stage: string }>(
    `SELECT CASE WHEN r.status = 'QUEUED' THEN 'queued'
                 WHEN r.sample_done = r.sample_total THEN 'evaluating'
                 WHEN r.sample_done > 0 THEN 'predicting'
                 ELSE 'loading' END AS stage
       FROM run r WHERE r.status IN ('QUEUED', 'RUNNING') ORDER BY r.status = 'QUEUED', r.id LIMIT 1`,
  );
  return rows[0]?.stage ?? 'nothing to do';
}

describe('two executors, of which one is killed again and again', () => {
  test(
    'finish every run with the predictions of an undisturbed one',
    { timeout: 120_000 + KILLS * 15_000 },
    async () => {
      const runIds: string[] = [];
      const executors: Promise<ChildProcess>[] = [stack.startExecutor(), stack.startExecutor()];
      await Promise.all(executors);
      const hit: Record<string, number> = {};
      for (let kill = 0; kill < KILLS; kill++) {
        const stage = await stages();
        if (stage === 'nothing to do') runIds.push(...(await queueAll()));
        await sleep(Math.random() * LONGEST_LIFE_MILLISECONDS);
        const victim = Math.floor(Math.random() * executors.length);
        const now = await stages();
        hit[now] = (hit[now] ?? 0) + 1;
        await end(await executors[victim]!, 'SIGKILL');
        executors[victim] = stack.startExecutor();
      }
      console.log(`killed while the first open run was: ${JSON.stringify(hit)}`);
      await Promise.all(executors);

      for (const id of runIds) expect(await stack.client.waitForRun(id)).toMatchObject({ status: 'FINISHED' });
      for (const { config, digest } of await readDigests(runIds)) expect(digest, config).toBe(digests.get(config));
      const { rows } = await stack.pool.query<{ n: string; distinct: string; done: number }>(
        `SELECT count(*) AS n, count(DISTINCT sample_index) AS distinct, max(r.sample_done) AS done
         FROM prediction p JOIN run r ON r.id = p.run_id WHERE r.id = ANY($1) GROUP BY p.run_id`,
        [runIds.map(rowOf)],
      );
      expect(rows).toHaveLength(runIds.length);
      for (const row of rows) expect(row).toEqual({ n: '420', distinct: '420', done: 420 });
      await Promise.all(executors.map(async (executor) => end(await executor)));
    },
  );

  test('leave a run canceled that is canceled meanwhile', async () => {
    const [queued] = await stack.client.queueRuns(experiments[0]!.id);
    const data = await stack.client.query(
      `mutation ($id: ID!) { cancelRun(input: { runId: $id }) { ... on CancelRunPayload { run { status } } } }`,
      { id: queued!.id },
    );
    expect(data).toEqual({ cancelRun: { run: { status: 'CANCELED' } } });
    await stack.startExecutor();
    await sleep(1500);
    expect((await stack.client.run(queued!.id)).status).toBe('CANCELED');
  });
});
