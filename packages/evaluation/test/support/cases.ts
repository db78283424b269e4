import type { Predictions } from '../../src/index.ts';

/**
 * The cases of golden/cases.py, bit for bit: that file says what they are. Parameters come from golden.json, and a
 * checksum of each case shows that both languages have the same samples.
 */
export interface SingleCase {
  seed: number;
  samples: number;
  labels: number;
  kind: 'balanced' | 'imbalanced' | 'perfect' | 'constant' | 'alltrue' | 'wrong';
  abstain?: number;
  weighted?: number;
  ties?: number;
  missingTruth?: number;
  missingPrediction?: number;
}

export interface SetCase {
  seed: number;
  runs: number;
  samples: number;
  labels: number;
  far?: number;
  same?: number;
}

export interface BlockCase {
  seed: number;
  treatments: number;
  blocks: number;
  levels: number;
}

/** Whole numbers below 2^32: MurmurHash3's finalizer over a counter. */
export function noise(seed: number, stream: number): (i: number) => number {
  const base = Math.imul(seed, 0x9e3779b1) + Math.imul(stream, 0x85ebca77);
  return (i) => {
    let z = (base + Math.imul(i, 0xc2b2ae3d)) >>> 0;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b) >>> 0;
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35) >>> 0;
    return (z ^ (z >>> 16)) >>> 0;
  };
}

export function single(c: SingleCase): Predictions & { scores: Float32Array } {
  const { seed, samples: n, labels: k, kind } = c;
  const [first, second, third] = [noise(seed, 1), noise(seed, 2), noise(seed, 3)];
  const helped = noise(seed, 4);
  const abstains = noise(seed, 5);
  const weight = noise(seed, 6);
  const streams = Array.from({ length: k }, (_, label) => noise(seed, 10 + label));
  const levels = c.ties ?? 1000;
  const truth = new Int16Array(n);
  const predicted = new Int16Array(n);
  const scores = new Float32Array(n * k);
  const raw = new Array<number>(k);
  for (let i = 0; i < n; i++) {
    let t = first(i) % k;
    if (kind === 'imbalanced') t = Math.min(t, second(i) % k, third(i) % k);
    if (kind === 'alltrue') t = k - 1;
    if (t === c.missingTruth) t = (t + 1) % k;
    for (let label = 0; label < k; label++) raw[label] = 1 + (streams[label]!(i) % levels);
    if (helped(i) % 1000 < 550) raw[t]! += levels;
    if (kind === 'perfect') raw[t]! += 100_000;
    if (kind === 'wrong') raw[(t + 1) % k]! += 100_000;
    if (kind === 'constant') raw[0]! += 100_000;
    if (c.missingPrediction !== undefined) raw[c.missingPrediction] = 0;
    const sum = raw.reduce((a, b) => a + b, 0);
    raw.forEach((value, label) => (scores[i * k + label] = value / sum));
    truth[i] = t;
    predicted[i] = abstains(i) % 1000 < (c.abstain ?? 0) ? -1 : raw.indexOf(Math.max(...raw));
  }
  const labels = Array.from({ length: k }, (_, label) => `label ${label}`);
  if (!c.weighted) return { labels, truth, predicted, scores };
  const weights = Float64Array.from({ length: n }, (_, i) => (weight(i) % 100) / 10);
  if (weights.every((w) => w === 0)) weights.fill(1);
  return { labels, truth, predicted, scores, weights };
}

export function runSet(c: SetCase): { labels: string[]; truth: Int16Array; predicted: Int16Array[] } {
  const { seed, runs, samples: n, labels: k } = c;
  const truths = noise(seed, 1);
  const truth = Int16Array.from({ length: n }, (_, i) => truths(i) % k);
  const predicted = Array.from({ length: runs }, (_, run) => {
    const stream = c.same ? 100 : 100 + run;
    const skill = c.far ? 300 + 120 * run : 600 + 10 * run;
    const [right, guess] = [noise(seed, stream), noise(seed, 50 + stream)];
    return Int16Array.from({ length: n }, (_, i) => (right(i) % 1000 < skill ? truth[i]! : (guess(i) % (k + 1)) - 1));
  });
  return { labels: Array.from({ length: k }, (_, label) => `label ${label}`), truth, predicted };
}

export function blocks({ seed, treatments, blocks: n, levels }: BlockCase): Float64Array[] {
  return Array.from({ length: treatments }, (_, t) => {
    const [score, bonus] = [noise(seed, t), noise(seed, 40 + t)];
    const extra = Math.floor(levels / 3);
    return Float64Array.from({ length: n }, (_, i) => (score(i) % levels) + (bonus(i) % 4 < t % 4 ? extra : 0));
  });
}

export function checksum(...columns: (Uint8Array | Int16Array | Float32Array | Float64Array | undefined)[]): number {
  let total = 0;
  for (const column of columns) {
    if (!column) continue;
    const bits = column instanceof Float32Array ? new Uint32Array(column.buffer) : undefined;
    let sum = 0;
    for (let i = 0; i < column.length; i++) {
      const value = bits ? bits[i]! : Math.round(column[i]! * 10 + 10);
      sum = (sum + ((value * ((i % 1000) + 1)) % 2 ** 32)) % 2 ** 32;
    }
    total = (total * 31 + sum) % 2 ** 32;
  }
  return total;
}
