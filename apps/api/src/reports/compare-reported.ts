import type { ReportedPair, RestorationEffect } from '@samplewise/domain';
import { cochranQ, compareRuns, holm, pairwiseMcnemar, type ChiSquaredTest } from '@samplewise/evaluation';
import { readLabels, type Database, type LabelColumns } from '@samplewise/database';
import { setImmediate } from 'node:timers/promises';
import type { EvaluatedRun, ReportedExperiment } from './read-runs.ts';
import { figure } from './reported-run.ts';

export interface ComparedRuns {
  toBest: ReportedPair[];
  cochranQ: ChiSquaredTest | null;
  restorations: RestorationEffect[];
}

/**
 * Tests the runs of a report on their stored predictions: each beside the first, and each restoration beside none.
 * @param runs the most accurate first
 */
export async function compareReported(
  database: Pick<Database, 'pool'>,
  { datasetVersion, split }: ReportedExperiment,
  runs: readonly EvaluatedRun[],
): Promise<ComparedRuns> {
  if (!datasetVersion || runs.length < 2) return { toBest: [], cochranQ: null, restorations: [] };
  const columns: LabelColumns[] = [];
  // One after the other: each takes a connection, of which others need some.
  for (const run of runs) columns.push(await readLabels(database, run.id, datasetVersion.id, split));
  const { truth } = columns[0]!;
  const right = columns.map(({ predicted }) => Uint8Array.from(predicted, (label, i) => Number(label === truth[i])));
  return {
    toBest: besideFirst(columns),
    cochranQ: cochranQ(right),
    restorations: await effects(runs, columns, datasetVersion.labels),
  };
}

function besideFirst(columns: readonly LabelColumns[]): ReportedPair[] {
  const { truth, predicted } = columns[0]!;
  const tests = columns.slice(1).map((other) => pairwiseMcnemar(truth, [predicted, other.predicted])[0]!);
  const adjusted = holm(tests.map(({ p }) => p));
  return tests.map(({ fixed, broken, difference, p }, i) => ({
    first: 0,
    second: i + 1,
    fixed,
    broken,
    difference: figure(difference),
    p,
    adjusted: adjusted[i]!,
  }));
}

/** Each run with a restoration beside the run of the same model and seed without one. */
async function effects(
  runs: readonly EvaluatedRun[],
  columns: readonly LabelColumns[],
  labels: readonly string[],
): Promise<RestorationEffect[]> {
  const pairs = runs.flatMap((run, second) => {
    if (!isRestored(run)) return [];
    const first = runs.findIndex(
      (other) =>
        other.modelConfigId !== null &&
        other.modelConfigId === run.modelConfigId &&
        other.seed === run.seed &&
        !isRestored(other),
    );
    return first < 0 ? [] : [{ first, second }];
  });
  const found: Omit<RestorationEffect, 'adjusted'>[] = [];
  for (const { first, second } of pairs) {
    // Each takes some 50 ms; requests that wait come in between.
    await setImmediate();
    const { truth } = columns[first]!;
    const compared = compareRuns({
      labels: [...labels],
      truth,
      first: columns[first]!.predicted,
      second: columns[second]!.predicted,
    });
    found.push({
      first,
      second,
      model: runs[second]!.modelConfig!.name,
      restoration: runs[second]!.restorationConfig!.name,
      fixed: compared.mcnemar.fixed,
      broken: compared.mcnemar.broken,
      difference: figure(compared.metrics.accuracy.difference),
      p: compared.mcnemar.midP,
      macroF1: figure(compared.metrics.macroF1.difference),
      perClass: compared.perClass.map(({ label, support, fixed, broken, recall }) => ({
        label,
        support,
        fixed,
        broken,
        recall: figure(recall.difference),
      })),
    });
  }
  const adjusted = holm(found.map(({ p }) => p));
  return found.map((effect, i) => ({ ...effect, adjusted: adjusted[i]! }));
}

/** The restoration 'none' is the empty list of steps. */
const isRestored = ({ restorationConfig }: EvaluatedRun): boolean =>
  Array.isArray(restorationConfig?.steps) && restorationConfig.steps.length > 0;
