import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, expectProblem, mutate } from '../setup/ask.ts';
import { noiseProject, rowOf, type NoiseProject } from '../setup/noise.ts';
import { end, startStack, until, type Stack } from '../setup/stack.ts';

const RUNS = '{ runs { id priority pausedAt status } }';
const TEAMS = { red: 60, green: 20, blue: 20 };
let stack: Stack;
let project: NoiseProject;
const ofTeams = new Map<string, NoiseProject>();

beforeAll(async () => {
  stack = await startStack();
  const importer = await stack.startExecutor();
  project = await noiseProject(stack.client, 'One team', 1100);
  for (const team of Object.keys(TEAMS)) {
    const made = await noiseProject(stack.client, team, 4);
    // There is no way yet to make a team; the project is handed to one.
    await stack.pool.query(
      `WITH t AS (INSERT INTO team (slug, name) VALUES ($1, $1) RETURNING id)
       UPDATE project SET team_id = t.id FROM t WHERE project.id = $2`,
      [team, made.projectId.slice('Project_'.length)],
    );
    ofTeams.set(team, made);
  }
  await end(importer); // so that what is queued waits
});
afterAll(() => stack.stop());

const change = (name: 'pauseRuns' | 'unpauseRuns' | 'setRunPriority', input: object) =>
  mutate(stack, name, input, `... on ${name[0]!.toUpperCase()}${name.slice(1)}Payload ${RUNS}`);

async function read(runId: string, fields: string): Promise<Record<string, unknown>> {
  const { data, errors } = await ask(stack, `query ($id: ID!) { node(id: $id) { ... on Run { ${fields} } } }`, {
    id: runId,
  });
  expect(errors ?? []).toEqual([]);
  return (data as { node: Record<string, unknown> }).node;
}

async function digestOf(runId: string): Promise<string> {
  const { evaluation } = (await read(runId, 'evaluation { predictionsDigest }')) as {
    evaluation: { predictionsDigest: string };
  };
  return evaluation.predictionsDigest;
}

/** The names of the given runs' experiments, in the order in which the runs began. */
async function beginnings(runIds: readonly string[]): Promise<string[]> {
  const { rows } = await stack.pool.query<{ name: string }>(
    `SELECT e.name FROM run r JOIN experiment e ON e.id = r.experiment_id WHERE r.id = ANY($1) ORDER BY r.started_at, r.id`,
    [runIds.map(rowOf)],
  );
  return rows.map(({ name }) => name);
}

describe('runs of three teams', () => {
  test('take turns, although one team has queued all of its own before the others', async () => {
    const runIds: string[] = [];
    for (const [team, runs] of Object.entries(TEAMS)) {
      runIds.push(...(await ofTeams.get(team)!.queueMany('vgg-mini', team, runs)));
    }
    const executor = await stack.startExecutor({ SAMPLEWISE_EXECUTOR_TURN_SECONDS: '0' });
    for (const id of runIds) expect((await stack.client.waitForRun(id)).status).toBe('FINISHED');
    await end(executor);

    const order = await beginnings(runIds);
    expect(order).toHaveLength(100);
    const had: Record<string, number> = { red: 0, green: 0, blue: 0 };
    for (const team of order.slice(0, 60)) {
      had[team]!++;
      const counts = Object.values(had);
      // While all three wait, nobody is more than some turns ahead: a slow shard counts as several.
      expect(Math.max(...counts) - Math.min(...counts), order.join(' ')).toBeLessThanOrEqual(6);
    }
  });
});

describe('runs of one team', () => {
  test('are taken by priority, then in the order in which they were queued', async () => {
    const [first, second, urgent, idle] = [
      await project.queue('vgg-mini', 'first'),
      await project.queue('vgg-mini', 'second'),
      await project.queue('vgg-mini', 'urgent'),
      await project.queue('vgg-mini', 'idle'),
    ];
    await change('setRunPriority', { runIds: [urgent], priority: 10 });
    const changed = await change('setRunPriority', { runIds: [idle], priority: -10 });
    expect(changed).toMatchObject({ runs: [{ priority: -10 }] });
    await expectProblem(change('setRunPriority', { runIds: [idle], priority: 11 }), 'INVALID_VALUE', 'input.priority');
    const executor = await stack.startExecutor();
    for (const id of [first, second, urgent, idle]) await stack.client.waitForRun(id);
    expect(await beginnings([first, second, urgent, idle])).toEqual(['urgent', 'first', 'second', 'idle']);
    await end(executor);
    await expectProblem(change('setRunPriority', { runIds: [first], priority: 1 }), 'CONFLICT', 'input.runIds');
  });

  test('that are paused are left within a second, keep what is stored, and go on to the same predictions', async () => {
    const executor = await stack.startExecutor();
    const undisturbed = await project.queue('resnet-mini', 'undisturbed');
    await stack.client.waitForRun(undisturbed);
    const paused = await project.queue('resnet-mini', 'paused');
    await until(async () => ((await stack.client.run(paused)).sampleDone > 0 ? true : undefined), 30, 'a shard');
    await change('pauseRuns', { runIds: [paused] });
    await until(
      async () => {
        const { rowCount } = await stack.pool.query(
          'SELECT 1 FROM run_shard WHERE run_id = $1 AND executor_id IS NOT NULL AND finished_at IS NULL',
          [rowOf(paused)],
        );
        return rowCount === 0 ? true : undefined;
      },
      1.5,
      'that executors leave the run',
    );
    const { sampleDone } = await stack.client.run(paused);
    const other = await project.queue('vgg-mini', 'meanwhile');
    expect((await stack.client.waitForRun(other)).status).toBe('FINISHED');
    expect((await stack.client.run(paused)).sampleDone).toBe(sampleDone);
    expect(sampleDone).toBeLessThan(1100);

    await change('unpauseRuns', { runIds: [paused] });
    expect((await stack.client.waitForRun(paused)).status).toBe('FINISHED');
    expect(await digestOf(paused)).toBe(await digestOf(undisturbed));
    await end(executor);
  });

  test('have the same predictions whether one, two or five executors made them', { timeout: 240_000 }, async () => {
    const digests = new Set<string>();
    const executors: Awaited<ReturnType<Stack['startExecutor']>>[] = [];
    const environment = { SAMPLEWISE_EXECUTOR_THREADS: '1', SAMPLEWISE_EXECUTOR_SHARDS: '1' };
    for (const count of [1, 2, 5]) {
      while (executors.length < count) executors.push(await stack.startExecutor(environment));
      const run = await project.queue('efficientnet-mini', `by ${count}`);
      expect((await stack.client.waitForRun(run)).status).toBe('FINISHED');
      digests.add(await digestOf(run));
    }
    await Promise.all(executors.map((executor) => end(executor)));
    expect(digests.size).toBe(1);
  });
});

describe('the executors', () => {
  test('are listed with their hardware and what they are at work on, and a run tells which made it', async () => {
    const executor = await stack.startExecutor({
      SAMPLEWISE_EXECUTOR_NAME: 'the listed one',
      SAMPLEWISE_EXECUTOR_THREADS: '1',
      SAMPLEWISE_POWER_WATTS: '40',
      SAMPLEWISE_PRICE_PER_HOUR: '3.6',
      SAMPLEWISE_CURRENCY: 'EUR',
    });
    const run = await project.queue('vgg-mini', 'listed');
    await stack.client.waitForRun(run);
    await end(executor);
    const { data } = await ask(
      stack,
      `{ executors(first: 1) { edges { node {
           name status hardware versions settings samplesDone current { index run { id } } } } } }`,
    );
    const [edge] = (data as { executors: { edges: { node: object }[] } }).executors.edges;
    expect(edge!.node).toMatchObject({
      name: 'the listed one',
      status: 'STOPPED',
      samplesDone: '1100',
      current: [],
      settings: { shardsAtOnce: 3, powerWatts: 40, price: { perHour: 3.6, currency: 'EUR' } },
      hardware: { threads: 1, cores: expect.any(Number) as number },
      versions: { packages: { 'onnxruntime-node': expect.any(String) as string } },
    });
    const told = await read(
      run,
      `executors { name } shards { edges { node { index samples attempts error executor { name } } } }
       phaseCosts { phase wallSeconds energyJoules energySource price currency } evaluation { latency { p50 p90 p99 } }`,
    );
    expect(told).toMatchObject({ executors: [{ name: 'the listed one' }] });
    expect((told as { shards: { edges: unknown[] } }).shards.edges).toHaveLength(5);
    const { phaseCosts } = told as { phaseCosts: Cost[] };
    const { latency } = told.evaluation as { latency: { p50: number; p90: number; p99: number } };
    expect(latency.p50).toBeGreaterThan(0);
    expect(latency.p90).toBeGreaterThanOrEqual(latency.p50);
    expect(phaseCosts.map((cost) => cost.phase)).toEqual(['PREPROCESSING', 'INFERENCE', 'EVALUATION']);
    for (const { energyJoules, energySource, price, currency } of phaseCosts) {
      expect({ energySource, currency }).toEqual({ energySource: 'declared', currency: 'EUR' });
      // Watts over seconds, and a price of a thousandth a second: both stand for the same time.
      expect(energyJoules! / 40 / (price! * 1000)).toBeCloseTo(1, 1);
      expect(price).toBeGreaterThan(0);
    }
  });

  test('that fall silent are LOST, and their shards are done by others', async () => {
    const lost = await stack.startExecutor({ SAMPLEWISE_EXECUTOR_NAME: 'lost' });
    const run = await project.queue('vgg-mini', 'taken over');
    await until(async () => ((await stack.client.run(run)).status === 'RUNNING' ? true : undefined), 20, 'a start');
    await end(lost, 'SIGKILL');
    await stack.startExecutor({ SAMPLEWISE_EXECUTOR_NAME: 'heir' });
    expect((await stack.client.waitForRun(run)).status).toBe('FINISHED');
    const { rows } = await stack.pool.query<{ status: string }>(`SELECT status FROM executor WHERE name = 'lost'`);
    expect(rows).toEqual([{ status: 'LOST' }]);
  });

  test('a project and a team tell what waits', async () => {
    for (const node of [project.projectId, 'Team_1']) {
      const { data } = await ask(
        stack,
        `query ($id: ID!) { node(id: $id) {
           ... on Project { queue { queued running paused samples waitingSince } }
           ... on Team { queue { queued running paused samples waitingSince } } } }`,
        { id: node },
      );
      expect(data).toEqual({
        node: { queue: { queued: 0, running: 0, paused: 0, samples: 0, waitingSince: null } },
      });
    }
  });
});

interface Cost {
  phase: string;
  wallSeconds: number;
  energyJoules: number | null;
  energySource: string | null;
  price: number | null;
  currency: string | null;
}
