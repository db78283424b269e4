import {
  compareManyRuns,
  compareRuns,
  holm,
  type Comparison,
  type Estimate,
  type ManyRunsComparison,
  type PairwiseMcNemar,
} from '@samplewise/evaluation';
import { readLabels } from '@samplewise/database';
import { LRUCache } from 'lru-cache';
import { setImmediate } from 'node:timers/promises';
import type { Services } from '../context.ts';
import { comparableRuns, COMPARISON_LIMIT, refusal } from './comparable-runs.ts';
import { within, type ComparisonSlice } from './slice.ts';

/** One run beside the reference. */
export interface RunAgainstReference {
  runId: bigint;
  comparison: Comparison;
  /** Mid-p of McNemar's test, corrected by Holm for all runs that stand beside the reference. */
  adjustedP: number;
}

export interface RunsComparison {
  referenceId: bigint;
  samples: number;
  runs: readonly RunAgainstReference[];
  /** In the order of `order`. */
  all: ManyRunsComparison;
  order: readonly bigint[];
  pairs: readonly ComparedPair[];
}

/** Any two of the runs. */
export interface ComparedPair extends PairwiseMcNemar {
  firstId: bigint;
  secondId: bigint;
  /** Cohen's, between their predictions. */
  kappa: Estimate;
}

/** The same predictions compare the same; a result of a hundred classes and twenty runs has some 200 kB. */
const cache = new LRUCache<string, RunsComparison>({ max: 100 });

/**
 * Compares finished runs on the same samples: each with the reference, and all with each other.
 * @param referenceId the first of the runs unless given
 * @param slice only samples of it
 * @throws InvalidInput when they are not 2 to 20 finished runs on the samples of one dataset version and split
 */
export async function compare(
  { database }: Pick<Services, 'database'>,
  ids: readonly bigint[],
  referenceId: bigint = ids[0]!,
  slice: ComparisonSlice = {},
): Promise<RunsComparison> {
  if (ids.length < 2 || ids.length > COMPARISON_LIMIT) {
    throw refusal(
      'INVALID_VALUE',
      'runIds',
      `These are ${ids.length} runs.`,
      ids.length,
      `Name 2 to ${COMPARISON_LIMIT}.`,
    );
  }
  if (!ids.includes(referenceId)) {
    throw refusal('INVALID_VALUE', 'reference', 'The reference is none of the runs.', `Run_${referenceId}`);
  }
  const runs = await comparableRuns(database, ids);
  const key = [String(referenceId), JSON.stringify(slice), ...runs.flatMap((run) => [String(run.id), run.digest])].join(
    ' ',
  );
  const known = cache.get(key);
  if (known) return known;
  const at = runs.findIndex((run) => run.id === referenceId);
  const labels = [...runs[0]!.labels];
  const whole = await Promise.all(runs.map((run) => readLabels(database, run.id, run.versionId, run.split)));
  const columns = await within(database, slice, runs[at]!, whole);
  const { truth } = columns[0]!;
  const against: Omit<RunAgainstReference, 'adjustedP'>[] = [];
  for (const [i, run] of runs.entries()) {
    if (i === at) continue;
    // Each takes some 50 ms; requests that wait come in between.
    await setImmediate();
    const comparison = compareRuns({ labels, truth, first: columns[at]!.predicted, second: columns[i]!.predicted });
    against.push({ runId: run.id, comparison });
  }
  const all = compareManyRuns(
    truth,
    columns.map((column) => column.predicted),
  );
  const adjusted = holm(against.map(({ comparison }) => comparison.mcnemar.midP));
  const result: RunsComparison = {
    referenceId,
    samples: truth.length,
    runs: against.map((one, i) => ({ ...one, adjustedP: adjusted[i]! })),
    all,
    order: runs.map((run) => run.id),
    pairs: all.pairs.map((pair) => ({
      ...pair,
      firstId: runs[pair.first]!.id,
      secondId: runs[pair.second]!.id,
      kappa: all.kappa[pair.first]![pair.second]!,
    })),
  };
  cache.set(key, result);
  return result;
}
