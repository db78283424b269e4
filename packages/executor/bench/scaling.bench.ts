import os from 'node:os';
import { end } from '../../../scripts/bench/api.ts';
import { needAssets } from './support/fer2013.ts';
import { DENSENET121, MINI_XCEPTION, type BenchModel } from './support/models.ts';
import { startPlatform, timeRun, type Platform } from './support/platform.ts';

/**
 * One run by one, two, and three executors of one thread each, and by one executor with all threads: how much faster it
 * becomes, and where that ends. Between the first shard and the last, so that the start of processes is not part of it.
 */
// eslint-disable-next-line no-restricted-properties -- this command's whole configuration
const SCALE = Number(process.env.SAMPLEWISE_BENCH_SCALE ?? 1);
const cores = os.availableParallelism();

const assets = needAssets();
const platform = await startPlatform();
try {
  const importer = await platform.api.startExecutor();
  for (const model of [MINI_XCEPTION, DENSENET121]) {
    console.log(`  ${model.name} on ${cores} cores`);
    const count = Math.ceil((model.images / 2) * SCALE);
    const queue = await platform.faces(assets, count);
    if (importer.exitCode === null) await end(importer);
    const bytes = await model.read(assets);
    const one = await rate(platform, model, () => queue(model, bytes), 1, 1);
    report('1 executor of 1 thread', one, one);
    for (const executors of [2, 3]) {
      report(
        `${executors} executors of 1 thread`,
        await rate(platform, model, () => queue(model, bytes), executors, 1),
        one,
      );
    }
    report(`1 executor of ${cores} threads`, await rate(platform, model, () => queue(model, bytes), 1, cores), one);
  }
} finally {
  await platform.stop();
}

async function rate(
  on: Platform,
  model: BenchModel,
  queue: () => Promise<string>,
  executors: number,
  threads: number,
): Promise<number> {
  const environment = { SAMPLEWISE_EXECUTOR_THREADS: String(threads) };
  const started = await Promise.all(Array.from({ length: executors }, () => on.api.startExecutor(environment)));
  const { samples, firstSamples, rest } = await timeRun(on, await queue());
  await Promise.all(started.map(end));
  if (rest === 0) throw new Error(`${model.name} has but one shard: measure it on more images`);
  return (samples - firstSamples) / rest;
}

function report(name: string, perSecond: number, one: number): void {
  console.log(`    ${name.padEnd(40)} ${perSecond.toFixed(1).padStart(9)} a second  ${(perSecond / one).toFixed(2)} x`);
}
