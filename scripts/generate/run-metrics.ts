import type { MetricSeries } from '@samplewise/database';
import { FER_LABELS, SYSTEM_METRICS } from '@samplewise/domain';
import type { Chance } from './chance.ts';
import type { RunFacts } from './run-facts.ts';

/** What every run logs once, at its end. */
const SUMMARY = [
  'accuracy',
  'balanced_accuracy',
  'macro_f1',
  ...FER_LABELS.map((label) => `f1/${label}`),
  'ece',
  'best_epoch',
  'throughput',
  'epoch_seconds',
] as const;
/** What it logs in each epoch; runs without a history only the last. */
const CURVES = ['loss/train', 'loss/val', 'accuracy/train', 'accuracy/val', 'lr', 'gradient_norm'] as const;
const SYSTEM = [SYSTEM_METRICS.cpuPercent, SYSTEM_METRICS.memoryBytes, 'system/gpu0_percent'] as const;

/** Of all runs that have finished. */
export const FINAL_METRICS: readonly string[] = [...SUMMARY, ...CURVES];
export const ALL_METRICS: readonly string[] = [...FINAL_METRICS, ...SYSTEM];

/** Steps of an epoch that a run with a history logs. */
const STEPS_OF_EPOCH = 5;

/** A training's metrics, as far as it has come. */
export function metricsOf(run: RunFacts, chance: Chance, withHistory: boolean): MetricSeries[] {
  const end = run.finished ?? run.created + 3_600_000;
  const share = run.status === 'FINISHED' ? 1 : chance.uniform();
  const total = run.epochs * STEPS_OF_EPOCH;
  const done = Math.max(1, Math.round(total * share));
  const diverged = run.failure?.message.startsWith('Loss became NaN') === true;
  const first = withHistory ? 0 : done - 1;
  const curve = (key: string, value: (progress: number, step: number) => number): MetricSeries => {
    const steps = BigInt64Array.from({ length: done - first }, (_, i) => BigInt(first + i));
    const times = Float64Array.from(steps, (step) =>
      Math.round(run.created + ((end - run.created) * (Number(step) + 1)) / done),
    );
    return { key, steps, times, values: Float64Array.from(steps, (step) => value(Number(step) / total, Number(step))) };
  };
  const curves = CURVES.map((key) =>
    curve(key, (progress, step) =>
      diverged && step > 0.8 * done ? NaN : curveValue(key, progress, run.quality, chance),
    ),
  );
  const system = withHistory ? SYSTEM.map((key) => curve(key, () => systemValue(key, chance))) : [];
  const summary = run.status === 'FINISHED' ? SUMMARY.map((key) => once(key, total, end, run, chance)) : [];
  return [...curves, ...system, ...summary];
}

function curveValue(key: (typeof CURVES)[number], progress: number, quality: number, chance: Chance): number {
  const learned = 1 - Math.exp(-6 * progress);
  const jitter = 0.02 * chance.normal();
  switch (key) {
    case 'loss/train':
      return Math.max(0.01, 1.95 - 1.5 * learned * (0.6 + 0.4 * quality) + jitter);
    case 'loss/val':
      return Math.max(0.05, 1.95 - 1.2 * learned * quality + 0.25 * progress ** 2 + 2 * jitter);
    case 'accuracy/train':
      return share(0.16 + 0.75 * learned * (0.6 + 0.4 * quality) + jitter);
    case 'accuracy/val':
      return share(accuracyOf(quality) * (0.25 + 0.75 * learned) + jitter);
    case 'lr':
      return 1e-3 * (0.5 + 0.5 * Math.cos(Math.PI * progress));
    case 'gradient_norm':
      return Math.exp(0.4 - 1.2 * learned + 0.3 * chance.normal());
  }
}

const accuracyOf = (quality: number): number => share(0.16 + 0.56 * quality);
const share = (value: number): number => Math.min(0.999, Math.max(0.01, value));

function systemValue(key: (typeof SYSTEM)[number], chance: Chance): number {
  if (key === SYSTEM_METRICS.memoryBytes) return 2 ** 30 * (24 + chance.normal());
  return Math.min(100, Math.max(0, (key === SYSTEM_METRICS.cpuPercent ? 35 : 92) + 5 * chance.normal()));
}

function once(
  key: (typeof SUMMARY)[number],
  step: number,
  time: number,
  { quality, epochs }: RunFacts,
  chance: Chance,
): MetricSeries {
  const value = (): number => {
    const accuracy = accuracyOf(quality) + 0.004 * chance.normal();
    if (key === 'accuracy') return share(accuracy);
    if (key === 'balanced_accuracy') return share(accuracy - 0.04);
    if (key === 'ece') return share(0.2 - 0.1 * quality + 0.02 * chance.normal());
    if (key === 'best_epoch') return Math.max(1, Math.round(epochs * chance.between(0.5, 1)));
    if (key === 'throughput') return 900 * Math.exp(0.3 * chance.normal());
    if (key === 'epoch_seconds') return 32 * Math.exp(0.3 * chance.normal());
    return share(accuracy - 0.03 + 0.06 * chance.normal());
  };
  return {
    key,
    steps: BigInt64Array.of(BigInt(step)),
    times: Float64Array.of(Math.round(time)),
    values: Float64Array.of(value()),
  };
}
