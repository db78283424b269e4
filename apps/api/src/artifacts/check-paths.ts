import { ARTIFACT_LIMITS, foldersOf, InvalidInput, problem, type Problem } from '@samplewise/domain';
import type pg from 'pg';

const TOLD_LIMIT = 20;

/**
 * Makes sure that new files can lie beside each other and beside those of the run on any file system: none twice, no
 * two that differ by the case of letters alone, none that is a file here and a folder there.
 * @param placeOf where the path at a position was given
 * @throws InvalidInput naming each
 */
export async function checkPaths(
  client: pg.ClientBase,
  runId: bigint,
  paths: readonly string[],
  placeOf: (position: number) => string,
): Promise<void> {
  const problems: Problem[] = [];
  const tell = (i: number, message: string, mend: string): void => {
    if (problems.length >= TOLD_LIMIT) return;
    problems.push(problem('CONFLICT', message, { place: placeOf(i), value: paths[i], mend }));
  };
  const first = new Map<string, number>();
  for (const [i, path] of paths.entries()) {
    if (first.has(path)) tell(i, 'This path comes twice.', 'Send a new version in a batch of its own.');
    else first.set(path, i);
  }
  for (const { i, other } of await differingByCase(client, runId, [...first.keys()])) {
    const mend = 'Use the same letters, or another name: many file systems take them for one file.';
    tell(first.get(i)!, `There is '${other}', which differs by the case of letters alone.`, mend);
  }
  for (const { i, other } of await filesForFolders(client, runId, [...first.keys()])) {
    tell(first.get(i)!, `There is '${other}', and one of them would be a file and a folder.`, 'Use another name.');
  }
  const [one, ...more] = problems;
  if (one) throw new InvalidInput(one, ...more);
}

interface Clash {
  /** One of the new paths. */
  i: string;
  /** What it meets. */
  other: string;
}

async function differingByCase(client: pg.ClientBase, runId: bigint, paths: readonly string[]): Promise<Clash[]> {
  // As the index has it, so that nothing passes here that it refuses.
  const folded = (column: string): string => `lower(${column} COLLATE "und-x-icu")`;
  const { rows } = await client.query<Clash>(
    `WITH new AS (SELECT path, ordinality AS place FROM unnest($2::text[]) WITH ORDINALITY AS n(path, ordinality))
     SELECT n.path AS i, a.path AS other FROM new n
       JOIN artifact a ON a.run_id = $1 AND a.latest AND ${folded('a.path')} = ${folded('n.path')} AND a.path <> n.path
      UNION ALL
     SELECT n.path, m.path FROM new n JOIN new m ON ${folded('m.path')} = ${folded('n.path')} AND m.place < n.place`,
    [runId, paths],
  );
  return rows;
}

async function filesForFolders(client: pg.ClientBase, runId: bigint, paths: readonly string[]): Promise<Clash[]> {
  const files = new Set(paths);
  const folders = new Map<string, string>();
  for (const path of paths) for (const folder of foldersOf(path)) folders.set(folder, path);
  const among = [...folders].flatMap(([folder, path]) => (files.has(folder) ? [{ i: path, other: folder }] : []));
  // All that is below a folder stands between `folder/` and `folder0`: 0 is the letter after the slash.
  const { rows } = await client.query<Clash>(
    `SELECT n.path AS i, a.path AS other FROM unnest($2::text[], $3::text[]) AS n(folder, path)
       JOIN artifact a ON a.run_id = $1 AND a.latest AND a.path = n.folder
      UNION ALL
     SELECT n.path, below.path FROM unnest($4::text[]) AS n(path)
      CROSS JOIN LATERAL (
        SELECT a.path FROM artifact a
         WHERE a.run_id = $1 AND a.latest AND a.path > n.path || '/' AND a.path < n.path || '0' LIMIT 1
      ) AS below`,
    [runId, [...folders.keys()], [...folders.values()], paths],
  );
  return [...among, ...rows];
}

/** @throws InvalidInput when the run has more files than it may */
export async function checkCount(client: pg.ClientBase, runId: bigint): Promise<void> {
  const { rows } = await client.query<{ count: bigint }>(
    'SELECT count(*) AS count FROM artifact WHERE run_id = $1 AND latest',
    [runId],
  );
  const { count } = rows[0]!;
  if (count <= ARTIFACT_LIMITS.files) return;
  throw new InvalidInput(
    problem('TOO_LARGE', `The run would have ${count} files.`, {
      place: 'input',
      value: count,
      mend: `It may have ${ARTIFACT_LIMITS.files}. Pack them into archives.`,
    }),
  );
}
