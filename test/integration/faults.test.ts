import type { ChildProcess } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyClassifier, type TinyClassifier } from '../../packages/executor/test/support/tiny-onnx.ts';
import { end, startStack, until, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

const LABELS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];
const SILENCE_SECONDS = 8;
let stack: Stack;
let executor: ChildProcess;
let project: Awaited<ReturnType<typeof tinyProject>>;

beforeAll(async () => {
  stack = await startStack();
  executor = await startExecutor();
  project = await tinyProject(stack.client, 'Models with faults');
});
afterAll(() => stack.stop());

const startExecutor = (): Promise<ChildProcess> =>
  stack.startExecutor({
    SAMPLEWISE_EXECUTOR_TIMEOUT_SECONDS: String(SILENCE_SECONDS),
    SAMPLEWISE_EXECUTOR_MEMORY_MB: '450',
  });

async function queue(then: NonNullable<TinyClassifier['then']>, name: string = then): Promise<string> {
  const { client } = stack;
  const { projectId, datasetVersionId, noneId } = project;
  const bytes = tinyClassifier({ input: ['N', 1, 48, 48], classes: 7, then });
  const { digest } = await client.upload(Readable.from([bytes]));
  const spec = {
    kind: 'onnx-classifier',
    weights: { digest },
    labels: LABELS,
    input: { width: 48, height: 48, colour: 'GRAY' },
  };
  const { config } = await client.createModelConfig({ projectId, name, spec });
  const plan = { modelConfigIds: [config.id], restorationConfigIds: [noneId] };
  const experiment = await client.createExperiment({ projectId, name, datasetVersionId, plan });
  return (await client.queueRuns(experiment.id))[0]!.id;
}

/** A model process of the executor, but for the one that is known. */
function modelProcess(known: number | undefined): number | undefined {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const ours = lines.find((line) => {
    const [pid, parent, ...args] = line.trim().split(/\s+/);
    return (
      pid !== String(known) &&
      parent === String(executor.pid) &&
      args.some((arg) => arg.endsWith('model-process/main.ts'))
    );
  });
  return ours === undefined ? undefined : Number(ours.trim().split(/\s+/)[0]);
}

describe('a run whose model', () => {
  test('crashes natively is tried once more, fails as MODEL_CRASHED, and the next run finishes', async () => {
    const broken = await queue('hang', 'crash');
    const number = broken.slice('Run_'.length);
    let killed: number | undefined;
    for (const attempt of [1, 2]) {
      await until(
        async () => {
          const { rowCount } = await stack.pool.query(
            `SELECT 1 FROM run_shard WHERE run_id = $1 AND executor_id IS NOT NULL AND attempts = $2`,
            [number, attempt],
          );
          return rowCount === 1 ? true : undefined;
        },
        20,
        `attempt ${attempt}`,
      );
      killed = await until(() => Promise.resolve(modelProcess(killed)), 20, 'a model process');
      process.kill(killed, 'SIGSEGV');
    }
    const sound = await queue('nothing', 'after crash');
    const failed = await stack.client.waitForRun(broken);
    expect(failed).toMatchObject({ status: 'FAILED', failure: { code: 'MODEL_CRASHED' } });
    expect(failed.failure!.message).toContain('SIGSEGV');
    expect((await stack.client.waitForRun(sound)).status).toBe('FINISHED');
  });

  test.each([
    ['hang', 'MODEL_TIMEOUT'],
    ['leak', 'MODEL_OUT_OF_MEMORY'],
    ['nan', 'MODEL_OUTPUT_MISMATCH'],
  ] as const)('has the fault "%s" fails within its limit as %s, and the next run finishes', async (fault, code) => {
    const broken = await queue(fault);
    const sound = await queue('nothing', `after ${fault}`);
    const failed = await stack.client.waitForRun(broken);
    expect(failed).toMatchObject({ status: 'FAILED', sampleDone: 0, failure: { code } });
    expect(failed.failure!.mend).toBeTruthy();
    expect((await stack.client.waitForRun(sound)).status).toBe('FINISHED');
  });
});

describe('a shard', () => {
  test('whose storage is away is tried again later, with the reason told, and done when it is back', async () => {
    await end(executor); // so that what is queued waits
    const run = await queue('nothing', 'tried again');
    const away = `${stack.storage}-away`;
    await rename(stack.storage, away);
    try {
      executor = await startExecutor();
      // An executor that starts makes its folder where there is none.
      await rm(stack.storage, { recursive: true });
      const { error, later } = await until(() => failedAttempt(run), 30, 'an attempt that fails');
      expect(error).toContain('The storage is away');
      expect(later).toBe(true);
    } finally {
      await rm(stack.storage, { recursive: true, force: true });
      await rename(away, stack.storage);
    }
    expect(await stack.client.waitForRun(run)).toMatchObject({ status: 'FINISHED', sampleDone: 3 });
  });

  test('that has failed ten times is set aside with its error, and the executor takes the next run', async () => {
    await end(executor);
    const poison = await queue('nothing', 'poison');
    await stack.pool.query(`UPDATE run_shard SET attempts = 10, error = 'the last straw' WHERE run_id = $1`, [
      poison.slice('Run_'.length),
    ]);
    const sound = await queue('nothing', 'after poison');
    executor = await startExecutor();
    const failed = await stack.client.waitForRun(poison);
    expect(failed).toMatchObject({ status: 'FAILED', sampleDone: 0, failure: { code: 'INTERNAL', place: 'executor' } });
    expect(failed.failure!.message).toMatch(/tried 10 times.*the last straw/);
    expect((await stack.client.waitForRun(sound)).status).toBe('FINISHED');
  });
});

async function failedAttempt(run: string): Promise<{ error: string; later: boolean } | undefined> {
  const { rows } = await stack.pool.query<{ error: string; later: boolean }>(
    'SELECT error, retry_at IS NOT NULL AS later FROM run_shard WHERE run_id = $1 AND error IS NOT NULL',
    [run.slice('Run_'.length)],
  );
  return rows[0];
}
