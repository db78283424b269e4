import { openDatabase } from '@samplewise/database';
import { z } from 'zod';

/**
 * The health check of an executor's container: ends with 0 while the queue's connections from this machine are in use.
 * An executor that hangs asks for no jobs, so that its connections fall silent although they are open.
 */
const SILENT_SECONDS = 60;

const url = z
  .string('DATABASE_URL must name a Postgres database')
  // eslint-disable-next-line no-restricted-properties -- this command's whole configuration
  .parse(process.env.DATABASE_URL);
const database = openDatabase(url, { connections: 1 });
try {
  const { rows } = await database.pool.query<{ busy: boolean }>(
    `SELECT EXISTS (
       SELECT FROM pg_stat_activity
       WHERE application_name = 'samplewise-queue-worker'
         AND client_addr IS NOT DISTINCT FROM inet_client_addr()
         AND state_change > now() - make_interval(secs => $1)
     ) AS busy`,
    [SILENT_SECONDS],
  );
  if (rows[0]?.busy !== true) {
    console.error('No executor of this machine has asked the queue for a minute.');
    process.exitCode = 1;
  }
} finally {
  await database.close();
}
