import { digestOfJson, type ExperimentReport, type Problem, type ReportedPublication } from '@samplewise/domain';
import { reportedAccuracy, reportedPair } from '@samplewise/evaluation';
import { auditOf } from '@samplewise/database';
import { LRUCache } from 'lru-cache';
import type { Services } from '../context.ts';
import { auditSplits } from './audit-splits.ts';
import { compareReported } from './compare-reported.ts';
import { readExperiment, readRuns, type EvaluatedRun, type RunsOfReport } from './read-runs.ts';
import { figure, reportedRuns } from './reported-run.ts';
import { threatsTo } from './threats.ts';

const CONFIDENCE = 0.95;

/** A report and the digest that names it. */
export interface DigestedReport {
  document: ExperimentReport;
  digest: string;
}

/** Tests are of predictions that do not change; some 200 kB each. */
const cache = new LRUCache<string, DigestedReport>({ max: 50 });

/**
 * All that a report of an experiment shows, from stored evaluations and predictions.
 * @returns undefined when there is no such experiment, or it is about no samples
 * @throws InvalidInput when it has too many runs
 */
export async function reportOfExperiment(
  { database }: Pick<Services, 'database'>,
  id: bigint,
): Promise<DigestedReport | undefined> {
  const experiment = await readExperiment(database, id);
  if (!experiment?.datasetVersion) return undefined;
  const runs = await readRuns(database, id);
  const audited = await auditOf(database.pool, experiment.datasetVersion.id);
  const key = keyOf(experiment, runs, audited);
  const known = cache.get(key);
  if (known) return known;

  const { datasetVersion, project, split } = experiment;
  const evaluated = [...runs.evaluated].sort((a, b) => accuracyOf(b) - accuracyOf(a) || Number(a.id - b.id));
  const [compared, supports, audit] = await Promise.all([
    compareReported(database, experiment, evaluated),
    supportsOf(database, datasetVersion, split),
    auditSplits(database, datasetVersion, split),
  ]);
  const published = publications(runs);
  const facts = {
    format: 'samplewise-experiment-report-1',
    experiment: {
      id: String(experiment.id),
      name: experiment.name,
      description: experiment.description,
      split,
      project: { team: project.team.slug, slug: project.slug, name: project.name },
    },
    dataset: {
      id: String(datasetVersion.id),
      name: datasetVersion.dataset.name,
      version: datasetVersion.name,
      digest: datasetVersion.digest,
      labels: datasetVersion.labels,
      samples: supports.reduce((sum, support) => sum + support, 0),
      supports,
    },
    confidence: CONFIDENCE,
    runs: reportedRuns(evaluated),
    ...compared,
    published,
    publishedPairs: neighbours(published),
    audit,
    unfinished: runs.unfinished.map(({ name, status, failure }) => ({
      name,
      status,
      reason: (failure as Problem | null)?.message ?? null,
    })),
  } as const;
  const document: ExperimentReport = { ...facts, threats: threatsTo(facts) };
  const report = { document, digest: digestOfJson(document) };
  cache.set(key, report);
  return report;
}

const accuracyOf = ({ evaluation }: EvaluatedRun): number => evaluation.metrics.accuracy.value ?? -1;

/** The same key, the same report. */
const keyOf = (
  experiment: { id: bigint; name: string; description: string },
  runs: RunsOfReport,
  audited: string | undefined,
): string =>
  digestOfJson([
    String(experiment.id),
    experiment.name,
    experiment.description,
    audited ?? '',
    runs.evaluated.map((run) => [
      String(run.id),
      run.name,
      run.predictionsDigest,
      run.evaluationVersion,
      run.phaseCosts.map((cost) => [cost.phase, cost.wallSeconds, cost.cpuSeconds]),
    ]),
    runs.published.map(({ id, name }) => [String(id), name]),
    runs.unfinished.map(({ id, status }) => [String(id), status]),
  ]);

async function supportsOf(
  { pool }: Services['database'],
  { id, labels }: { id: bigint; labels: readonly string[] },
  split: string | null,
): Promise<number[]> {
  const { rows } = await pool.query<{ label: number; count: number }>(
    `SELECT label, count(*)::int AS count FROM sample
      WHERE version_id = $1 AND ($2::"Split" IS NULL OR split = $2::"Split") GROUP BY label`,
    [id, split],
  );
  const counts = new Map(rows.map(({ label, count }) => [label, count]));
  return labels.map((_, label) => counts.get(label) ?? 0);
}

/** The most accurate first. */
const publications = ({ published }: RunsOfReport): ReportedPublication[] =>
  published
    .map(({ id, name, published: figures }) => ({
      runId: String(id),
      name,
      published: figures,
      accuracy: figures.samples.map((samples) => ({
        samples,
        figure: figure(reportedAccuracy(figures.accuracy, samples, CONFIDENCE)),
      })),
    }))
    .sort((a, b) => b.published.accuracy - a.published.accuracy);

/** Neighbours in the order of accuracy that one publication tells of the same number of images. */
const neighbours = (published: readonly ReportedPublication[]): ExperimentReport['publishedPairs'] =>
  published.slice(1).flatMap((worse, i) => {
    const better = published[i]!;
    if (better.published.citation !== worse.published.citation) return [];
    return worse.published.samples
      .filter((samples) => better.published.samples.includes(samples))
      .map((samples) => ({
        better: better.name,
        worse: worse.name,
        ...reportedPair(worse.published.accuracy, better.published.accuracy, samples, 1 - CONFIDENCE),
      }));
  });
