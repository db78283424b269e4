import { collectEnvironment } from '@samplewise/client';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, mutate } from '../setup/ask.ts';
import { trainings } from '../setup/client-run.ts';
import { startStack, until, type Stack } from '../setup/stack.ts';
import { noise } from '../setup/uploads.ts';

const MAIN = path.resolve(import.meta.dirname, '../../packages/client/src/cli/main.ts');
let stack: Stack;
let folder: string;
let begin: (input?: object) => Promise<string>;
let runId: string;

beforeAll(async () => {
  stack = await startStack();
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-client-'));
  ({ begin } = await trainings(stack, 'Client'));
});
afterAll(async () => {
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  runId = await begin();
});

/** The command as people use it. */
function samplewise(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [MAIN, ...args],
      { env: { ...process.env, SAMPLEWISE_URL: stack.apiUrl } },
      (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

describe('logs', () => {
  test('are cut into lines and pieces that fit, and read with follow to the end of the run', async () => {
    const long = '🙂'.repeat(5000);
    await stack.client.logLines(runId, [
      { text: `one\ntwo\0`, level: 'WARN' },
      { text: long, stream: 'STDERR' },
    ]);
    const read: string[] = [];
    const reading = (async () => {
      for await (const lines of stack.client.readLog(runId, { follow: true })) read.push(...lines.map((l) => l.text));
    })();
    await until(async () => Promise.resolve(read.length >= 4 ? true : undefined), 5, 'the first lines');
    await stack.client.logLines(
      runId,
      Array.from({ length: 450 }, (_, i) => ({ text: `line ${i}` })),
    );
    await mutate(stack, 'finishRun', { runId }, '... on FinishRunPayload { run { id } }');
    await reading;
    expect(read.slice(0, 2)).toEqual(['one', 'two\uFFFD']);
    expect(read.slice(2, 4).join('')).toBe(long);
    expect(read.slice(4)).toEqual(Array.from({ length: 450 }, (_, i) => `line ${i}`));
  });

  test('are shown by the command, without what a terminal would obey', async () => {
    await stack.client.logLines(runId, [{ text: 'Loss \u001b[31m0.5\u001b]0;title\u0007' }, { text: 'done', level: 'INFO' }]);
    expect((await samplewise('logs', runId)).out).toBe('Loss 0.5\ndone\n');
    expect((await samplewise('logs', runId, '--search', 'LOSS')).out).toBe('Loss 0.5\n');
    expect((await samplewise('logs', runId, '--last', '1')).out).toBe('done\n');
    expect((await samplewise('logs', runId, '--level', 'INFO')).out).toBe('done\n');
    expect(await samplewise('logs', 'Run_999999')).toMatchObject({ code: 1, err: 'There is no run Run_999999.\n' });
  }); // prettier-ignore
});

describe('artifacts', () => {
  test('go up from a folder and come down the same, large ones in parts', async () => {
    const source = path.join(folder, 'up');
    await mkdir(path.join(source, 'deep'), { recursive: true });
    const large = noise(20 * 1024 * 1024, 11);
    await writeFile(path.join(source, 'deep/large.bin'), large);
    await writeFile(path.join(source, 'grün.txt'), 'grün');
    await writeFile(path.join(source, '.env'), 'SECRET=1');
    const up = await samplewise('artifacts', 'upload', runId, source, '--to', 'model');
    expect(up).toMatchObject({ code: 0, out: 'model/deep/large.bin  version 1\nmodel/grün.txt  version 1\n' });
    expect((await samplewise('artifacts', 'list', runId)).out).toBe(
      'model/deep/large.bin  20971520 bytes  version 1\nmodel/grün.txt  5 bytes  version 1\n',
    );
    const target = path.join(folder, 'down');
    expect((await samplewise('artifacts', 'download', runId, 'model', '--out', target)).code).toBe(0);
    expect(await readFile(path.join(target, 'deep/large.bin'))).toEqual(large);
    expect((await samplewise('artifacts', 'download', runId, 'model/grün.txt', '--out', target)).code).toBe(0);
    expect(await readFile(path.join(target, 'grün.txt'), 'utf8')).toBe('grün');
    expect(await samplewise('artifacts', 'download', runId, 'nothing')).toMatchObject({ code: 1, err: "The run has no file or folder 'nothing'.\n" }); // prettier-ignore
  });
});

test('a run knows where it is made, and how its machine does', async () => {
  const environment = await collectEnvironment();
  runId = await begin({ environment: JSON.parse(JSON.stringify(environment)) as object });
  const end = stack.client.logSystemMetrics(runId, {
    onError: (error) => {
      throw error;
    },
  });
  await sleep(100); // so that a share of the processor can be told
  await end();
  const { data } = await ask(
    stack,
    `query ($id: ID!) { node(id: $id) { ... on Run { metrics(kind: SYSTEM) { key last } machine { hostname node } packages(names: ["zod"]) { name } } } }`,
    { id: runId },
  );
  const { metrics, machine, packages } = (
    data as {
      node: { metrics: { key: string; last: number }[]; machine: object; packages: object[] };
    }
  ).node;
  expect(machine).toEqual({ hostname: os.hostname(), node: process.version });
  expect(packages).toEqual([{ name: 'zod' }]);
  const values = Object.fromEntries(metrics.map(({ key, last }) => [key, last]));
  expect(values['system/process_memory_bytes']).toBeGreaterThan(1e7);
  expect(values['system/memory_bytes']).toBeLessThanOrEqual(os.totalmem());
  expect(values['system/cpu_percent']).toBeGreaterThanOrEqual(0);
  expect(values['system/cpu_percent']).toBeLessThanOrEqual(100);
});
