import { createClient } from 'graphql-sse';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, expectProblem, mutate } from '../setup/ask.ts';
import { numberOf, trainings } from '../setup/client-run.ts';
import { askGraphQL } from '../setup/http.ts';
import { failingModel } from '../setup/models.ts';
import { startStack, until, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

let stack: Stack;
let otherApi: Stack;
let begin: (input?: object) => Promise<string>;
let runId: string;

beforeAll(async () => {
  stack = await startStack();
  otherApi = await startStack({ DATABASE_URL: stack.databaseUrl });
  ({ begin } = await trainings(stack, 'Logs'));
});
afterAll(async () => {
  await otherApi.stop();
  await stack.stop();
});
beforeEach(async () => {
  runId = await begin();
});

interface Line {
  number: number;
  time: string;
  stream: string;
  level: string | null;
  text: string;
}

const FIELDS = '... on LogLinesPayload { lastLine repeated }';
const log = (batchId: string, lines: object[], api: Pick<Stack, 'apiUrl'> = stack) =>
  mutate(api, 'logLines', { runId, batchId, lines }, FIELDS);

async function page(args: string, id = runId) {
  const { data, errors } = await ask(
    stack,
    `query ($id: ID!) { node(id: $id) { ... on Run { logs(${args}) {
      lineCount incomplete pageInfo { endCursor hasNextPage startCursor hasPreviousPage } edges { node { number time stream level text } }
    } } } }`,
    { id },
  );
  if (errors) throw new Error(errors[0]!.message);
  const { logs } = (data as { node: { logs: object } }).node;
  const { edges, ...more } = logs as {
    lineCount: number;
    incomplete: boolean;
    pageInfo: { endCursor: string; hasNextPage: boolean };
    edges: { node: Line }[];
  };
  return { ...more, lines: edges.map(({ node }) => node) };
}

const numbers = async (args: string): Promise<number[]> => (await page(args)).lines.map((line) => line.number);
const texts = (count: number, from = 1) => Array.from({ length: count }, (_, i) => ({ text: `line ${from + i}` }));

async function post(body: string | Buffer, query = 'batch=one', headers: object = {}) {
  const response = await fetch(`${stack.apiUrl}/runs/${runId}/logs?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

describe('lines of a log', () => {
  test('are numbered by the server, and come once however often a batch is sent', async () => {
    const lines = [
      { text: '\u001b[31mred\u001b[0m\tand\rback', stream: 'STDERR', level: 'WARN', time: '2026-01-02T03:04:05.678Z' },
      { text: '' },
    ];
    expect(await log('a', lines)).toMatchObject({ lastLine: 2, repeated: false });
    expect(await log('b', texts(1))).toMatchObject({ lastLine: 3, repeated: false });
    expect(await log('a', lines)).toMatchObject({ lastLine: 3, repeated: true });
    await expectProblem(log('a', texts(1)), 'CONFLICT', 'input.batchId');
    const { lines: read, lineCount } = await page('first: 10');
    expect(lineCount).toBe(3);
    expect(read[0]).toEqual({ number: 1, ...lines[0] });
    expect(read[1]).toMatchObject({ number: 2, text: '', stream: 'STDOUT', level: null });
    expect(read[2]).toMatchObject({ number: 3, text: 'line 1' });
  });

  test('of many writers are numbered without gaps', async () => {
    const writers = Array.from({ length: 12 }, (_, i) => log(`writer ${i}`, texts(50), i % 2 ? stack : otherApi));
    await Promise.all(writers);
    const { rows } = await stack.pool.query<{ count: number; least: number; most: number }>(
      'SELECT count(DISTINCT number)::int AS count, min(number) AS least, max(number) AS most FROM log_line WHERE run_id = $1',
      [numberOf(runId)],
    );
    expect(rows[0]).toEqual({ count: 600, least: 1, most: 600 });
  });

  test('are read from the front, from the end and around a line', async () => {
    await log('a', texts(30));
    expect(await numbers('last: 3')).toEqual([28, 29, 30]);
    expect(await numbers('first: 2, after: "10"')).toEqual([11, 12]);
    expect(await numbers('last: 2, before: "10"')).toEqual([8, 9]);
    expect((await page('first: 30')).pageInfo.hasNextPage).toBe(false);
    expect((await askGraphQL(stack.apiUrl, `{ node(id: "${runId}") { ... on Run { logs(after: "x") { lineCount } } } }`)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT'); // prettier-ignore
  });

  test('are found by what is in them, their level and where they came from', async () => {
    await log('a', [
      { text: 'Loss is 0.5', level: 'INFO' },
      { text: 'loss is NaN', level: 'ERROR', stream: 'STDERR' },
      { text: 'discount 100%_', level: 'DEBUG' },
      { text: 'GRÜSSE aus Köln' },
    ]);
    expect(await numbers('search: "LOSS"')).toEqual([1, 2]);
    expect(await numbers('search: "0%_"')).toEqual([3]);
    expect(await numbers('search: "grüsse AUS KÖLN"')).toEqual([4]);
    expect(await numbers('level: INFO')).toEqual([1, 2]);
    expect(await numbers('stream: STDERR, search: "loss"')).toEqual([2]);
    expect(await numbers('search: "loss", last: 1')).toEqual([2]);
    expect(await numbers('search: "nothing"')).toEqual([]);
  });

  test.each<[string, object[], string]>([
    ['a NUL', [{ text: 'a\0b' }], ''],
    ['a line break', [{ text: 'fine' }, { text: 'a\nb' }], 'input.lines.1.text'],
    ['a line that is too long', [{ text: 'ä'.repeat(8193) }], 'input.lines.0.text'],
    ['a time to come', [{ text: 'x', time: '2100-01-01T00:00:00Z' }], 'input.lines.0.time'],
    ['too many lines', texts(10_001), 'input.lines'],
    ['none', [], 'input.lines'],
  ])('with %s are refused, all of them', async (_name, lines, place) => {
    if (place === '') await expect(log('a', lines)).rejects.toThrow('NUL');
    else await expectProblem(log('a', lines), 'INVALID_VALUE', place);
    expect((await page('first: 1')).lineCount).toBe(0);
  });

  test('beyond what a run may log are refused', async () => {
    await log('a', texts(1));
    await stack.pool.query('UPDATE run_log SET bytes = 1024 * 1024 * 1024 WHERE run_id = $1', [numberOf(runId)]);
    await expectProblem(log('b', texts(1)), 'TOO_LARGE', 'input.runId');
    expect((await page('first: 1')).lineCount).toBe(1);
  });
});

describe('a text', () => {
  test.each([
    ['as it is', (text: string) => Buffer.from(text), {}],
    ['packed by gzip', gzipSync, { 'content-encoding': 'gzip' }],
    ['packed by zstd', zstdCompressSync, { 'content-encoding': 'zstd' }],
  ])('comes line by line, %s', async (_name, pack, headers) => {
    const text = 'one\r\ntwo\n\nfour';
    const query = 'batch=x&stream=STDERR&level=ERROR';
    expect(await post(pack(text), query, headers)).toEqual({ status: 200, lines: 4, lastLine: 4, repeated: false });
    expect(await post(pack(text), query, headers)).toEqual({ status: 200, lines: 4, lastLine: 4, repeated: true });
    const { lines } = await page('first: 9');
    expect(lines.map((line) => line.text)).toEqual(['one', 'two', '', 'four']);
    expect(lines[3]).toMatchObject({ stream: 'STDERR', level: 'ERROR' });
  });

  test('can be read while it comes, and goes on where it broke off', async () => {
    const all = Array.from({ length: 6000 }, (_, i) => `step ${i}\n`).join('');
    const sent = request(`${stack.apiUrl}/runs/${runId}/logs?batch=live`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
    });
    sent.on('error', () => undefined);
    sent.write(all.slice(0, 20_000));
    const seen = await until(
      async () => {
        const { lineCount } = await page('first: 1');
        return lineCount > 0 ? lineCount : undefined;
      },
      5,
      'the first lines',
    );
    sent.destroy();
    await sleep(300);
    expect(await post(all.replace('step 3', 'other'), 'batch=live')).toMatchObject({ status: 422 });
    expect(await post(all, 'batch=live')).toMatchObject({ status: 200, lines: 6000, lastLine: 6000, repeated: false });
    expect(seen).toBeLessThan(6000);
    const { rows } = await stack.pool.query<{ text: string }>(
      'SELECT text FROM log_line WHERE run_id = $1 ORDER BY number',
      [numberOf(runId)],
    );
    expect(rows.map(({ text }) => `${text}\n`).join('')).toBe(all);
  });

  test.each([
    ['with a NUL', 'one\ntwo\0', 422, 'line 2'],
    ['with an endless line', `one\n${'x'.repeat(20_000)}`, 422, 'line 2'],
  ])('%s is refused from that line on', async (_name, text, status, place) => {
    expect(await post(text)).toMatchObject({ status, problems: [{ place }] });
    expect((await page('first: 1')).lineCount).toBe(1);
  });

  test('of another kind, without a batch or for no run is refused', async () => {
    expect(await post('x', 'batch=a', { 'content-type': 'application/json' })).toMatchObject({ status: 415 });
    expect(await post('x', 'batch=a', { 'content-encoding': 'br' })).toMatchObject({ status: 415 });
    expect(await post('x', '')).toMatchObject({ status: 422, problems: [{ place: 'batch' }] });
    expect(await post(gzipSync('x').subarray(0, 8), 'batch=a', { 'content-encoding': 'gzip' })).toMatchObject({ status: 422 }); // prettier-ignore
    runId = 'Run_999999';
    expect(await post('x')).toMatchObject({ status: 404 });
  });

  test('is given back as one', async () => {
    await log('a', [{ text: 'one', level: 'INFO', time: '2026-01-02T03:04:05Z' }, ...texts(2500), { text: '\u001b[1mé' }]);
    const get = (query: string) => fetch(`${stack.apiUrl}/runs/${runId}/logs.txt${query}`);
    const response = await get('');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${runId}.log"`);
    const text = await response.text();
    expect(text.split('\n').length).toBe(2503);
    expect(text.endsWith('line 2500\n\u001b[1mé\n')).toBe(true);
    expect(await (await get('?level=INFO&details=true')).text()).toBe('2026-01-02T03:04:05.000Z STDOUT INFO one\n');
    expect((await get('?level=LOUD')).status).toBe(400);
  }); // prettier-ignore
});

describe('who follows a log', () => {
  interface Batch {
    lines: Line[];
    lastLine: number;
  }

  /** Follows at another API process than the one that is written to. */
  function follow(after: number, id = runId): { batches: AsyncIterator<{ data?: unknown }>; close: () => void } {
    const client = createClient({ url: `${otherApi.apiUrl}/graphql/stream`, retryAttempts: 0 });
    const query = 'subscription ($id: ID!, $after: Int) { runLogs(runId: $id, after: $after) { lastLine lines { number text } } }'; // prettier-ignore
    const batches = client.iterate({ query, variables: { id, after } });
    return { batches, close: () => client.dispose() };
  }

  test('gets each line once, over lost connections, from another process', async () => {
    await log('before', texts(700));
    const got: number[] = [];
    let after = 0;
    const writer = (async () => {
      for (let i = 0; i < 20; i++) await log(`batch ${i}`, texts(10, 701 + 10 * i));
    })();
    while (after < 900) {
      const { batches, close } = follow(after);
      // Each connection is lost after two events.
      for (let i = 0; i < 2; i++) {
        const next = await Promise.race([batches.next(), sleep(1000)]);
        if (!next || next.done) break;
        const { lines, lastLine } = (next.value.data as { runLogs: Batch }).runLogs;
        got.push(...lines.map((line) => line.number));
        after = lastLine;
      }
      close();
    }
    await writer;
    expect(got).toEqual(Array.from({ length: 900 }, (_, i) => i + 1));
  });

  test('is told the end', async () => {
    await log('a', texts(1));
    const { batches, close } = follow(0);
    expect((await batches.next()).value).toMatchObject({ data: { runLogs: { lastLine: 1 } } });
    await log('b', texts(1, 2));
    await mutate(stack, 'finishRun', { runId }, '... on FinishRunPayload { run { status } }');
    expect((await batches.next()).value).toMatchObject({ data: { runLogs: { lines: [{ text: 'line 2' }] } } });
    expect((await batches.next()).done).toBe(true);
    close();
  });

  test('of no run is told so', async () => {
    const { batches, close } = follow(0, 'Run_999999');
    const { value } = (await batches.next()) as { value: { errors?: { message: string }[] } };
    expect(value.errors?.[0]?.message).toContain('There is no such run');
    close();
  });
});

test('an executor says in the log of its run what becomes of it', async () => {
  await stack.startExecutor();
  const { projectId, datasetVersionId, noneId } = await tinyProject(stack.client, 'Executed');
  const { digest } = await stack.client.upload(Readable.from([failingModel.bytes]));
  const { config } = await stack.client.createModelConfig({
    projectId,
    name: 'broken',
    spec: failingModel.spec(digest),
  });
  const plan = { modelConfigIds: [config.id], restorationConfigIds: [noneId] };
  const experiment = await stack.client.createExperiment({ projectId, name: 'x', datasetVersionId, plan });
  const [run] = await stack.client.queueRuns(experiment.id);
  await stack.client.waitForRun(run!.id);
  const { lines } = await page('first: 9', run!.id);
  expect(lines).toMatchObject([
    { number: 1, stream: 'SYSTEM', level: 'INFO', text: expect.stringMatching(/^Started on /) as string },
    { number: 2, stream: 'SYSTEM', level: 'ERROR', text: expect.stringMatching(/^Failed: /) as string },
  ]);
});
