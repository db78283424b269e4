import type { Database, Phase } from '@samplewise/database';

/** What a phase of a run that has finished cost. */
export interface PastPhase {
  modelConfigId: bigint | null;
  restorationConfigId: bigint | null;
  /** The processor, as its executor has told. */
  hardware: string | null;
  phase: Phase;
  samples: number;
  /** Of these, how many were found wholly restored. */
  cached: number;
  seconds: number;
  price: number | null;
  currency: string | null;
  energyJoules: number | null;
}

/** The newest runs of each config that are looked at. */
const RECENT_RUNS = 50;
/** Among so many, of a restoration also the newest that made their pictures themselves: later ones find them made. */
const SEARCHED_RUNS = 2000;
const FRESH_RUNS = 20;

const recent = (column: 'model_config_id' | 'restoration_config_id', parameter: '$1' | '$2'): string =>
  `SELECT r.id FROM unnest(${parameter}::int8[]) AS k (id) CROSS JOIN LATERAL (
     SELECT id FROM run WHERE ${column} = k.id AND status = 'FINISHED' AND source = 'EXECUTOR' AND deleted_at IS NULL
      ORDER BY id DESC LIMIT ${RECENT_RUNS}
   ) AS r`;

const FRESH = `
  SELECT r.id FROM unnest($2::int8[]) AS k (id) CROSS JOIN LATERAL (
     SELECT n.id FROM (
       SELECT id FROM run WHERE restoration_config_id = k.id AND status = 'FINISHED' AND source = 'EXECUTOR'
          AND deleted_at IS NULL ORDER BY id DESC LIMIT ${SEARCHED_RUNS}
     ) AS n JOIN phase_cost c ON c.run_id = n.id AND c.phase = 'PREPROCESSING' AND c.cached * 10 < c.samples
      ORDER BY n.id DESC LIMIT ${FRESH_RUNS}
   ) AS r`;

/** What runs of these models, and runs of these restorations, have cost of late. */
export async function readHistory(
  { pool }: Pick<Database, 'pool'>,
  modelConfigIds: readonly bigint[],
  restorationConfigIds: readonly bigint[],
): Promise<PastPhase[]> {
  const { rows } = await pool.query<PastPhase>(
    `SELECT r.model_config_id AS "modelConfigId", r.restoration_config_id AS "restorationConfigId",
            r.environment #>> '{hardware,cpu}' AS hardware, p.phase, p.samples, p.cached, p.wall_seconds AS seconds,
            p.price, p.currency, p.energy_joules AS "energyJoules"
       FROM (${recent('model_config_id', '$1')} UNION ${recent('restoration_config_id', '$2')} UNION ${FRESH}) AS recent
       JOIN run r USING (id) JOIN phase_cost p ON p.run_id = r.id
      WHERE p.samples > 0 ORDER BY r.id`,
    [[...new Set(modelConfigIds)], [...new Set(restorationConfigIds)]],
  );
  return rows;
}

/** The processors of the executors that are there, and how many of these there are. */
export async function readExecutors({ pool }: Pick<Database, 'pool'>): Promise<{ count: number; hardware: string[] }> {
  const { rows } = await pool.query<{ hardware: string | null }>(
    `SELECT hardware ->> 'cpu' AS hardware FROM executor WHERE status = 'RUNNING'`,
  );
  return { count: rows.length, hardware: rows.flatMap(({ hardware }) => hardware ?? []) };
}
