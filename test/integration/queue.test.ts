import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, mutate } from '../setup/ask.ts';
import { noiseProject, type NoiseProject } from '../setup/noise.ts';
import { askAs, AUTH_SECRET, signUp, type Credentials } from '../setup/people.ts';
import { end, startStack, until, type Stack } from '../setup/stack.ts';

let stack: Stack;
let executor: ChildProcess;
let mine: NoiseProject;
let theirs: NoiseProject;
/** The same data, with accounts. */
let withAccounts: string;

beforeAll(async () => {
  stack = await startStack();
  executor = await stack.startExecutor();
  mine = await noiseProject(stack.client, 'Mine', 600);
  theirs = await noiseProject(stack.client, 'Theirs', 4);
  await stack.pool.query(
    `WITH t AS (INSERT INTO team (slug, name) VALUES ('them', 'Them') RETURNING id)
     UPDATE project SET team_id = t.id FROM t WHERE project.id = $1`,
    [theirs.projectId.slice('Project_'.length)],
  );
  withAccounts = await stack.startApi({ SAMPLEWISE_AUTH_SECRET: AUTH_SECRET, SAMPLEWISE_SIGN_UP: 'open' });
});
afterAll(() => stack.stop());

const QUEUE = `{ queue {
  teams { turn waitingShards activeShards team { slug } state { queued paused } runs { edges { node { id priority pausedAt } } } }
  others { teams waitingShards activeShards } } }`;

interface Queue {
  teams: {
    turn: number;
    waitingShards: number;
    team: { slug: string };
    state: { queued: number; paused: number };
    runs: { edges: { node: { id: string } }[] };
  }[];
  others: { teams: number; waitingShards: number };
}

test('executors tell how busy their machine is', async () => {
  const load = await until(
    async () => {
      const { data } = await ask(stack, '{ executors { edges { node { cpuPercent machineMemoryBytes } } } }');
      const { executors } = data as { executors: { edges: [{ node: { cpuPercent: number | null } }] } };
      const [{ node }] = executors.edges;
      return node.cpuPercent === null ? undefined : node;
    },
    10,
    'a heartbeat',
  );
  expect(load.cpuPercent).toBeGreaterThanOrEqual(0);
  expect(load.cpuPercent).toBeLessThanOrEqual(100);
  expect(load).toMatchObject({ machineMemoryBytes: expect.stringMatching(/^\d{6,}$/) as string });
  await end(executor);
});

test('the queue tells each team its runs in the order in which they are taken, and whose turn it is', async () => {
  const [late, paused, urgent] = await mine.queueMany('vgg-mini', 'three', 3);
  await theirs.queue('vgg-mini', 'one');
  await mutate(stack, 'setRunPriority', { runIds: [urgent], priority: 5 }, '... on SetRunPriorityPayload { runs { id } }'); // prettier-ignore
  await mutate(stack, 'pauseRuns', { runIds: [paused] }, '... on PauseRunsPayload { runs { id } }');
  await stack.pool.query(
    `INSERT INTO team_usage (team_id, seconds) SELECT id, 9 FROM team WHERE slug = 'them'
     ON CONFLICT (team_id) DO UPDATE SET seconds = 9`,
  );
  const { queue } = (await ask(stack, QUEUE)).data as { queue: Queue };
  // 600 samples are three shards; those of the paused run are not to be taken.
  expect(queue.teams).toMatchObject([
    { turn: 1, team: { slug: 'local' }, waitingShards: 6, activeShards: 0, state: { queued: 3, paused: 1 } },
    { turn: 2, team: { slug: 'them' }, waitingShards: 1, state: { queued: 1 } },
  ]);
  expect(queue.teams[0]!.runs.edges.map(({ node }) => node.id)).toEqual([urgent, late, paused]);
  expect(queue.others).toEqual({ teams: 0, waitingShards: 0, activeShards: 0 });
});

test('of teams of others people see how much waits, and nothing more', async () => {
  const see = async (who: Credentials): Promise<Queue> =>
    ((await askAs(withAccounts, who, QUEUE)).data as { queue: Queue }).queue;
  const accounts = { apiUrl: withAccounts, pool: stack.pool };
  // Who comes first has the team `local`; who comes then is in none.
  const owner = await see(await signUp(accounts, 'owner'));
  expect(owner.teams.map(({ team }) => team.slug)).toEqual(['local']);
  expect(owner.others).toMatchObject({ teams: 1, waitingShards: 1 });
  const stranger = await signUp(accounts, 'stranger');
  expect(await see(stranger)).toMatchObject({ teams: [], others: { teams: 0 } });
  await stack.pool.query(
    `INSERT INTO membership (team_id, person_id, role)
     SELECT t.id, p.id, 'MEMBER' FROM team t, person p WHERE t.slug = 'them' AND p.name = 'stranger'`,
  );
  expect((await see(stranger)).teams.map(({ team, runs }) => `${team.slug} ${runs.edges.length}`)).toEqual(['them 1']);
});
