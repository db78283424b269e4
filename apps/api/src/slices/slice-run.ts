import {
  byAgreement,
  byLabel,
  byQuantile,
  byWord,
  evaluateSlices,
  type SlicedEvaluation,
  type Slicing,
} from '@samplewise/evaluation';
import { InvalidInput, problem, SPLITS } from '@samplewise/domain';
import { LRUCache } from 'lru-cache';
import { comparableRuns, COMPARISON_LIMIT, type ComparableRun } from '../comparison/comparable-runs.ts';
import { readLabels } from '@samplewise/database';
import type { Services } from '../context.ts';
import { versionSamples } from '../samples/version-samples.ts';
import { readSliceColumns, type SliceColumns } from './read-columns.ts';

/** What is measured of images, at one size for all. */
const STATISTICS = ['BRIGHTNESS', 'CONTRAST', 'SHARPNESS'] as const;
type BinnedStatistic = (typeof STATISTICS)[number];

export type SliceBy = 'LABEL' | 'SPLIT' | 'PREDICTED' | 'CONFIDENCE' | 'AGREEMENT' | BinnedStatistic;

export interface SliceOptions {
  by: SliceBy;
  /** Of CONFIDENCE and of what is measured of images. */
  bins: number;
  /** The runs beside it of AGREEMENT. */
  with: readonly bigint[];
}

/** Each class is a slice, and each slice is resampled for itself. */
const MOST_CLASSES = 200;
const MOST_BINS = 50;
const DRAWS = 500;
const NONE = 'none';

/** The same predictions give the same slices; one has some 50 kB. */
const cache = new LRUCache<string, SlicedEvaluation>({ max: 200 });

/**
 * A run's evaluation slice by slice.
 * @returns null while the run has no evaluation
 * @throws InvalidInput
 */
export async function sliceRun(
  { database }: Pick<Services, 'database'>,
  runId: bigint,
  options: SliceOptions,
): Promise<SlicedEvaluation | null> {
  const evaluated = await database.prisma.evaluation.findUnique({ where: { runId }, select: { runId: true } });
  if (!evaluated) return null;
  checkOptions(options);
  const runs = await comparableRuns(database, [...new Set([runId, ...options.with])], 'with');
  const key = JSON.stringify([options.by, options.bins, runs.map(({ id, digest }) => [String(id), digest])]);
  const known = cache.get(key);
  if (known) return known;
  const run = runs[0]!;
  if (run.labels.length > MOST_CLASSES) {
    throw refusal(
      'TOO_LARGE',
      'by',
      `The run has ${run.labels.length} classes, of which there may be ${MOST_CLASSES}.`,
    );
  }
  const columns = await readSliceColumns(database, run.id, run.versionId, run.split);
  // While images are still being measured the slices change.
  const lasts = !isStatistic(options.by) || (await versionSamples(database, run.versionId)).audited;
  const slicing = await slicingOf(database, columns, runs, options);
  const { truth, predicted } = columns;
  const result = evaluateSlices({ labels: [...run.labels], truth, predicted }, slicing, { draws: DRAWS });
  if (lasts) cache.set(key, result);
  return result;
}

async function slicingOf(
  database: Services['database'],
  columns: SliceColumns,
  runs: readonly ComparableRun[],
  { by, bins }: SliceOptions,
): Promise<Slicing> {
  const { truth, predicted, split, confidence } = columns;
  const labels = [...runs[0]!.labels];
  switch (by) {
    case 'LABEL':
      return byLabel({ labels, truth });
    case 'SPLIT':
      return byWord('split', split);
    case 'PREDICTED':
      return byWord(
        'predicted',
        Array.from(predicted, (label) => labels[label] ?? NONE),
      );
    case 'CONFIDENCE':
      return byQuantile('confidence', confidence, bins);
    case 'BRIGHTNESS':
    case 'CONTRAST':
    case 'SHARPNESS':
      return byQuantile(by.toLowerCase(), await figuresOf(database, runs[0]!, by), bins);
    case 'AGREEMENT': {
      const all = await Promise.all(runs.map((run) => readLabels(database, run.id, run.versionId, run.split)));
      return byAgreement(
        truth,
        all.map((column) => column.predicted),
      );
    }
  }
}

const isStatistic = (by: SliceBy): by is BinnedStatistic => STATISTICS.some((statistic) => statistic === by);

/** A figure of the images of a run's samples, in their order; NaN: not known. */
async function figuresOf(database: Services['database'], { versionId, split }: ComparableRun, by: BinnedStatistic) {
  const samples = await versionSamples(database, versionId);
  const column = samples[by.toLowerCase() as Lowercase<BinnedStatistic>];
  const wanted = split === null ? -1 : SPLITS.indexOf(split);
  return Float64Array.from(wanted < 0 ? column : column.filter((_, i) => samples.split[i] === wanted));
}

function checkOptions({ by, bins, with: others }: SliceOptions): void {
  if (!(bins >= 1 && bins <= MOST_BINS)) {
    throw refusal('INVALID_VALUE', 'bins', `It is ${bins}.`, `It must be from 1 to ${MOST_BINS}.`);
  }
  if ((by === 'AGREEMENT') === others.length > 0 && others.length < COMPARISON_LIMIT) return;
  throw refusal(
    'INVALID_VALUE',
    'with',
    `These are ${others.length} runs.`,
    `Name 1 to ${COMPARISON_LIMIT - 1} other runs for AGREEMENT, and none else.`,
  );
}

const refusal = (code: 'INVALID_VALUE' | 'TOO_LARGE', place: string, message: string, mend?: string): InvalidInput =>
  new InvalidInput(problem(code, message, { place, ...(mend !== undefined && { mend }) }));
