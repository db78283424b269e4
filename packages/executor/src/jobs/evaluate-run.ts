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
import { addUp, NOTHING_SPENT, spendingOf, type Spending } from '../costs/spending.ts';
import { logMetrics } from '../metrics.ts';
import type { Cost } from '../model-process/protocol.ts';
import type { ShardCosts } from '../shards/write-shard.ts';
import { failRun } from './fail-run.ts';
import { restorationSummary } from './restoration-summary.ts';

interface Total extends Cost, Spending {
  cached: number;
}

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
  const own: Total = {
    ...spendingOf(await spent(), price, wallSeconds),
    wallSeconds,
    cpuSeconds: (user + system) / 1e6,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    cached: 0,
  };
  const shardCosts = run.shards.map((shard) => shard.costs as unknown as ShardCosts);
  // Shards of former versions say nothing of what they spent.
  const preprocessing = total(shardCosts.map((c) => ({ ...NOTHING_SPENT, ...c.PREPROCESSING })));
  const inference = total(shardCosts.map((c) => ({ ...NOTHING_SPENT, ...c.INFERENCE, cached: 0 })));
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
    await storeCosts(client, runId, evaluation.samples, {
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

const speed = ({ samples }: Evaluation, { wallSeconds }: Total): number | null =>
  wallSeconds > 0 ? samples / wallSeconds : null;

/** Undefined ones are left out. */
const known = (figures: Record<string, number | null>): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).filter((entry): entry is [string, number] => entry[1] !== null));

function total(costs: readonly Total[]): Total {
  const sum = (of: (cost: Total) => number): number => costs.reduce((all, cost) => all + of(cost), 0);
  return {
    ...addUp(costs),
    wallSeconds: sum((c) => c.wallSeconds),
    cpuSeconds: sum((c) => c.cpuSeconds),
    peakMemoryBytes: costs.reduce((most, c) => Math.max(most, c.peakMemoryBytes), 0),
    cached: sum((c) => c.cached),
  };
}

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

async function storeCosts(
  client: pg.ClientBase,
  runId: bigint,
  samples: number,
  costs: Record<string, Total>,
): Promise<void> {
  for (const [phase, cost] of Object.entries(costs)) {
    const { wallSeconds, cpuSeconds, peakMemoryBytes, cached, energyJoules, energySource, price, currency } = cost;
    await client.query(
      `INSERT INTO phase_cost (run_id, phase, wall_seconds, cpu_seconds, peak_memory_bytes, device, samples, cached,
                               energy_joules, energy_source, price, currency)
       VALUES ($1, $2::"Phase", $3, $4, $5, 'cpu', $6, $7, $8, $9, $10, $11)
       ON CONFLICT (run_id, phase) DO UPDATE SET wall_seconds = $3, cpu_seconds = $4, peak_memory_bytes = $5,
         samples = $6, cached = $7, energy_joules = $8, energy_source = $9, price = $10, currency = $11`,
      [
        runId,
        phase,
        wallSeconds,
        cpuSeconds,
        peakMemoryBytes,
        samples,
        cached,
        energyJoules,
        energySource,
        price,
        currency,
      ],
    );
  }
}
