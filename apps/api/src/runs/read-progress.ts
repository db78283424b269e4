import type { Phase } from '@samplewise/database';
import { batched } from '../batched.ts';

/** How far a run is that has not ended. */
export interface RunProgress {
  phases: PhaseProgress[];
  /** As of late: samples whose predictions were stored, over the time. Null before the first, and while it is paused. */
  samplesPerSecond: number | null;
  /** Of prediction, at that rate. */
  secondsLeft: number | null;
}

export interface PhaseProgress {
  phase: Phase;
  done: number;
  total: number;
  running: boolean;
  /** While the phase was at work; phases overlap, so that the run is no faster than its slowest. */
  samplesPerSecond: number | null;
  cached: number;
}

/** So long ago is of late. */
const RECENT_SECONDS = 60;

interface Row {
  id: bigint;
  source: 'EXECUTOR' | 'CLIENT' | 'IMPORT';
  running: boolean;
  paused: boolean;
  finishing: boolean;
  total: number;
  done: number;
  seconds: number | null;
  recent: number;
  preprocessing_seconds: number | null;
  inference_seconds: number | null;
  cached: number;
}

/** @returns null for a run that has ended */
export const runProgress = batched<bigint, RunProgress | null>(async ({ database }, ids) => {
  const { rows } = await database.pool.query<Row>(
    `SELECT r.id, r.source, r.status = 'RUNNING' AS running, r.paused_at IS NOT NULL AS paused,
            r.finishing_at IS NOT NULL AS finishing, r.sample_total AS total, r.sample_done AS done,
            extract(epoch FROM now() - r.started_at)::float8 AS seconds,
            coalesce(sum(s.samples) FILTER (WHERE s.finished_at > now() - make_interval(secs => $2)), 0)::int AS recent,
            sum((s.costs #>> '{PREPROCESSING,wallSeconds}')::float8) AS preprocessing_seconds,
            sum((s.costs #>> '{INFERENCE,wallSeconds}')::float8) AS inference_seconds,
            coalesce(sum((s.costs #>> '{PREPROCESSING,cached}')::int), 0)::int AS cached
       FROM run r LEFT JOIN run_shard s ON s.run_id = r.id
      WHERE r.id = ANY($1) AND r.status IN ('QUEUED', 'RUNNING')
      GROUP BY r.id`,
    [ids.map(String), RECENT_SECONDS],
  );
  return ids.map((id) => {
    const row = rows.find((candidate) => candidate.id === id);
    return row ? progressOf(row) : null;
  });
});

function progressOf(row: Row): RunProgress {
  const { total, done } = row;
  const samplesPerSecond = row.paused ? null : rateOf(row);
  const predicting = row.running && !row.paused && done < total;
  const phase = (of: Phase, seconds: number | null, cached: number): PhaseProgress => ({
    phase: of,
    done,
    total,
    running: predicting,
    samplesPerSecond: seconds !== null && seconds > 0 ? done / seconds : null,
    cached,
  });
  const phases = [
    // What a client does is its own; it tells what it has predicted.
    ...(row.source === 'EXECUTOR' ? [phase('PREPROCESSING', row.preprocessing_seconds, row.cached)] : []),
    phase('INFERENCE', row.inference_seconds, 0),
    {
      phase: 'EVALUATION' as const,
      done: 0,
      total,
      running: row.finishing || (row.source === 'EXECUTOR' && row.running && done >= total),
      samplesPerSecond: null,
      cached: 0,
    },
  ];
  return {
    phases: total === 0 ? [] : phases,
    samplesPerSecond,
    secondsLeft: samplesPerSecond === null || total === 0 ? null : Math.max(0, total - done) / samplesPerSecond,
  };
}

function rateOf({ done, recent, seconds }: Row): number | null {
  if (seconds === null || seconds <= 0 || done === 0) return null;
  return recent > 0 ? recent / Math.min(seconds, RECENT_SECONDS) : done / seconds;
}
