import { IMAGE_STATE, inTransaction, readVersionColumns, type VersionColumns } from '@samplewise/database';
import { SPLITS } from '@samplewise/domain';
import { BLANK_CONTRAST, type DatasetColumns } from '@samplewise/evaluation';
import type pg from 'pg';
import type { ImportDependencies } from '../import-dataset.ts';
import { auditAside } from './audit-aside.ts';
import { measureImages } from './measure-images.ts';
import { writeAudit } from './write-audit.ts';

/** Changes whenever the same version would be audited otherwise: then all of them are, anew. */
export const AUDIT_VERSION = '1';
/**
 * Bits that perceptual hashes of near duplicates may differ in: among FER-2013's faces hardly a pair within it is of two
 * pictures.
 */
const MAXIMUM_DISTANCE = 4;

/**
 * Measures a version's images as far as they are not yet, audits it and stores what was found. To repeat is harmless.
 * @param within also done in the transaction that stores it
 */
export async function auditVersion(
  { database, storage, log }: ImportDependencies,
  versionId: bigint,
  within: (client: pg.ClientBase) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { rows } = await database.pool.query<{ labels: string[]; code_version: string | null }>(
    `SELECT v.labels, a.code_version FROM dataset_version v LEFT JOIN dataset_audit a ON a.version_id = v.id
      WHERE v.id = $1`,
    [versionId],
  );
  const [version] = rows;
  if (!version || version.code_version === AUDIT_VERSION) return;
  const started = performance.now();
  const images = await measureImages({ database, storage }, versionId);
  const columns = await readVersionColumns(database, versionId);
  const audit = await auditAside(toDataset(columns, version.labels), MAXIMUM_DISTANCE);
  await inTransaction(database.pool, async (client) => {
    if (!(await lockVersion(client, versionId))) return;
    await writeAudit(client, versionId, AUDIT_VERSION, audit, columns);
    await within(client);
  });
  log?.info(
    { versionId: String(versionId), ...images, milliseconds: performance.now() - started },
    'a dataset version was audited',
  );
}

/** Two that audit it write one after the other. */
async function lockVersion(client: pg.ClientBase, versionId: bigint): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM dataset_version WHERE id = $1 FOR NO KEY UPDATE', [versionId]);
  return rowCount === 1;
}

function toDataset(columns: VersionColumns, labels: readonly string[]): DatasetColumns {
  const { truth, split, same, hash, state, contrast } = columns;
  return {
    labels,
    splits: SPLITS,
    truth,
    split: Uint8Array.from(split),
    digests: same,
    hashes: hash,
    corrupt: Uint8Array.from(state, (is) => (is === IMAGE_STATE.MEASURED ? 0 : 1)),
    blank: Uint8Array.from(contrast, (sd) => (sd < BLANK_CONTRAST ? 1 : 0)),
  };
}
