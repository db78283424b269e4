import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { installQueues } from './queue.ts';

const MIGRATIONS = path.resolve(import.meta.dirname, '../../../prisma/migrations');
/** The key of the advisory lock that Prisma's own command takes, so that the two never work at once. */
const PRISMA_LOCK = 72_707_369;

/**
 * Brings a database to the present schema: the migrations of prisma/migrations, then the queue's own tables.
 * Safe to call at every start and from several processes at once.
 *
 * Prisma's `migrate deploy` would do the first, but it commits a migration and its record apart: killed between the
 * two, it leaves a database that neither it nor we could open again. Here both are one transaction. The records are
 * Prisma's, so that its commands (`migrate status`, `migrate dev`) go on from them.
 * @returns the names of the migrations that were applied now
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'samplewise-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    const pending = await pendingMigrations(client);
    for (const name of pending) await apply(client, name);
    await installQueues(url);
    return pending;
  } finally {
    await client.end(); // this also releases the lock
  }
}

async function pendingMigrations(client: pg.Client): Promise<string[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  const known = entries.filter((e) => e.isDirectory()).map((e) => e.name);
  await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`);
  const { rows } = await client.query<{ migration_name: string; finished_at: Date | null }>(
    'SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const half = rows.find((row) => row.finished_at === null);
  if (half) {
    throw new Error(
      `Prisma's own command began the migration ${half.migration_name} here and did not finish it. ` +
        `See what it left, then: npx prisma migrate resolve --rolled-back ${half.migration_name}`,
    );
  }
  const done = new Set(rows.map((row) => row.migration_name));
  return known.filter((name) => !done.has(name)).sort();
}

async function apply(client: pg.Client, name: string): Promise<void> {
  const script = await readFile(path.join(MIGRATIONS, name, 'migration.sql'), 'utf8');
  const checksum = createHash('sha256').update(script).digest('hex');
  await client.query('BEGIN');
  try {
    await client.query(script);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`The migration ${name} failed, and nothing of it was kept: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
