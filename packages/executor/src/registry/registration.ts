import { announce, HEARTBEAT_SECONDS, inTransaction, type Database } from '@samplewise/database';
import os from 'node:os';
import type { Logger } from 'pino';
import type { Limits } from '../config.ts';
import type { describeEnvironment } from '../environment.ts';
import { watchMachine } from '../machine-load.ts';

const BEAT_MILLISECONDS = 3000;
/** Rows of executors that did nothing are kept so long after their end. */
const KEPT_DAYS = 1;

export interface Registration {
  id: bigint;
  /** Says that this executor takes no more; its shards at work must be done or given back before. */
  close(): Promise<void>;
}

/** What an executor says of itself with each heartbeat. */
export interface Report {
  /** Of the executor and its model processes together. */
  memoryBytes: number;
  shardsDone: number;
  samplesDone: number;
}

/**
 * Enters this executor in the register, and says every three seconds that it is there. With that it looks for others
 * that fell silent, and frees their shards.
 */
export async function register(
  { pool }: Pick<Database, 'pool'>,
  log: Logger,
  limits: Limits,
  environment: ReturnType<typeof describeEnvironment>,
  report: () => Report,
): Promise<Registration> {
  const { node, os: system, packages, hardware, threads } = environment;
  const { name, ...settings } = limits;
  const columns = [name, os.hostname(), { ...hardware, threads }, { node, os: system, packages }, settings];
  const { rows } = await pool.query<{ id: bigint }>(
    'INSERT INTO executor (name, host, hardware, versions, settings) VALUES ($1, $2, $3, $4, $5) RETURNING id',
    columns,
  );
  const { id } = rows[0]!;
  const load = watchMachine();
  const beat = async (): Promise<void> => {
    const { memoryBytes, shardsDone, samplesDone } = report();
    const machine = load();
    const { rowCount } = await pool.query(
      `UPDATE executor SET heartbeat_at = now(), status = 'RUNNING', stopped_at = NULL,
              memory_bytes = $2, shards_done = $3, samples_done = $4, cpu_percent = $5, machine_memory_bytes = $6
        WHERE id = $1`,
      [id, memoryBytes, shardsDone, samplesDone, machine.cpuPercent, machine.memoryBytes],
    );
    if (rowCount === 1) return;
    // We were silent for so long that we were forgotten: a machine that slept.
    await pool.query(
      'INSERT INTO executor (id, name, host, hardware, versions, settings) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, ...columns],
    );
  };
  let heardAt = performance.now();
  let beating: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    // After a silence of ours, such as the database's restart, others had the same: they get time to say so.
    const awake = performance.now() - heardAt < HEARTBEAT_SECONDS * 1000;
    beating = beat()
      .then(() => {
        heardAt = performance.now();
        return awake ? freeSilent(pool, log) : undefined;
      })
      .catch((error: unknown) => {
        log.warn({ error: (error as Error).message }, 'could not say that we are there');
      });
  }, BEAT_MILLISECONDS);
  return {
    id,
    async close() {
      clearInterval(timer);
      await beating;
      await beat();
      await pool.query(`UPDATE executor SET status = 'STOPPED', stopped_at = now() WHERE id = $1`, [id]);
    },
  };
}

/** Marks executors that fell silent as LOST and gives their shards to others; forgets old ones that did nothing. */
async function freeSilent(pool: Database['pool'], log: Logger): Promise<void> {
  const lost = await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: bigint; name: string }>(
      `UPDATE executor SET status = 'LOST', stopped_at = now()
        WHERE id IN (SELECT id FROM executor WHERE status = 'RUNNING' AND heartbeat_at < now() - make_interval(secs => $1)
                        FOR UPDATE SKIP LOCKED)
      RETURNING id, name`,
      [HEARTBEAT_SECONDS],
    );
    if (rows.length === 0) return rows;
    await client.query(
      `UPDATE run_shard s SET executor_id = NULL, claimed_at = NULL, error = 'The executor ' || e.name || ' fell silent.'
         FROM executor e WHERE e.id = s.executor_id AND e.id = ANY($1) AND s.finished_at IS NULL`,
      [rows.map(({ id }) => id)],
    );
    await announce((sql, values) => client.query(sql, values), { kind: 'shards' });
    return rows;
  });
  for (const { id, name } of lost) log.warn({ executor: String(id), name }, 'an executor fell silent');
  await pool.query(
    `DELETE FROM executor e WHERE status <> 'RUNNING' AND heartbeat_at < now() - make_interval(days => $1)
        AND NOT EXISTS (SELECT 1 FROM run_shard WHERE executor_id = e.id)`,
    [KEPT_DAYS],
  );
}
