import {
  accuracyCoverage,
  precisionRecallCurve,
  rocCurve,
  thinCurve,
  type AccuracyCoveragePoint,
  type PrecisionRecallPoint,
  type Predictions,
  type RocPoint,
} from '@samplewise/evaluation';
import { readForEvaluation, type Split } from '@samplewise/database';
import { InvalidInput, problem } from '@samplewise/domain';
import { LRUCache } from 'lru-cache';
import { setImmediate } from 'node:timers/promises';
import type { Services } from '../context.ts';

/** Curves of one class against the rest. */
export interface ClassCurves {
  label: string;
  roc: readonly RocPoint[];
  precisionRecall: readonly PrecisionRecallPoint[];
}

/** A run whose class scores are asked about. */
export interface ScoredRun {
  id: bigint;
  versionId: bigint;
  split: Split | null;
  labels: readonly string[];
  /** Of its evaluation, where it has one: the same predictions have the same curves. */
  digest: string | null;
}

/** Points of a curve; beyond that nobody sees a difference. */
const CURVE_POINTS = 500;
/** Samples times classes, of which each takes four bytes while curves are computed. */
const SCORE_LIMIT = 50_000_000;

type Curve = ClassCurves | readonly AccuracyCoveragePoint[];
/** One has some 50 kB. */
const cache = new LRUCache<string, Curve>({ max: 400 });

/**
 * ROC and precision-recall of some classes, one after another.
 * @param labels of the run's
 * @returns null where not every prediction has class scores
 * @throws InvalidInput where there are too many scores
 */
export async function classCurves(
  services: Pick<Services, 'database'>,
  run: ScoredRun,
  labels: readonly string[],
): Promise<ClassCurves[] | null> {
  let predictions: Predictions | null | undefined;
  const curves: ClassCurves[] = [];
  for (const label of labels) {
    const key = `${run.digest} ${label}`;
    const known = run.digest === null ? undefined : (cache.get(key) as ClassCurves | undefined);
    predictions ??= known ? undefined : await scoresOf(services, run);
    if (!known && !predictions) return null;
    const curve = known ?? computeCurves(predictions!, label, run.labels.indexOf(label));
    if (run.digest !== null) cache.set(key, curve);
    curves.push(curve);
    await setImmediate(); // Sorting many scores takes a while; requests that wait come in between.
  }
  return curves;
}

function computeCurves(predictions: Predictions, label: string, at: number): ClassCurves {
  return {
    label,
    roc: thinCurve(rocCurve(predictions, at).points, CURVE_POINTS),
    precisionRecall: thinCurve(precisionRecallCurve(predictions, at).points, CURVE_POINTS),
  };
}

/**
 * Accuracy when the run abstains below a confidence.
 * @returns null where not every prediction has class scores
 * @throws InvalidInput where there are too many scores
 */
export async function coverageCurve(
  services: Pick<Services, 'database'>,
  run: ScoredRun,
): Promise<readonly AccuracyCoveragePoint[] | null> {
  // A label may have any name but an empty one.
  const key = `${run.digest} `;
  const known = run.digest === null ? undefined : (cache.get(key) as readonly AccuracyCoveragePoint[] | undefined);
  if (known) return known;
  const predictions = await scoresOf(services, run);
  if (!predictions) return null;
  const points = thinCurve(accuracyCoverage(predictions).points, CURVE_POINTS);
  if (run.digest !== null) cache.set(key, points);
  return points;
}

/** The last reading: each waits for it, so that many runs are never in memory at once. */
let turn: Promise<unknown> = Promise.resolve();

async function scoresOf({ database }: Pick<Services, 'database'>, run: ScoredRun): Promise<Predictions | null> {
  const { id, versionId, split, labels } = run;
  const { sampleTotal } = await database.prisma.run.findUniqueOrThrow({ where: { id }, select: { sampleTotal: true } });
  if (sampleTotal * labels.length > SCORE_LIMIT) {
    throw new InvalidInput(
      problem('TOO_LARGE', `The run has ${sampleTotal} samples of ${labels.length} classes.`, {
        place: `Run_${id}`,
        mend: `Curves are drawn of at most ${SCORE_LIMIT} scores. Read the predictions as a file instead.`,
      }),
    );
  }
  const read = turn.then(() => readForEvaluation(database.pool, id, { versionId, split, classes: labels.length }));
  turn = read.catch(() => undefined);
  const { scores, truth, predicted } = await read;
  return scores ? { labels: [...labels], truth, predicted, scores } : null;
}
