import { execFileSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { needAssets } from './support/fer2013.ts';
import { MINI_XCEPTION } from './support/models.ts';
import { startPlatform, timeRun } from './support/platform.ts';

/**
 * Resident memory of an executor and its model's process over 100,000 samples, in runs of the same faces. After the first
 * quarter, in which caches and arenas fill, it should not grow: the slope says by how much it does.
 */
// eslint-disable-next-line no-restricted-properties -- this command's whole configuration
const SAMPLES = Math.ceil(100_000 * Number(process.env.SAMPLEWISE_BENCH_SCALE ?? 1));
const FACES = Math.min(20_000, SAMPLES);
const LOOK_MILLISECONDS = 500;
const MEBIBYTE = 1024 * 1024;

const assets = needAssets();
const platform = await startPlatform();
try {
  const executor = await platform.api.startExecutor();
  const queue = await platform.faces(assets, FACES);
  const bytes = await MINI_XCEPTION.read(assets);
  const runs: string[] = [];
  for (let i = 0; i < SAMPLES / FACES; i++) runs.push(await queue(MINI_XCEPTION, bytes));
  const looks = new Map<string, number[]>([
    ['executor', []],
    ['model process', []],
  ]);
  const timer = setInterval(() => {
    for (const [name, memory] of residentMemory(executor)) looks.get(name)!.push(memory);
  }, LOOK_MILLISECONDS);
  for (const run of runs) await timeRun(platform, run);
  clearInterval(timer);
  for (const [name, series] of looks) report(name, series);
} finally {
  await platform.stop();
}

/** In bytes, as `ps` tells it. */
function* residentMemory(executor: ChildProcess): Generator<[string, number]> {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,rss=,args='], { encoding: 'utf8' }).trim().split('\n');
  for (const line of lines) {
    const [pid, parent, kibibytes, ...args] = line.trim().split(/\s+/);
    if (pid === String(executor.pid)) yield ['executor', Number(kibibytes) * 1024];
    const child = parent === String(executor.pid) && args.some((arg) => arg.endsWith('model-process/main.ts'));
    if (child) yield ['model process', Number(kibibytes) * 1024];
  }
}

/** The least-squares slope over the last three quarters, for as many samples as were predicted meanwhile. */
function report(name: string, series: readonly number[]): void {
  const settled = series.slice(Math.floor(series.length / 4));
  const middle = (settled.length - 1) / 2;
  const mean = settled.reduce((sum, memory) => sum + memory, 0) / settled.length;
  let [products, squares] = [0, 0];
  settled.forEach((memory, i) => {
    products += (i - middle) * (memory - mean);
    squares += (i - middle) ** 2;
  });
  const growth = (products / squares) * settled.length;
  const most = Math.max(...series);
  console.log(
    `  ${name.padEnd(16)} at most ${mebibytes(most)}, on average ${mebibytes(mean)}, ` +
      `growth ${mebibytes(growth)} over the last ${Math.round((SAMPLES * 3) / 4).toLocaleString('en')} samples`,
  );
}

function mebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(1)} MB`;
}
