import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeFerCsv } from '../setup/fer2013.ts';
import { startStack, type Stack } from '../setup/stack.ts';

/** A folder with FER-2013's public test images and models trained on it; neither may be shipped with the project. */
const ASSETS = process.env.SAMPLEWISE_ASSETS;

const FER_ORDER = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];
const XCEPTION = {
  labels: FER_ORDER,
  input: { width: 64, height: 64, colour: 'GRAY', scale: 127.5, mean: [1] },
  output: { activation: 'probabilities' },
};
/** Each with the accuracy in percent that it is known to have on these images, give or take the resize. */
const MODELS = [
  {
    file: 'densenet121/densenet121_fer7.onnx',
    spec: { labels: FER_ORDER, input: { width: 224, height: 224, batch: 1 } },
    between: [68, 73],
  },
  { file: 'xception/fer2013_big_XCEPTION.54-0.66.onnx', spec: XCEPTION, between: [63, 69] },
  { file: 'xception/fer2013_mini_XCEPTION.102-0.66.onnx', spec: XCEPTION, between: [63, 69] },
  {
    file: 'faceapi/faceapi_expression.onnx',
    spec: {
      labels: ['neutral', 'happy', 'sad', 'angry', 'fear', 'disgust', 'surprise'],
      input: { width: 112, height: 112, scale: 1, mean: [122.782, 117.001, 104.298], std: [255] },
      output: { activation: 'probabilities' },
    },
    between: [56, 63],
  },
] as const;

describe.skipIf(ASSETS === undefined)('FER-2013 from its CSV, with models trained on it', () => {
  let stack: Stack;
  let folder: string;
  let csv: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-fer-'));
    csv = path.join(folder, 'fer2013.csv');
    expect(await writeFerCsv(path.join(ASSETS!, 'data/fer2013/public_test_3589.tar.gz'), csv)).toBe(3589);
    stack = await startStack();
    await stack.startExecutor();
  });
  afterAll(async () => {
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('gives the accuracies that these models are known to have', { timeout: 1_200_000 }, async () => {
    const { client } = stack;
    const created = (await client.query(
      `mutation { createProject(input: { name: "FER-2013" }) { ... on CreateProjectPayload { project { id slug } } } }`,
    )) as { createProject: { project: { id: string; slug: string } } };
    const { id: projectId, slug } = created.createProject.project;
    const project = await client.project(slug);
    const { digest } = await client.upload(csv);
    const queued = await client.importDataset({
      projectId,
      dataset: 'FER-2013',
      version: 'public test',
      format: 'fer-csv',
      fileName: 'fer2013.csv',
      uploadDigest: digest,
    });
    const imported = await client.waitForImport(queued.id);
    expect(imported).toMatchObject({ status: 'FINISHED', datasetVersion: { sampleCount: 3589 } });

    const none = await client.createRestorationConfig({ projectId, name: 'none', steps: [] });
    const modelConfigIds: string[] = [];
    for (const { file, spec } of MODELS) {
      const weights = await client.upload(path.join(ASSETS!, 'models/emotion', file));
      const { config } = await client.createModelConfig({
        projectId,
        name: path.basename(file, '.onnx'),
        spec: { kind: 'onnx-classifier', weights: { digest: weights.digest }, ...spec },
      });
      modelConfigIds.push(config.id);
    }
    const version = await client.datasetVersion(project, 'FER-2013');
    const experiment = await client.createExperiment({
      projectId,
      name: 'Four classifiers on the public test',
      datasetVersionId: version.id,
      plan: { modelConfigIds, restorationConfigIds: [none.config.id] },
    });
    for (const [i, run] of (await client.queueRuns(experiment.id)).entries()) {
      const ended = await client.waitForRun(run.id);
      const accuracy = ended.evaluation?.accuracy;
      console.log(MODELS[i]!.file, ended.failure ?? accuracy, ended.samplesPerSecond, 'samples/s');
      expect(ended).toMatchObject({ status: 'FINISHED', sampleDone: 3589 });
      expect(accuracy!.value! * 100).toBeGreaterThan(MODELS[i]!.between[0]);
      expect(accuracy!.value! * 100).toBeLessThan(MODELS[i]!.between[1]);
    }
  });
});
