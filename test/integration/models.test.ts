import { InvalidInput, type Problem } from '@samplewise/domain';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyClassifier } from '../../packages/executor/test/support/tiny-onnx.ts';
import { startStack, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

let stack: Stack;
let project: Awaited<ReturnType<typeof tinyProject>>;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  project = await tinyProject(stack.client, 'Models that do not fit');
});
afterAll(() => stack.stop());

const LABELS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];
const FACE = ['N', 1, 48, 48] as const;

/** Registers the file as a grey 48 x 48 classifier of the seven emotions. */
async function register(name: string, bytes: Uint8Array, labels = LABELS): Promise<string> {
  const { digest } = await stack.client.upload(Readable.from([bytes]));
  const input = { width: 48, height: 48, colour: 'GRAY' };
  const spec = { kind: 'onnx-classifier', weights: { digest }, labels, input };
  const { config } = await stack.client.createModelConfig({ projectId: project.projectId, name, spec });
  return config.id;
}

/** Registers the file and runs it to its end. */
async function runOf(name: string, bytes: Uint8Array, labels = LABELS) {
  const { client } = stack;
  const { projectId, datasetVersionId, noneId } = project;
  const plan = { modelConfigIds: [await register(name, bytes, labels)], restorationConfigIds: [noneId] };
  const experiment = await client.createExperiment({ projectId, name, datasetVersionId, plan });
  const [queued] = await client.queueRuns(experiment.id);
  return client.waitForRun(queued!.id);
}

const problemsOf = (work: Promise<unknown>): Promise<readonly Problem[]> =>
  work.then(
    () => [],
    (error: unknown) => (error instanceof InvalidInput ? error.problems : Promise.reject(error as Error)),
  );

describe('a model whose file does not fit', () => {
  const bytes = tinyClassifier({ input: FACE, classes: 7 });
  test.each([
    ['is no ONNX graph', Buffer.from('not a model'), 'MODEL_MALFORMED', 'weights'],
    ['is cut off', bytes.subarray(0, bytes.length / 2), 'MODEL_MALFORMED', 'weights'],
    ['is wider', tinyClassifier({ input: ['N', 1, 48, 64], classes: 7 }), 'MODEL_INPUT_MISMATCH', 'input.width'],
    ['takes colours', tinyClassifier({ input: ['N', 3, 48, 48], classes: 7 }), 'MODEL_INPUT_MISMATCH', 'input.colour'],
    [
      'has fewer outputs than labels',
      tinyClassifier({ input: FACE, classes: 5, declared: ['N', 5] }),
      'MODEL_OUTPUT_MISMATCH',
      'labels',
    ],
  ])('because it %s is refused when it is registered', async (name, file, code, place) => {
    const [problem, ...more] = await problemsOf(register(name, file));
    expect(problem).toMatchObject({ code, place: `input.spec.${place}` });
    expect(problem!.mend).toBeTruthy();
    expect(more).toEqual([]);
    const { rows } = await stack.pool.query('SELECT name FROM model_config WHERE name = $1', [name]);
    expect(rows).toEqual([]);
  });

  test.each([
    ['has fewer outputs than labels, and did not say so', tinyClassifier({ input: FACE, classes: 5 })],
    ['gives what is no number', tinyClassifier({ input: FACE, classes: 7, then: 'nan' })],
  ])('because it %s fails its run, and says so', async (name, file) => {
    const run = await runOf(name, file);
    const code = 'MODEL_OUTPUT_MISMATCH';
    expect(run).toMatchObject({ status: 'FAILED', sampleDone: 0, evaluation: null, failure: { code } });
    expect(run.failure!.place).toBeTruthy();
    expect(run.failure!.mend).toBeTruthy();
  });

  test('leaves the executor well: the next run finishes, nothing else is stored and nothing is left running', async () => {
    const run = await runOf('that fits', bytes);
    expect(run).toMatchObject({ status: 'FINISHED', sampleDone: 3, failure: null });
    const { rows: stored } = await stack.pool.query('SELECT DISTINCT run_id::text AS id FROM prediction');
    expect(stored).toEqual([{ id: run.id.replace('Run_', '') }]);
    const { rows: left } = await stack.pool.query(`SELECT id FROM run WHERE status IN ('QUEUED', 'RUNNING')`);
    expect(left).toEqual([]);
  });

  test('because its labels are not those of the dataset is not even queued, and both are named', async () => {
    const refused = runOf('other labels', bytes, [...LABELS.slice(1), 'boredom']);
    await expect(refused).rejects.toThrow(/ModelConfig_\d+\.labels: .*angry.*boredom/);
    const { rowCount } = await stack.pool.query(`SELECT 1 FROM run WHERE name LIKE 'other labels%'`);
    expect(rowCount).toBe(0);
  });
});
