import { enqueue, inTransaction, rankLeaderboardsOn } from '@samplewise/database';
import { AUDIT_VERSION, auditVersion } from '@samplewise/datasets';
import type { ExecutorContext } from '../context.ts';

/**
 * Has dataset versions audited that are not yet, or were by older code: that of an import, or all of them. Done at each
 * start, so that versions of before audits get theirs, and one whose executor died after its import too.
 * @returns how many
 */
export async function queueAudits(
  { database, boss }: Pick<ExecutorContext, 'database' | 'boss'>,
  importId?: bigint,
): Promise<number> {
  return inTransaction(database.pool, async (client) => {
    const { rows } = await client.query<{ id: bigint }>(
      `SELECT v.id FROM dataset_version v LEFT JOIN dataset_audit a ON a.version_id = v.id
        WHERE a.code_version IS DISTINCT FROM $1
          AND ($2::bigint IS NULL OR v.id = (SELECT dataset_version_id FROM dataset_import WHERE id = $2))
        ORDER BY v.id`,
      [AUDIT_VERSION, importId],
    );
    const jobs = rows.map(({ id }) => ({ versionId: String(id) }));
    if (jobs.length > 0) await enqueue(boss, client, 'audit-version', jobs);
    return jobs.length;
  });
}

/** Audits a version, and has its leaderboards ranked anew, which count what has leaked. */
export async function auditDatasetVersion(context: ExecutorContext, versionId: bigint): Promise<void> {
  await auditVersion(context, versionId, (client) => rankLeaderboardsOn(context.boss, client, versionId));
}
