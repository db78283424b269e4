import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededDemo } from '../setup/demo.ts';
import { end, startStack, until, type Stack } from '../setup/stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

describe('an executor that is killed in the middle of a run', () => {
  test('loses nothing: the next one finishes the run with each sample predicted exactly once', async () => {
    const first = await stack.startExecutor();
    const demo = await seededDemo(stack.client);
    const runs = demo.experiments.flatMap((e) => e.runs);
    await until(
      async () => {
        const { rows } = await stack.pool.query(
          `SELECT 1 FROM run WHERE status = 'RUNNING' AND sample_done > 0 AND sample_done < sample_total`,
        );
        return rows.length > 0 ? true : undefined;
      },
      60,
      'a run in the middle',
    );
    await end(first, 'SIGKILL');
    const { rows: left } = await stack.pool.query<{ status: string }>('SELECT DISTINCT status FROM run');
    expect(left.map((r) => r.status)).toContain('QUEUED');

    await stack.startExecutor();
    for (const run of runs) expect((await stack.client.waitForRun(run.id)).status).toBe('FINISHED');
    const { rows } = await stack.pool.query<{ n: string; distinct: string; done: number }>(
      `SELECT count(*) AS n, count(DISTINCT sample_index) AS distinct, max(r.sample_done) AS done
         FROM prediction p JOIN run r ON r.id = p.run_id GROUP BY p.run_id`,
    );
    expect(rows).toHaveLength(runs.length);
    for (const row of rows) expect(row).toEqual({ n: '420', distinct: '420', done: 420 });
  });

  test('whose run is canceled meanwhile leaves it canceled', async () => {
    const demo = await seededDemo(stack.client);
    const [queued] = await stack.client.queueRuns(demo.experiments[0]!.id);
    const data = await stack.client.query(
      `mutation ($id: ID!) { cancelRun(input: { runId: $id }) { ... on CancelRunPayload { run { status } } } }`,
      { id: queued!.id },
    );
    expect(data).toEqual({ cancelRun: { run: { status: 'CANCELED' } } });
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect((await stack.client.run(queued!.id)).status).toBe('CANCELED');
  });
});
