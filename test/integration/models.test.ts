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

/** Registers the file as a grey 48 x 48 classifier of the seven emotions and runs it to its end. */
async function runOf(name: string, bytes: Uint8Array, labels = LABELS) {
  const { client } = stack;
  const { projectId, datasetVersionId, noneId } = project;
  const { digest } = await client.upload(Readable.from([bytes]));
  const spec = {
    kind: 'onnx-classifier',
    weights: { digest },
    labels,
    input: { width: 48, height: 48, colour: 'GRAY' },
  };
  const { config } = await client.createModelConfig({ projectId, name, spec });
  const plan = { modelConfigIds: [config.id], restorationConfigIds: [noneId] };
  const experiment = await client.createExperiment({ projectId, name, datasetVersionId, plan });
  const [queued] = await client.queueRuns(experiment.id);
  return client.waitForRun(queued!.id);
}

describe('a run whose model file does not fit', () => {
  const bytes = tinyClassifier({ input: FACE, classes: 7 });
  test.each([
    ['is no ONNX graph', Buffer.from('not a model'), 'MODEL_MALFORMED'],
    ['is cut off', bytes.subarray(0, bytes.length / 2), 'MODEL_MALFORMED'],
    ['has another input shape', tinyClassifier({ input: ['N', 1, 64, 64], classes: 7 }), 'MODEL_INPUT_MISMATCH'],
    ['takes colours', tinyClassifier({ input: ['N', 3, 48, 48], classes: 7 }), 'MODEL_INPUT_MISMATCH'],
    ['has fewer outputs than labels', tinyClassifier({ input: FACE, classes: 5 }), 'MODEL_OUTPUT_MISMATCH'],
    ['gives what is no number', tinyClassifier({ input: FACE, classes: 7, then: 'nan' }), 'MODEL_OUTPUT_MISMATCH'],
  ])('because it %s fails and says so', async (name, file, code) => {
    const run = await runOf(name, file);
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
