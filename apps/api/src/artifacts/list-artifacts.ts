import { artifactPath, parseInput } from '@samplewise/domain';
import type { Database } from '@samplewise/database';

/** A file, or a folder with all that is below it. */
export interface ArtifactEntry {
  /** Without the folders that it lies in; of a recursive list, the path below the prefix. */
  name: string;
  path: string;
  isFolder: boolean;
  files: number;
  /** Bytes. */
  size: bigint;
  /** Of the file's latest version; none of a folder. */
  id: bigint | null;
}

export interface Listing {
  runId: bigint;
  /** A folder; empty: all. */
  prefix: string;
  /** Files however deep, and no folders. */
  recursive: boolean;
}

interface EntryPage {
  /** Names, exclusive. */
  after?: string | undefined;
  before?: string | undefined;
  limit: number;
  inverted: boolean;
}

/** The folder that an argument names, with or without a slash at its end. @throws InvalidInput */
export function folderOf(prefix: string | null | undefined, place: string): string {
  const path = (prefix ?? '').replace(/\/$/, '');
  return path === '' ? '' : parseInput(artifactPath, path, place);
}

/**
 * A page of what lies in a folder, by name. It reads the rows of all files below the folder, of which a run has no
 * more than 100,000.
 */
export async function listArtifacts(
  { pool }: Pick<Database, 'pool'>,
  { runId, prefix, recursive }: Listing,
  { after, before, limit, inverted }: EntryPage,
): Promise<ArtifactEntry[]> {
  const start = prefix === '' ? '' : `${prefix}/`;
  const values: unknown[] = [runId, start, `${prefix}0`, start.length + 1, limit];
  const add = (value: string): string => `$${values.push(value)}`;
  // All that is below a folder stands between `folder/` and `folder0`: 0 is the letter after the slash.
  const below = `WHERE run_id = $1 AND latest AND ($2 = '' OR (path > $2 AND path < $3))`;
  const name = recursive ? 'rest' : `split_part(rest, '/', 1) COLLATE "C"`;
  const bounds = [
    ...(after === undefined ? [] : [`name > ${add(after)}`]),
    ...(before === undefined ? [] : [`name < ${add(before)}`]),
  ];
  const { rows } = await pool.query<Omit<ArtifactEntry, 'path'>>(
    `SELECT name, bool_or(nested) AS "isFolder", count(*)::int AS files, sum(size)::int8 AS size,
            CASE WHEN bool_or(nested) THEN NULL ELSE max(id) END AS id
       FROM (
         SELECT id, size, ${name} AS name, ${recursive ? 'false' : `position('/' IN rest) > 0`} AS nested
           FROM (SELECT id, size, substr(path, $4) AS rest FROM artifact ${below}) AS found
       ) AS entry
      ${bounds.length > 0 ? `WHERE ${bounds.join(' AND ')}` : ''}
      GROUP BY name ORDER BY name ${inverted ? 'DESC' : 'ASC'} LIMIT $5`,
    values,
  );
  return rows.map((row) => ({ ...row, path: `${start}${row.name}` }));
}

/** What an archive of a folder holds. */
export interface ArchivedFile {
  path: string;
  digest: string;
  size: bigint;
  created_at: Date;
}

const AT_ONCE = 1000;

/** All files of a run below a folder, in the order of their paths, read in pages. */
export async function* filesBelow(
  { pool }: Pick<Database, 'pool'>,
  runId: bigint,
  prefix: string,
): AsyncGenerator<ArchivedFile> {
  const start = prefix === '' ? '' : `${prefix}/`;
  for (let after = start; ;) {
    const { rows } = await pool.query<ArchivedFile>(
      `SELECT path, digest, size, created_at FROM artifact
        WHERE run_id = $1 AND latest AND path > $2 AND ($3 = '' OR path < $4) ORDER BY path LIMIT ${AT_ONCE}`,
      [runId, after, start, `${prefix}0`],
    );
    yield* rows;
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)!.path;
  }
}
