import { SamplewiseClient, type Run } from '@samplewise/client';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { startApi } from '../../../scripts/bench/api.ts';
import { tinyFaceNetwork } from '../test/support/tiny-restorers.ts';
import { bareLoop, type Effort } from './bare-loop.ts';

/**
 * Runs with restoration through the whole platform (queue, cache, figures, predictions, evaluation), from its start to its
 * end: against a bare loop over the same two networks (budget 0.9), and a second time, which reads the cache (budget: the
 * preprocessing costs at most a tenth).
 */
const VARIANTS = 6;
const THREADS = os.availableParallelism();
const BOX = path.resolve(import.meta.dirname, '../../demo/box');
const LABELS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];
const MODEL = path.join(BOX, 'models/resnet-mini.onnx');
const RESTORER = path.join(BOX, 'models/face-restorer-mini-x2.onnx');

const api = await startApi();
const client = new SamplewiseClient({ url: api.url });
try {
  await api.startExecutor({ SAMPLEWISE_EXECUTOR_THREADS: String(THREADS) });
  const faces = await readFaces();
  // Two halves, since a picture is restored but once.
  const [small, ...halves] = [faces.slice(0, 128), everyOther(faces, 0), everyOther(faces, 1)];
  const project = await client.query(
    'mutation { createProject(input: { name: "Bench" }) { ... on CreateProjectPayload { project { id } } } }',
  );
  const projectId = (project as { createProject: { project: { id: string } } }).createProject.project.id;
  const versions = {
    small: await importFaces(projectId, 'small', small),
    halves: [
      await importFaces(projectId, 'one half', halves[0]),
      await importFaces(projectId, 'other half', halves[1]),
    ],
  };
  const { config: model } = await client.createModelConfig({
    projectId,
    name: 'resnet-mini',
    spec: {
      kind: 'onnx-classifier',
      weights: await upload(await readFile(MODEL)),
      labels: LABELS,
      input: { width: 48, height: 48, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    },
  });

  const superResolution = await restoration(projectId, 'super-resolution', {
    kind: 'onnx-super-resolution',
    weights: await upload(await readFile(RESTORER)),
    factor: 2,
    range: '-1..1',
  });
  const loop = await bareLoop({ restorer: RESTORER, classifier: MODEL }, THREADS);
  const images = await Promise.all(halves[0].map(({ png }) => png()));
  await loop(images.slice(0, 128));
  await finished(versions.small, superResolution); // so that the model's process is there
  const bare = [await loop(images)];
  const runs: Awaited<ReturnType<typeof finished>>[] = [];
  for (const version of versions.halves) {
    runs.push(await finished(version, superResolution));
    bare.push(await loop(images));
  }
  const least = (all: readonly Effort[], of: keyof Effort): number => Math.min(...all.map((effort) => effort[of]));
  line(
    `a bare loop over restorer and classifier, ${images.length} faces`,
    images.length / least(bare, 'seconds'),
    'samples/s',
  );
  line('a run through the platform, restored pictures stored', images.length / least(runs, 'seconds'), 'samples/s');
  share('  of the bare loop', least(bare, 'seconds') / least(runs, 'seconds'), 0.9);
  line('processor time of the bare loop', (least(bare, 'cpuSeconds') / images.length) * 1e6, 'us/sample');
  line("processor time of the model's process", (least(runs, 'cpuSeconds') / images.length) * 1e6, 'us/sample');
  const first = runs[0]!.run;
  const { run: second } = await finished(versions.halves[0]!, superResolution);
  compare('super-resolution x2', first, second);

  const gfpgan = await restoration(projectId, 'GFPGAN', {
    kind: 'gfpgan',
    mode: 'whole',
    weights: await upload(tinyFaceNetwork({ does: 'sharpen' })),
    upscale: 2,
  });
  const { run: firstFaces } = await finished(versions.small, gfpgan);
  const { run: secondFaces } = await finished(versions.small, gfpgan);
  compare("GFPGAN's contract, 512 x 512, x2", firstFaces, secondFaces);

  async function finished(datasetVersionId: string, restorationConfigId: string) {
    const name = `bench ${Math.random()}`;
    const plan = { modelConfigIds: [model.id], restorationConfigIds: [restorationConfigId] };
    const experiment = await client.createExperiment({ projectId, name, datasetVersionId, plan });
    const [queued] = await client.queueRuns(experiment.id);
    const run = await client.waitForRun(queued!.id);
    if (run.status !== 'FINISHED') throw new Error(`the run has ended as ${run.status}: ${run.failure?.message ?? ''}`);
    const { node } = (await client.query('query ($id: ID!) { node(id: $id) { ... on Run { startedAt finishedAt } } }', {
      id: run.id,
    })) as { node: { startedAt: string; finishedAt: string } };
    const seconds = (Date.parse(node.finishedAt) - Date.parse(node.startedAt)) / 1000;
    return { run, seconds, cpuSeconds: run.phaseCosts.reduce((sum, cost) => sum + cost.cpuSeconds, 0) };
  }
} finally {
  await api.stop();
}

function everyOther(faces: readonly Face[], from: number): Face[] {
  return faces.filter((_, i) => i % 2 === from);
}

function preprocessing({ phaseCosts }: Run) {
  return phaseCosts.find(({ phase }) => phase === 'PREPROCESSING')!;
}

function compare(name: string, first: Run, second: Run): void {
  const [made, read] = [preprocessing(first), preprocessing(second)];
  if (read.cached !== read.samples) throw new Error('the second run did not read the cache');
  line(`${name}: preprocessing of the first run`, (made.wallSeconds / made.samples) * 1e6, 'us/sample');
  line(`${name}: preprocessing of the second`, (read.wallSeconds / read.samples) * 1e6, 'us/sample');
  share('  times less', made.wallSeconds / made.samples / (read.wallSeconds / read.samples), 10);
}

async function restoration(projectId: string, name: string, step: object): Promise<string> {
  return (await client.createRestorationConfig({ projectId, name, steps: [step] })).config.id;
}

async function upload(bytes: Uint8Array): Promise<{ digest: string }> {
  const { digest } = await client.upload(Readable.from([bytes]));
  return { digest };
}

interface Face {
  label: number;
  pixels: Uint8Array;
  png: () => Promise<Uint8Array>;
}

/** The box's degraded faces, each some times with another first pixel, so that the cache can not take one for another. */
async function readFaces(): Promise<Face[]> {
  const folder = path.join(BOX, 'synthetic-faces/degraded');
  const faces: Face[] = [];
  for (const file of globSync('*/*', { cwd: folder }).sort()) {
    const label = LABELS.indexOf(path.dirname(file));
    const plain = await sharp(await readFile(path.join(folder, file)))
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    for (let variant = 0; variant < VARIANTS; variant++) {
      const pixels = Uint8Array.from(plain);
      pixels[0] = (pixels[0]! + variant) % 256;
      const png = () =>
        sharp(pixels, { raw: { width: 48, height: 48, channels: 1 } })
          .toColourspace('b-w')
          .png()
          .toBuffer();
      faces.push({ label, pixels, png });
    }
  }
  return faces;
}

async function importFaces(projectId: string, version: string, faces: readonly Face[]): Promise<string> {
  const rows = faces.map(({ label, pixels }) => `${label},${pixels.join(' ')},PublicTest`);
  const csv = ['emotion,pixels,Usage', ...rows, ''].join('\n');
  const { digest: uploadDigest } = await upload(Buffer.from(csv));
  const { id } = await client.importDataset({
    projectId,
    dataset: 'Faces',
    version,
    format: 'fer-csv',
    fileName: 'faces.csv',
    uploadDigest,
  });
  return (await client.waitForImport(id)).datasetVersion!.id;
}

function line(name: string, value: number, unit: string): void {
  console.log(`  ${name.padEnd(64)} ${value.toFixed(0).padStart(9)} ${unit}`);
}

function share(name: string, value: number, budget: number): void {
  console.log(
    `  ${name.padEnd(64)} ${value.toPrecision(3).padStart(9)}  ${value >= budget ? 'within' : 'MISSES'} ${budget}`,
  );
}
