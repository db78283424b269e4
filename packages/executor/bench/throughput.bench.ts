import os from 'node:os';
import { needAssets, readFaces } from './support/fer2013.ts';
import { DENSENET121, MINI_XCEPTION, VGG19, type BenchModel } from './support/models.ts';
import { bareLoop, startPlatform, timeRun, type Platform } from './support/platform.ts';

/**
 * A whole run (queue, database, images, preprocessing, model process, predictions, evaluation) against a bare
 * onnxruntime-node loop over the same images with the same batch and threads. The budget is 90 % of its samples a second.
 */
const BUDGET = 0.9;
const THREADS = os.availableParallelism();

const assets = needAssets();
const platform = await startPlatform();
try {
  await platform.api.startExecutor({ SAMPLEWISE_EXECUTOR_THREADS: String(THREADS) });
  for (const model of [MINI_XCEPTION, DENSENET121, VGG19]) await compare(platform, model);
} finally {
  await platform.stop();
}

async function compare(on: Platform, model: BenchModel): Promise<void> {
  const bytes = await model.read(assets);
  const images = await readFaces(assets, model.images);
  const queue = await on.faces(assets, model.images);
  const bare = await bareLoop(bytes, { input: model.input, images, threads: THREADS });
  const t = await timeRun(on, await queue(model, bytes));
  const whole = t.samples / t.whole;
  console.log(`  ${model.name}, ${t.samples} images, batches of ${model.input.batch}, ${THREADS} threads`);
  line('bare loop, the next batch prepared meanwhile', bare.overlapped);
  line('bare loop, one after the other', bare.sequential);
  line('the model alone', bare.inference);
  line('a whole run, from queueing to its evaluation', whole);
  line('  without its beginning and its end', (t.samples - t.firstSamples) / t.rest);
  console.log(
    `    noticed after ${seconds(t.noticed)}, first shard stored after ${seconds(t.first)}, evaluated in ${seconds(t.evaluation)}`,
  );
  verdict('of the bare loop', whole / Math.max(bare.overlapped, bare.sequential));
  console.log(`    ${percent(whole / bare.inference)} of the model alone`);
}

function line(name: string, perSecond: number): void {
  console.log(`    ${name.padEnd(60)} ${perSecond.toFixed(1).padStart(9)} a second`);
}

function verdict(name: string, share: number): void {
  console.log(`    ${percent(share)} ${name}  ${share >= BUDGET ? 'within' : 'MISSES'} ${percent(BUDGET)}`);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}
