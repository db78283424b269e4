import { ARTIFACT_LIMITS, artifactPath, InvalidInput, parseInput, problem } from '@samplewise/domain';
import { inTransaction } from '@samplewise/database';
import type pg from 'pg';
import { z } from 'zod';
import type { Services } from '../context.ts';
import { lockRun } from '../runs/lock-run.ts';
import { checkCount, checkPaths } from './check-paths.ts';

const paths = z
  .array(artifactPath)
  .min(1, 'must not be empty')
  .max(ARTIFACT_LIMITS.batch, 'can be at most 1,000')
  .transform((all) => [...new Set(all)]);

/** Puts files of a run into the bin with all their versions, all or none. @throws InvalidInput */
export async function deleteArtifacts(
  { database }: Pick<Services, 'database'>,
  runId: bigint,
  input: unknown,
): Promise<void> {
  const wanted = parseInput(paths, input, 'input.paths');
  await inTransaction(database.pool, async (client) => {
    await lockRun(client, runId);
    await checkPresent(client, runId, wanted, 'latest');
    await client.query(
      `UPDATE artifact SET latest = false, deleted_at = now()
        WHERE run_id = $1 AND path = ANY($2::text[]) AND deleted_at IS NULL`,
      [runId, wanted],
    );
  });
}

/**
 * Takes files out of the bin with all their versions, all or none. Where the path has been logged again meanwhile,
 * that stays the latest version.
 * @throws InvalidInput
 */
export async function restoreArtifacts(
  { database }: Pick<Services, 'database'>,
  runId: bigint,
  input: unknown,
): Promise<void> {
  const wanted = parseInput(paths, input, 'input.paths');
  await inTransaction(database.pool, async (client) => {
    await lockRun(client, runId);
    await checkPresent(client, runId, wanted, 'deleted_at IS NOT NULL');
    await checkPaths(client, runId, wanted, (i) => `input.paths.${i}`);
    await client.query('UPDATE artifact SET deleted_at = NULL WHERE run_id = $1 AND path = ANY($2::text[])', [
      runId,
      wanted,
    ]);
    await client.query(
      `UPDATE artifact SET latest = version = (
         SELECT max(version) FROM artifact a WHERE a.run_id = artifact.run_id AND a.path = artifact.path
       ) WHERE run_id = $1 AND path = ANY($2::text[])`,
      [runId, wanted],
    );
    await checkCount(client, runId);
  });
}

async function checkPresent(
  client: pg.ClientBase,
  runId: bigint,
  wanted: readonly string[],
  condition: string,
): Promise<void> {
  const { rows } = await client.query<{ path: string }>(
    `SELECT DISTINCT path FROM artifact WHERE run_id = $1 AND path = ANY($2::text[]) AND ${condition}`,
    [runId, wanted],
  );
  const present = new Set(rows.map(({ path }) => path));
  const [first, ...more] = wanted.flatMap((path, i) =>
    present.has(path)
      ? []
      : [problem('NOT_FOUND', 'The run has no such file there.', { place: `input.paths.${i}`, value: path })],
  );
  if (first) throw new InvalidInput(first, ...more);
}
