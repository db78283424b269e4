import type { Database } from '@samplewise/database';
import { estimateRun } from './estimate-run.ts';
import { readExecutors, readHistory } from './read-history.ts';

/** What executors have to do before something that is queued now, of all teams. */
export interface QueueAhead {
  runs: number;
  samples: number;
  /** On one executor; none where the cost of some is not known. */
  seconds: number | null;
  /** That are there. */
  executors: number;
}

interface Group {
  modelConfigId: bigint;
  restorationConfigId: bigint;
  runs: number;
  samples: number;
}

/** Kinds of runs, by model and restoration, that are estimated; with more of them the queue's time is not known. */
const GROUP_LIMIT = 200;

export async function readQueue(database: Pick<Database, 'pool'>): Promise<QueueAhead> {
  const { rows: groups } = await database.pool.query<Group>(
    `SELECT r.model_config_id AS "modelConfigId", r.restoration_config_id AS "restorationConfigId",
            count(*)::int AS runs, sum(r.sample_total - r.sample_done)::float8 AS samples
       FROM run r JOIN project p ON p.id = r.project_id
      WHERE r.status IN ('QUEUED', 'RUNNING') AND r.source = 'EXECUTOR' AND r.paused_at IS NULL
        AND r.deleted_at IS NULL AND p.deleted_at IS NULL
      GROUP BY 1, 2`,
  );
  const executors = await readExecutors(database);
  const total = (of: (group: Group) => number): number => groups.reduce((sum, group) => sum + of(group), 0);
  return {
    runs: total(({ runs }) => runs),
    samples: total(({ samples }) => samples),
    executors: executors.count,
    seconds: groups.length > GROUP_LIMIT ? null : await secondsOf(database, groups, executors.hardware),
  };
}

async function secondsOf(
  database: Pick<Database, 'pool'>,
  groups: readonly Group[],
  hardware: readonly string[],
): Promise<number | null> {
  if (groups.length === 0) return 0;
  const history = await readHistory(
    database,
    groups.map(({ modelConfigId }) => modelConfigId),
    groups.map(({ restorationConfigId }) => restorationConfigId),
  );
  return groups.reduce<number | null>((sum, group) => {
    const { seconds } = estimateRun({ ...group, cached: 0 }, history, hardware);
    return sum === null || seconds === null ? null : sum + seconds;
  }, 0);
}
