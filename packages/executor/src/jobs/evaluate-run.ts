import {
  announce,
  inTransaction,
  logSystemLine,
  rankLeaderboardsOf,
  readForEvaluation,
  runLabelsHidden,
} from '@samplewise/database';
import { problem, type LabelFigure } from '@samplewise/domain';
import { evaluate, EvaluationInputError, type Evaluation } from '@samplewise/evaluation';
import type pg from 'pg';
import type { ExecutorContext } from '../context.ts';
import { storePhaseCosts, totalOf, type PhaseTotal } from '../costs/phase-costs.ts';
import { spendingOf } from '../costs/spending.ts';
import { logMetrics } from '../metrics.ts';
import type { ShardCosts } from '../shards/finish-shard.ts';
import { failRun } from './fail-run.ts';
import { restorationSummary } from './restoration-summary.ts';

/** Computes a run's evaluation from its stored predictions, sums up its costs and finishes it. To repeat is harmless. */
export async function evaluateRun(context: ExecutorContext, runId: bigint): Promise<void> {
  try {
    await evaluateAndStore(context, runId);
  } catch (error) {
    // The same predictions would be refused again and again.
    if (!(error instanceof EvaluationInputError)) throw error;
    await failRun(
      context.database,
      runId,
      problem('INTERNAL', `The predictions can not be evaluated: ${error.message}`, { place: 'evaluation' }),
    );
  }
}

async function evaluateAndStore(context: ExecutorContext, runId: bigint): Promise<void> {
  const { database, boss, log, energy, price } = context;
  const run = await database.prisma.run.findUnique({
    where: { id: runId },
    include: {
      experiment: { include: { datasetVersion: true } },
      shards: { select: { costs: true } },
      restorationConfig: { select: { steps: true } },
    },
  });
  if (run?.status !== 'RUNNING') return;
  const { datasetVersion } = run.experiment;
  if (!datasetVersion) throw new Error(`run ${runId} has no samples to be evaluated on`);
  const { labels } = datasetVersion;
  const spent = await energy.start();
  const started = performance.now();
  const cpu = process.cpuUsage();
  const { digest, ...columns } = await readForEvaluation(database.pool, runId, {
    versionId: datasetVersion.id,
    split: run.experiment.split,
    classes: labels.length,
  });
  const evaluation = evaluate({ labels, ...columns }, { seed: run.seed });
  const { user, system } = process.cpuUsage(cpu);
  const wallSeconds = (performance.now() - started) / 1000;
  const own: PhaseTotal = {
    ...spendingOf(await spent(), price, wallSeconds),
    wallSeconds,
    cpuSeconds: (user + system) / 1e6,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    device: 'cpu',
    cached: 0,
  };
  const shardCosts = run.shards.map((shard) => shard.costs as unknown as ShardCosts);
  const preprocessing = totalOf(shardCosts.map((c) => c.PREPROCESSING));
  const inference = totalOf(shardCosts.map((c) => c.INFERENCE));
  const restoration = await restorationSummary(database, {
    versionId: datasetVersion.id,
    split: run.experiment.split,
    // Only those of the executor are known.
    steps: run.source === 'EXECUTOR' ? (run.restorationConfig?.steps ?? []) : [],
  });

  await inTransaction(database.pool, async (client) => {
    const { rows } = await client.query<{ status: string }>('SELECT status FROM run WHERE id = $1 FOR UPDATE', [runId]);
    if (rows[0]?.status !== 'RUNNING') return;
    await storeEvaluation(client, runId, evaluation, digest);
    await storePhaseCosts(client, runId, evaluation.samples, {
      // What a client's predictions have cost it says itself.
      ...(run.source === 'EXECUTOR' ? { PREPROCESSING: preprocessing, INFERENCE: inference } : {}),
      EVALUATION: own,
    });
    // Tables of runs are filtered and ordered by metrics, and what can be ordered by can be found out.
    const hidden = await runLabelsHidden(client, { versionId: datasetVersion.id, split: run.experiment.split });
    await logMetrics(database, client, run, evaluation.samples, {
      ...known({ ...(hidden ? {} : labelFigures(evaluation)), samples_per_second: speed(evaluation, inference) }),
      ...restoration,
    });
    await client.query(`UPDATE run SET status = 'FINISHED', finished_at = now(), finishing_at = NULL WHERE id = $1`, [
      runId,
    ]);
    const execute = (sql: string, values: unknown[]) => client.query(sql, values);
    await logSystemLine(execute, runId, 'INFO', `Finished: ${evaluation.samples} samples evaluated.`);
    await announce(execute, {
      kind: 'run',
      runId: String(runId),
      experimentId: String(run.experimentId),
    });
    await rankLeaderboardsOf(boss, client, [runId]);
  });
  log.info({ runId: String(runId) }, 'the run finished');
}

/** The figures of labels by which tables of runs are sorted. */
const labelFigures = ({ metrics }: Evaluation): Record<LabelFigure, number | null> => ({
  accuracy: metrics.accuracy.value,
  balanced_accuracy: metrics.balancedAccuracy.value,
  macro_f1: metrics.macroF1.value,
});

const speed = ({ samples }: Evaluation, { wallSeconds }: PhaseTotal): number | null =>
  wallSeconds > 0 ? samples / wallSeconds : null;

/** Undefined ones are left out. */
const known = (figures: Record<string, number | null>): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).filter((entry): entry is [string, number] => entry[1] !== null));

async function storeEvaluation(
  client: pg.ClientBase,
  runId: bigint,
  evaluation: Evaluation,
  digest: string,
): Promise<void> {
  await client.query(
    `INSERT INTO evaluation (run_id, code_version, predictions_digest, result) VALUES ($1, $2, $3, $4)
     ON CONFLICT (run_id) DO UPDATE SET code_version = $2, predictions_digest = $3, result = $4, created_at = now()`,
    [runId, evaluation.codeVersion, digest, JSON.stringify(evaluation)],
  );
}
