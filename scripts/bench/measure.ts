import { Bench } from 'tinybench';

export interface Timing {
  readonly name: string;
  /** Milliseconds. */
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly lowest: number;
  readonly highest: number;
  readonly runs: number;
}

/** Times a function after one run that is not counted, for at least `runs` times. */
export async function measure(name: string, work: () => unknown, runs = 10): Promise<Timing> {
  const bench = new Bench({
    time: 0,
    iterations: runs,
    warmupTime: 0,
    warmupIterations: 1,
    throws: true,
    retainSamples: true,
  });
  bench.add(name, async () => {
    await work();
  });
  const [task] = await bench.run();
  if (task?.result.state !== 'completed') throw new Error(`${name} did not complete`);
  const { min, max, samples = [], samplesCount } = task.result.latency;
  const at = (share: number): number => samples[Math.ceil(share * samples.length) - 1]!;
  return { name, median: at(0.5), p95: at(0.95), p99: at(0.99), lowest: min, highest: max, runs: samplesCount };
}

const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;

/** One line: the median, its range, and what was hoped for. */
export function report(timing: Timing, { budget }: { budget?: number } = {}): void {
  const { name, median, p95, p99, lowest, highest, runs } = timing;
  const spread =
    runs < 20
      ? `${milliseconds(lowest)} to ${milliseconds(highest)}`
      : `p95 ${milliseconds(p95)}, p99 ${milliseconds(p99)}`;
  const range = runs > 1 ? ` (${spread}, ${runs} runs)` : ' (1 run)';
  const verdict = budget === undefined ? '' : `  ${median <= budget ? 'within' : 'MISSES'} ${milliseconds(budget)}`;
  console.log(`  ${name.padEnd(64)} ${milliseconds(median).padStart(9)}${range}${verdict}`);
}

/** One line: how many times as fast as the other. */
export function reportRatio(name: string, ours: number, theirs: number): void {
  console.log(`  ${name.padEnd(64)} ${`${(theirs / ours).toPrecision(3)} x`.padStart(9)}`);
}
