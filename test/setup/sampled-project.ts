import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { mutate } from './ask.ts';
import { until, type Stack } from './stack.ts';

export const CLASSES = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];
const SIDE = 48;
const USAGE = { TRAIN: 'Training', VALIDATION: 'PublicTest', TEST: 'PrivateTest' } as const;

export interface Planned {
  label: number;
  split: keyof typeof USAGE;
  pixels: Uint8Array;
}

/** A number from 0 on below 1 that follows from others. */
export function chance(...seeds: number[]): number {
  let hash = 2_166_136_261;
  for (const seed of seeds) hash = Math.imul(hash ^ (seed + 0x9e37_79b9), 16_777_619) ^ (hash >>> 13);
  return (Math.imul(hash, 2_654_435_761) >>> 0) / 2 ** 32;
}

/** A soft grey picture that follows from a number; some are darker than others. */
function picture(n: number): Uint8Array {
  const waves = Array.from({ length: 64 }, (_, w) => {
    const [u, v] = [w % 8, Math.floor(w / 8)];
    return { u: Math.PI * u, v: Math.PI * v, size: (160 * (chance(n, w) - 0.5)) / (1 + u + v) };
  });
  const pixels = new Uint8ClampedArray(SIDE * SIDE);
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [(i % SIDE) / SIDE, Math.floor(i / SIDE) / SIDE];
    pixels[i] = waves.reduce(
      (sum, { u, v, size }) => sum + size * Math.cos(u * x) * Math.cos(v * y),
      70 + 90 * chance(n),
    );
  }
  return new Uint8Array(pixels);
}

/**
 * Sixty samples of three splits. The 50th has the bytes of the first one, and another class; the 51st is the second one,
 * a little brighter, and of its class; the 52nd shows nothing.
 */
export const SAMPLES: readonly Planned[] = Array.from({ length: 60 }, (_, i): Planned => {
  const split = i < 30 ? 'TRAIN' : i < 45 ? 'VALIDATION' : 'TEST';
  const label = i === 50 ? 4 : i === 51 ? 1 : i % 7;
  if (i === 50) return { label, split, pixels: picture(0) };
  if (i === 51) return { label, split, pixels: picture(1).map((value) => Math.min(255, value + 3)) };
  if (i === 52) return { label, split, pixels: new Uint8Array(SIDE * SIDE).fill(9) };
  return { label, split, pixels: picture(i) };
});

/** As a file of FER-2013. */
export function sampledCsv(samples: readonly Planned[]): string {
  const rows = samples.map(({ label, pixels, split }) => `${label},${pixels.join(' ')},${USAGE[split]}`);
  return ['emotion,pixels,Usage', ...rows, ''].join('\n');
}

/** A project with a dataset version of these samples, audited. */
export async function sampledProject(stack: Stack, name: string, samples = SAMPLES) {
  const { project } = (await mutate(
    stack,
    'createProject',
    { name },
    '... on CreateProjectPayload { project { id slug } }',
  )) as { project: { id: string; slug: string } };
  const { client } = stack;
  const { digest: uploadDigest } = await client.upload(Readable.from([sampledCsv(samples)]));
  const source = { format: 'fer-csv', fileName: 'faces.csv', uploadDigest } as const;
  const { id } = await client.importDataset({ projectId: project.id, dataset: 'Faces', version: 'one', ...source });
  const { datasetVersion } = await client.waitForImport(id);
  const versionId = datasetVersion!.id;
  await audited(stack, versionId);
  return { projectId: project.id, slug: project.slug, versionId };
}

export async function audited({ pool }: Pick<Stack, 'pool'>, versionId: string): Promise<void> {
  const number = versionId.slice('DatasetVersion_'.length);
  const look = () => pool.query('SELECT 1 FROM dataset_audit WHERE version_id = $1', [number]);
  await until(async () => ((await look()).rowCount === 1 ? true : undefined), 30, 'the audit');
}

export interface Answers {
  sampleIndex: readonly number[];
  /** -1: none. */
  predicted: readonly number[];
  confidence: readonly number[];
}

/** What a run says that is right more or less often; every ninth sample it does not answer. */
export function answersOf(run: number, samples: readonly Planned[], indices: readonly number[]): Answers {
  const predicted = indices.map((i) => {
    if (Math.floor(chance(run, i, 9) * 9) === 0) return -1;
    return chance(run, i) < 0.5 ? samples[i]!.label : Math.floor(chance(run, i, 1) * CLASSES.length);
  });
  // As float32, so that what comes back is what was sent.
  const confidence = indices.map((i) => Math.fround(0.14 + 0.85 * chance(run, i, 2)));
  return { sampleIndex: indices, predicted, confidence };
}

/** A client's run that has said this. */
export async function answeringRun(
  stack: Stack,
  experimentId: string,
  name: string,
  answers: Answers,
  more: object = {},
): Promise<string> {
  const begun = await mutate(
    stack,
    'createRun',
    { experimentId, name, ...more },
    '... on CreateRunPayload { run { id } }',
  );
  const runId = (begun as { run: { id: string } }).run.id;
  const batch = { runId, batchId: randomUUID(), ...answers };
  await mutate(stack, 'logPredictions', batch, '... on LogPredictionsPayload { sampleDone }');
  await mutate(stack, 'finishRun', { runId, incomplete: true }, '... on FinishRunPayload { run { id } }');
  const finished = async () => ((await stack.client.run(runId)).status === 'FINISHED' ? true : undefined);
  await until(finished, 60, 'the evaluation');
  return runId;
}
