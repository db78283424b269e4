import { createClient } from 'graphql-sse';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, mutate } from '../setup/ask.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
/** A second API process on the same database, to which subscribers are connected; through what can be cut. */
let other: { apiUrl: string };
let line: { url: string; cut(): void; close(): void };
let experimentId: string;

beforeAll(async () => {
  stack = await startStack();
  other = { apiUrl: await stack.startApi() };
  line = await cuttable(other.apiUrl);
  const { project } = (await mutate(stack, 'createProject', { name: 'Live' }, '... on CreateProjectPayload { project { id } }')) as { project: { id: string } };
  const { experiment } = (await mutate(stack, 'createExperiment', { projectId: project.id, name: 'Trainings' }, '... on CreateExperimentPayload { experiment { id } }')) as { experiment: { id: string } };
  experimentId = experiment.id;
}); // prettier-ignore
afterAll(async () => {
  line.close();
  await stack.stop();
});

async function begin(): Promise<string> {
  const fields = '... on CreateRunPayload { run { id } }';
  return ((await mutate(stack, 'createRun', { experimentId }, fields)) as { run: { id: string } }).run.id;
}

const log = (runId: string, step: number) =>
  mutate(stack, 'logMetrics', { runId, series: [{ key: 'loss', steps: [step], values: [step] }] }, '... on LogMetricsPayload { run { id } }'); // prettier-ignore

/** What a subscription has given so far, and a wait for something that it must come to give. */
function follow(query: string) {
  const client = createClient({ url: `${line.url}/graphql/stream`, retryAttempts: 20, retry: () => Promise.resolve() });
  const given: unknown[] = [];
  let wake = (): void => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    client.subscribe({ query }, { next: ({ data }) => { given.push(data); wake(); }, error: reject, complete: resolve }); // prettier-ignore
  });
  const until = async (says: string): Promise<void> => {
    while (!given.some((value) => JSON.stringify(value).includes(says))) {
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { until, ended, stop: () => client.dispose() };
}

/** Ends every connection that listens, as a restart of Postgres does. */
async function loseListeners(): Promise<number> {
  const { rowCount } = await stack.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'LISTEN%'`,
  );
  return rowCount!;
}

test('what one process changes is told by another, also after its listening connection was lost', async () => {
  const runId = await begin();
  const metrics = follow(`subscription { runMetricsChanged(runId: "${runId}") { key lastStep } }`);
  await log(runId, 1);
  await metrics.until('"lastStep":"1"');
  expect(await loseListeners()).toBe(2);
  // While nobody listens: told when the connection is made anew.
  await log(runId, 2);
  await metrics.until('"lastStep":"2"');
  await log(runId, 3);
  await metrics.until('"lastStep":"3"');
  metrics.stop();
});

test('a subscriber that loses its own connection comes back, and misses neither progress nor the end', async () => {
  const runId = await begin();
  const run = follow(`subscription { runChanged(runId: "${runId}") { status name } }`);
  await run.until('"RUNNING"');
  line.cut();
  const rename = { runId, name: 'renamed meanwhile' };
  await mutate(stack, 'updateRun', rename, '... on UpdateRunPayload { run { id } }');
  await run.until('renamed meanwhile');
  line.cut();
  await mutate(stack, 'cancelRun', { runId }, '... on CancelRunPayload { run { id } }');
  await run.until('"CANCELED"');
  await run.ended;
  expect((await ask(other, `{ node(id: "${runId}") { ... on Run { status } } }`)).data).toEqual({
    node: { status: 'CANCELED' },
  });
});

/** A line to a server, whose connections can be cut like those of a laptop that sleeps. */
async function cuttable(target: string): Promise<{ url: string; cut(): void; close(): void }> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const upstream = connect(Number(port), hostname);
    for (const [end, its] of [[socket, upstream], [upstream, socket]] as const) {
      sockets.add(end);
      end.on('error', () => its.destroy()).on('close', () => { sockets.delete(end); its.destroy(); });
      end.pipe(its);
    }
  }); // prettier-ignore
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    close: () => {
      server.close();
      cut();
    },
  };
}
