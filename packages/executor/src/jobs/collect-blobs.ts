import { UPLOAD_HOURS } from '@samplewise/domain';
import { inTransaction, type Database } from '@samplewise/database';
import type { Storage } from '@samplewise/storage';
import type pg from 'pg';

interface Needed {
  database: Pick<Database, 'pool'>;
  storage: Storage;
}

/** An upload that nothing refers to is kept so long: its client may be about to say what it is. */
const KEPT_HOURS = 24;
/** Rows of `blob` that one statement looks at. */
const AT_ONCE = 5000;
/** Made so long before a round began, a config was seen by it. */
const OVERLAP = '1 hour';

/** Columns of JSON in which configs name blobs; all else refers to them by foreign keys. */
const CONFIGS = [
  { table: 'model_config', column: 'spec' },
  { table: 'restoration_config', column: 'steps' },
  { table: 'trial', column: 'model' },
  { table: 'trial', column: 'steps' },
];
/** Whatever looks like a digest, however deep: a new kind of model need not be known here. */
const DIGESTS = `'$.** ? (@.type() == "string" && @ like_regex "^[0-9a-f]{64}$")'`;

/**
 * Removes blobs that are older than a day and that nothing refers to: no row by a foreign key, no config. Two executors
 * may do it at once. Safe beside uploads and whoever begins to refer to a blob:
 * - who refers to it has its row locked (FOR KEY SHARE, as foreign keys do), and then it is left alone; or he waits
 *   until it is gone, and finds that it is;
 * - who uploads the same bytes again makes the file young again, or finds none and writes it; his row waits until ours
 *   is gone.
 * @returns how many
 */
export async function collectBlobs({ database, storage }: Needed): Promise<number> {
  const { pool } = database;
  const [references, named] = [await referencesTo(pool), await namedInConfigs(pool)];
  const { rows: clock } = await pool.query<{ now: Date }>('SELECT now()');
  const { now } = clock[0]!;
  const old = new Date(now.getTime() - KEPT_HOURS * 3600 * 1000);
  let gone = 0;
  for (let after: string | undefined = ''; after !== undefined;) {
    const page: Page = await readPage(pool, references, old, after);
    for (const digest of page.unreferenced) {
      if (!named.has(digest) && (await collect({ database, storage }, references, digest, old, now))) gone++;
    }
    after = page.last;
  }
  return gone;
}

/**
 * Conditions in which $1 stands for the digest, one for each foreign key to `blob`, whoever has made it. What goes with
 * the blob (ON DELETE CASCADE) does not keep it.
 */
async function referencesTo(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ found: string }>(
    `SELECT format('SELECT 1 FROM %s AS r WHERE r.%I = b.digest', conrelid::regclass, attname) AS found
       FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
      WHERE contype = 'f' AND confdeltype <> 'c' AND confrelid = 'blob'::regclass`,
  );
  if (rows.length === 0) throw new Error('nothing refers to blobs: this is not the database that was meant');
  return rows.map(({ found }) => `NOT EXISTS (${found})`);
}

async function namedInConfigs(pool: pg.Pool): Promise<Set<string>> {
  const { rows } = await pool.query<{ digest: string }>(
    CONFIGS.map(
      ({ table, column }) => `SELECT d #>> '{}' AS digest FROM ${table}, jsonb_path_query(${column}, ${DIGESTS}) AS d`,
    ).join(' UNION '),
  );
  return new Set(rows.map(({ digest }) => digest));
}

interface Page {
  unreferenced: string[];
  /** Where the next page begins; undefined when this was the last one. */
  last: string | undefined;
}

async function readPage(pool: pg.Pool, references: readonly string[], old: Date, after: string): Promise<Page> {
  const { rows } = await pool.query<{ digest: string; free: boolean }>(
    `SELECT digest, created_at < $2 AND ${references.join(' AND ')} AS free
       FROM (SELECT digest, created_at FROM blob WHERE digest > $1 ORDER BY digest LIMIT ${AT_ONCE}) AS b
      ORDER BY digest`,
    [after, old],
  );
  return {
    unreferenced: rows.flatMap(({ digest, free }) => (free ? [digest] : [])),
    last: rows.length === AT_ONCE ? rows.at(-1)!.digest : undefined,
  };
}

/** @returns whether it is gone; false when somebody uses it after all */
async function collect(
  { database, storage }: Needed,
  references: readonly string[],
  digest: string,
  old: Date,
  now: Date,
): Promise<boolean> {
  try {
    return await inTransaction(database.pool, async (client) => {
      // Locked first, and looked at by a later statement, which sees what those have written that had it locked before.
      const { rowCount } = await client.query('SELECT 1 FROM blob WHERE digest = $1 FOR UPDATE SKIP LOCKED', [digest]);
      if (rowCount === 0) return false;
      const configs = CONFIGS.map(
        ({ table, column }) =>
          `NOT EXISTS (SELECT 1 FROM ${table} WHERE created_at > $3::timestamptz - interval '${OVERLAP}' AND position($4 IN ${column}::text) > 0)`,
      );
      const deleted = await client.query(
        `DELETE FROM blob AS b WHERE digest = $1 AND created_at < $2 AND ${[...references, ...configs].join(' AND ')}`,
        [digest, old, now, digest],
      );
      if (deleted.rowCount === 0) return false;
      // Last, since it can not be taken back; the row is, when the file is in use.
      if (!(await storage.remove(digest, old))) throw new StillUsed();
      return true;
    });
  } catch (error) {
    if (error instanceof StillUsed) return false;
    throw error;
  }
}

class StillUsed extends Error {}

/** Forgets uploads in parts that have not ended within a day. @returns how many */
export async function expireUploads({ database, storage }: Needed): Promise<number> {
  const { rows } = await database.pool.query<{ id: string; finished: boolean }>(
    'DELETE FROM resumable_upload WHERE created_at < now() - make_interval(hours => $1) RETURNING id, finished',
    [UPLOAD_HOURS],
  );
  for (const { id } of rows) await storage.parts.remove(id);
  return rows.filter(({ finished }) => !finished).length;
}
