import type { Candidate } from '@samplewise/database';
import { directionOf, LABEL_METRICS, loggedKey, SCORE_METRICS, type Figure, type RunCost } from '@samplewise/domain';

/** A figure of a run by its name: a metric with its interval, or a cost. */
export function figureOf(candidate: Candidate, name: string): Figure {
  const key = loggedKey(name);
  if (key !== undefined) {
    const value = candidate.logged[key] ?? null;
    return value === null ? { value, reason: `the run has logged no number as ${key}` } : { value };
  }
  if (includes(LABEL_METRICS, name)) return candidate.metrics[name] ?? { value: null, reason: 'it was not evaluated' };
  if (includes(SCORE_METRICS, name)) {
    return candidate.scores?.[name] ?? { value: null, reason: 'the run has no class scores' };
  }
  const value = costOf(candidate, name);
  return value === null ? { value, reason: 'the run has not told' } : { value };
}

/** A cost of a run; null where it has not told. */
export function costOf({ latency, costs, logged }: Candidate, name: string): number | null {
  const seconds = (phase: string): number | null => costs.find((cost) => cost.phase === phase)?.wallSeconds ?? null;
  // What it costs to evaluate is the platform's.
  const own = costs.filter((cost) => cost.phase !== 'EVALUATION');
  const key = loggedKey(name);
  if (key !== undefined) return logged[key] ?? null;
  switch (name as RunCost) {
    case 'latencyP50Milliseconds':
      return latency && latency.p50 / 1000;
    case 'latencyP95Milliseconds':
      return latency && latency.p95 / 1000;
    case 'inferenceSeconds':
      return seconds('INFERENCE');
    case 'preprocessingSeconds':
      return seconds('PREPROCESSING');
    case 'trainingSeconds':
      return seconds('TRAINING');
    case 'cpuSeconds':
      return own.length === 0 ? null : own.reduce((sum, cost) => sum + cost.cpuSeconds, 0);
    case 'peakMemoryBytes': {
      const peaks = own.flatMap(({ peakMemoryBytes }) => peakMemoryBytes ?? []);
      return peaks.length === 0 ? null : Math.max(...peaks);
    }
  }
}

/** For sorting: less than 0 where the first one is better. What is undefined comes last. */
export function better(first: number | null, second: number | null, direction: 'HIGHER' | 'LOWER'): number {
  if (first === second) return 0;
  if (first === null) return 1;
  if (second === null) return -1;
  return direction === 'HIGHER' ? second - first : first - second;
}

/** Of a figure by which ties are broken. */
export const tieDirection = (tie: { by: string; direction?: 'HIGHER' | 'LOWER' | undefined }): 'HIGHER' | 'LOWER' =>
  tie.direction ?? directionOf(tie.by);

const includes = <T extends string>(names: readonly T[], name: string): name is T =>
  (names as readonly string[]).includes(name);
