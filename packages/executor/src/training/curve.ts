import { CURVE_METRICS } from '@samplewise/domain';
import {
  announce,
  inTransaction,
  metricKeyIds,
  removeMetrics,
  writeMetricPoints,
  type MetricSeries,
} from '@samplewise/database';
import type { CurvePoint } from '@samplewise/evaluation';
import type pg from 'pg';
import type { ExecutorContext } from '../context.ts';
import { PredictionAborted } from '../model-process/lost-model.ts';
import type { Shard } from '../shards/load-shard.ts';

const WRITE_MILLISECONDS = 1000;

/** A training's curve on its way into the run's metrics. */
export interface Curve {
  add(point: CurvePoint): void;
  /** Writes the rest. @throws PredictionAborted when the shard is another's, and what the database throws */
  close(): Promise<void>;
}

type Point = CurvePoint & { time: number };

/** Begins a curve, and takes away that of an earlier try: what it had learned is lost. */
export async function openCurve(
  { database, executorId, log }: Pick<ExecutorContext, 'database' | 'executorId' | 'log'>,
  shard: Shard,
): Promise<Curve> {
  const keyIds = await metricKeyIds(database.pool, Object.values(CURVE_METRICS));
  /** In a transaction in which the run's row is locked and the shard is ours. */
  const whileOurs = (work: (client: pg.ClientBase, projectId: bigint) => Promise<void>): Promise<void> =>
    inTransaction(database.pool, async (client) => {
      const { rows } = await client.query<{ project_id: bigint }>(
        `SELECT project_id FROM run WHERE id = $1 AND status = 'RUNNING' FOR UPDATE`,
        [shard.runId],
      );
      const ours = await client.query(
        'SELECT 1 FROM run_shard WHERE run_id = $1 AND index = $2 AND executor_id = $3 AND finished_at IS NULL',
        [shard.runId, shard.index, executorId],
      );
      if (!rows[0] || ours.rowCount === 0) throw new PredictionAborted('the run has ended, or is with another');
      await work(client, rows[0].project_id);
    });
  await whileOurs((client) => removeMetrics(client, shard.runId, [...keyIds.values()]));

  let waiting: Point[] = [];
  const write = async (): Promise<void> => {
    const points = waiting;
    if (points.length === 0) return;
    waiting = [];
    try {
      await whileOurs(async (client, projectId) => {
        await writeMetricPoints(client, { id: shard.runId, projectId }, seriesOf(points), keyIds);
        await announce((sql, values) => client.query(sql, values), { kind: 'metrics', runId: String(shard.runId) });
      });
    } catch (error) {
      waiting = [...points, ...waiting]; // The database may be back at the next time.
      throw error;
    }
  };
  let writing = Promise.resolve();
  const timer = setInterval(() => {
    writing = writing.then(write).catch((error: unknown) => {
      log.warn({ error: (error as Error).message }, 'could not log a curve');
    });
  }, WRITE_MILLISECONDS);
  return {
    add(point) {
      waiting.push({ ...point, time: Date.now() });
    },
    async close() {
      clearInterval(timer);
      await writing;
      await write();
    },
  };
}

function seriesOf(points: readonly Point[]): MetricSeries[] {
  const series = (key: string, of: (point: Point) => number | undefined): MetricSeries[] => {
    const known = points.filter((point) => of(point) !== undefined);
    if (known.length === 0) return [];
    return [
      {
        key,
        steps: BigInt64Array.from(known, (point) => BigInt(point.iteration)),
        times: Float64Array.from(known, (point) => point.time),
        values: Float64Array.from(known, (point) => of(point)!),
      },
    ];
  };
  // In one order, so that two writers do not wait for each other.
  return [
    ...series(CURVE_METRICS.trainingAccuracy, (point) => point.training.accuracy),
    ...series(CURVE_METRICS.trainingLoss, (point) => point.training.loss),
    ...series(CURVE_METRICS.validationAccuracy, (point) => point.validation?.accuracy),
    ...series(CURVE_METRICS.validationLoss, (point) => point.validation?.loss),
  ];
}
