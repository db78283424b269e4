import os from 'node:os';
import type { Rate } from './support/bare-loop.ts';
import { needAssets, readFaces } from './support/fer2013.ts';
import { DENSENET121, MINI_XCEPTION, VGG19, type BenchModel } from './support/models.ts';
import { bareLoop, startPlatform, timeRun, type Platform } from './support/platform.ts';

/**
 * A whole run (queue, database, images, preprocessing, model process, predictions, evaluation) against a bare
 * onnxruntime-node loop over the same images with the same batch and threads. The budget is 90 % of its samples a second.
 */
const BUDGET = 0.9;
const THREADS = os.availableParallelism();
/** Below 1 for a look in passing: the beginning of a run then weighs more. */
// eslint-disable-next-line no-restricted-properties -- this command's whole configuration
const SCALE = Number(process.env.SAMPLEWISE_BENCH_SCALE ?? 1);

const assets = needAssets();
const platform = await startPlatform();
try {
  await platform.api.startExecutor({ SAMPLEWISE_EXECUTOR_THREADS: String(THREADS) });
  for (const model of [MINI_XCEPTION, DENSENET121, VGG19]) await compare(platform, model);
} finally {
  await platform.stop();
}

async function compare(on: Platform, model: BenchModel): Promise<void> {
  const count = Math.ceil(model.images * SCALE);
  const bytes = await model.read(assets);
  const images = await readFaces(assets, count);
  const queue = await on.faces(assets, count);
  const bare = await bareLoop(bytes, { input: model.input, images, threads: THREADS });
  const t = await timeRun(on, await queue(model, bytes));
  const cpuMilliseconds = (1000 * t.cpuSeconds) / t.samples;
  const whole = { perSecond: t.samples / t.whole, cpuMilliseconds };
  console.log(`  ${model.name}, ${t.samples} images, batches of ${model.input.batch}, ${THREADS} threads`);
  line('bare loop, the next batch prepared meanwhile', bare.overlapped);
  line('bare loop, one after the other', bare.sequential);
  line('the model alone', bare.inference);
  line('a whole run, from queueing to its evaluation', whole);
  if (t.rest > 0) {
    line('  without its first shard and its end', {
      perSecond: (t.samples - t.firstSamples) / t.rest,
      cpuMilliseconds,
    });
  }
  console.log(
    `    noticed after ${seconds(t.noticed)}, first shard stored after ${seconds(t.first)}, evaluated in ${seconds(t.evaluation)}`,
  );
  verdict('of the bare loop', whole.perSecond / Math.max(bare.overlapped.perSecond, bare.sequential.perSecond));
  console.log(`    ${percent(whole.perSecond / bare.inference.perSecond)} of the model alone`);
}

function line(name: string, { perSecond, cpuMilliseconds }: Rate): void {
  console.log(
    `    ${name.padEnd(56)} ${perSecond.toFixed(1).padStart(9)} a second, ${cpuMilliseconds.toFixed(2).padStart(8)} ms of processor each`,
  );
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
