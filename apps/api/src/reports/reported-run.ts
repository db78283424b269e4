import {
  LABEL_METRICS,
  SCORE_METRICS,
  type ConfigOfRow,
  type Figure,
  type NamedFigure,
  type ReportedRun,
} from '@samplewise/domain';
import { paretoFront, type Estimate } from '@samplewise/evaluation';
import type { EvaluatedRun } from './read-runs.ts';

/** Runs as a report shows them, in the order given. */
export function reportedRuns(runs: readonly EvaluatedRun[]): ReportedRun[] {
  const described = runs.map((run) => describe(run, secondsPerThousand(run, runs)));
  const points = described.flatMap(({ runId, metrics, secondsPerThousand: cost }) => {
    const { value: quality } = metrics[0]!.figure;
    return quality === null || cost === null ? [] : [{ id: runId, quality, cost }];
  });
  const front = new Map(paretoFront(points).map(({ id, dominatedBy }) => [id, dominatedBy === null]));
  return described.map((run) => ({ ...run, front: front.get(run.runId) ?? null }));
}

function describe(run: EvaluatedRun, seconds: number | null): Omit<ReportedRun, 'front'> {
  const { evaluation, phaseCosts } = run;
  const { latency } = evaluation;
  return {
    runId: String(run.id),
    name: run.name,
    model: configOf(run.modelConfig),
    restoration: configOf(run.restorationConfig),
    seed: run.seed,
    finishedAt: run.finishedAt!.toISOString(),
    predictionsDigest: run.predictionsDigest,
    evaluationVersion: run.evaluationVersion,
    samples: evaluation.samples,
    covered: evaluation.covered,
    metrics: [...LABEL_METRICS.map((name) => ({ name, figure: figure(evaluation.metrics[name]) })), ...scoresOf(run)],
    perClass: evaluation.perClass.map(({ label, support, predicted, precision, recall, f1 }) => ({
      label,
      support,
      predicted,
      precision: figure(precision),
      recall: figure(recall),
      f1: figure(f1),
    })),
    confusion: { counts: evaluation.confusion.counts, none: evaluation.confusion.none },
    phases: [...phaseCosts]
      .sort((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase))
      .map(({ phase, wallSeconds, cpuSeconds, peakMemoryBytes, device, samples, cached, energyJoules, ...paid }) => ({
        phase,
        wallSeconds,
        cpuSeconds,
        peakMemoryBytes: peakMemoryBytes === null ? null : Number(peakMemoryBytes),
        device,
        samples,
        cached,
        energyJoules,
        price: paid.price,
        currency: paid.currency,
      })),
    latency: latency && { p50: latency.p50 / 1000, p95: latency.p95 / 1000 },
    secondsPerThousand: seconds,
  };
}

const PHASES = ['PREPROCESSING', 'TRAINING', 'INFERENCE', 'EVALUATION'];

/**
 * Of what each prediction needs: preprocessing and inference. Pictures that were restored for another run, and read from
 * the cache, cost what they cost that run.
 * @returns null where the run has not told what inference took, or nobody what restoring did
 */
function secondsPerThousand(run: EvaluatedRun, all: readonly EvaluatedRun[]): number | null {
  const inference = perSample(run, 'INFERENCE');
  const maker = costOf(run, 'PREPROCESSING')?.cached
    ? all.find(
        (other) =>
          other.restorationConfigId === run.restorationConfigId && costOf(other, 'PREPROCESSING')?.cached === 0,
      )
    : run;
  if (inference === null || !maker) return null;
  return 1000 * (inference + (perSample(maker, 'PREPROCESSING') ?? 0));
}

const costOf = ({ phaseCosts }: EvaluatedRun, phase: string) => phaseCosts.find((cost) => cost.phase === phase);

function perSample(run: EvaluatedRun, phase: string): number | null {
  const cost = costOf(run, phase);
  return cost && cost.samples > 0 ? cost.wallSeconds / cost.samples : null;
}

function scoresOf({ evaluation: { scores } }: EvaluatedRun): NamedFigure[] {
  if ('problem' in scores) return [];
  return SCORE_METRICS.map((name) => ({ name, figure: figure(scores[name]) }));
}

/** The stored form has no undefined members, which have no place in a digest. */
export const figure = (estimate: Estimate): Figure => JSON.parse(JSON.stringify(estimate)) as Figure;

function configOf(config: { id: bigint; name: string; version: number; digest: string } | null): ConfigOfRow | null {
  return config && { id: String(config.id), name: config.name, version: config.version, digest: config.digest };
}
