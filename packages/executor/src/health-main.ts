import { openDatabase } from '@samplewise/database';
import os from 'node:os';
import { z } from 'zod';

/**
 * The health check of an executor's container: ends with 0 while an executor of this host says that it is there. One
 * that hangs says nothing, although it is alive.
 */
const SILENT_SECONDS = 60;

const url = z
  .string('DATABASE_URL must name a Postgres database')
  // eslint-disable-next-line no-restricted-properties -- this command's whole configuration
  .parse(process.env.DATABASE_URL);
const database = openDatabase(url, { connections: 1 });
try {
  const { rows } = await database.pool.query<{ there: boolean }>(
    `SELECT EXISTS (
       SELECT FROM executor
       WHERE host = $1 AND status = 'RUNNING' AND heartbeat_at > now() - make_interval(secs => $2)
     ) AS there`,
    [os.hostname(), SILENT_SECONDS],
  );
  if (rows[0]?.there !== true) {
    console.error('No executor of this machine has been heard of for a minute.');
    process.exitCode = 1;
  }
} finally {
  await database.close();
}
