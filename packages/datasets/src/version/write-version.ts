import type pg from 'pg';
import { announce, copyRows, inTransaction, storeImageFacts, type Database } from '@samplewise/database';
import {
  digestOfJson,
  InvalidInput,
  problem,
  slugify,
  type Problem,
  type SealedSplit,
  type Split,
} from '@samplewise/domain';
import type { ImportRow } from '../import-row.ts';
import type { BlobRow, SampleColumns } from './sample-columns.ts';

export interface WrittenVersion {
  id: bigint;
  alreadyExisted: boolean;
}

/**
 * Makes a dataset's new version and ends its import, in one transaction: after a crash either all of it is there or
 * nothing. Content that the dataset has already gets no second version.
 * @returns undefined when the import has been ended by another worker
 * @throws InvalidInput (CONFLICT) when other content has the version's name
 */
export async function writeVersion(
  { pool }: Database,
  row: ImportRow,
  columns: SampleColumns,
): Promise<WrittenVersion | undefined> {
  const empty = row.hiddenSplits.find((split) => columns.count(split) === 0);
  if (empty !== undefined) throw new InvalidInput(nothingToHide(empty));
  if (row.hiddenSplits.length > 0) columns.conceal(row.hiddenSplits);
  const { digest, sealed } = columns.identify(row.hiddenSplits);
  return inTransaction(pool, async (client) => {
    if (!(await lockImport(client, row.id))) return undefined;
    const datasetId = await lockDataset(client, row.projectId, row.datasetName);
    const existing = await findVersion(client, datasetId, digest, row);
    const id = existing ?? (await insertVersion(client, datasetId, digest, row, columns));
    const version = { id, alreadyExisted: existing !== undefined };
    if (sealed.length > 0) await hideLabels(client, version.id, sealed);
    await finish(client, row.id, version, columns.length);
    return version;
  });
}

/** False when it is no longer ours to end. */
async function lockImport(client: pg.ClientBase, importId: bigint): Promise<boolean> {
  const { rows } = await client.query<{ status: string }>(
    'SELECT status FROM dataset_import WHERE id = $1 FOR UPDATE',
    [importId],
  );
  return rows[0]?.status === 'RUNNING';
}

/** Finds or makes the dataset; its row stays locked, so that numbers and names of versions are given one at a time. */
async function lockDataset(client: pg.ClientBase, projectId: bigint, name: string): Promise<bigint> {
  const slug = datasetSlug(name);
  await client.query(
    'INSERT INTO dataset (project_id, slug, name) VALUES ($1, $2, $3) ON CONFLICT (project_id, slug) DO NOTHING',
    [projectId, slug, name],
  );
  const { rows } = await client.query<{ id: bigint }>(
    'SELECT id FROM dataset WHERE project_id = $1 AND slug = $2 FOR UPDATE',
    [projectId, slug],
  );
  return rows[0]!.id;
}

/** Names without a Latin letter or digit would all be 'unnamed', and different datasets one. */
function datasetSlug(name: string): string {
  const slug = slugify(name);
  return slug === 'unnamed' ? `unnamed-${digestOfJson(name.normalize('NFC')).slice(0, 12)}` : slug;
}

async function findVersion(
  client: pg.ClientBase,
  datasetId: bigint,
  digest: string,
  row: ImportRow,
): Promise<bigint | undefined> {
  const { rows } = await client.query<{ id: bigint; digest: string }>(
    'SELECT id, digest FROM dataset_version WHERE dataset_id = $1 AND (digest = $2 OR name = $3)',
    [datasetId, digest, row.versionName],
  );
  const same = rows.find((version) => version.digest === digest);
  if (!same && rows.length > 0) throw new InvalidInput(nameTaken(row));
  return same?.id;
}

async function insertVersion(
  client: pg.ClientBase,
  datasetId: bigint,
  digest: string,
  row: ImportRow,
  columns: SampleColumns,
): Promise<bigint> {
  const { rows } = await client.query<{ id: bigint }>(
    `INSERT INTO dataset_version (dataset_id, number, name, digest, labels, sample_count)
     SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5 FROM dataset_version WHERE dataset_id = $1
     RETURNING id`,
    [datasetId, row.versionName, digest, columns.labels, columns.length],
  );
  const { id } = rows[0]!;
  await insertBlobs(client, columns.blobs());
  await storeImageFacts(client, columns.images());
  await copyRows(client, 'sample (version_id, index, split, label, digest, source)', columns.rows(), (out, sample) => {
    out.begin(6);
    out.int8(id);
    out.int4(sample.index);
    out.text(sample.split);
    out.int2(sample.label);
    out.text(sample.digest);
    out.text(sample.source);
  });
  return id;
}

async function hideLabels(client: pg.ClientBase, versionId: bigint, sealed: readonly SealedSplit[]): Promise<void> {
  await client.query(
    `INSERT INTO hidden_labels (version_id, split, salt, commitment)
     SELECT $1, split::"Split", salt, commitment FROM unnest($2::text[], $3::text[], $4::text[]) AS t (split, salt, commitment)`,
    [versionId, sealed.map(({ split }) => split), sealed.map(({ salt }) => salt), sealed.map((s) => s.commitment)],
  );
}

/**
 * Writes the blobs' rows that are not there yet, in the order of their digests, so that imports of the same images take
 * their locks in the same order and never wait for each other in a circle.
 */
async function insertBlobs(client: pg.ClientBase, blobs: Iterable<BlobRow>): Promise<void> {
  await client.query(
    'CREATE TEMPORARY TABLE imported_blob (digest char(64), size bigint, media_type text) ON COMMIT DROP',
  );
  await copyRows(client, 'imported_blob (digest, size, media_type)', blobs, (out, blob) => {
    out.begin(3);
    out.text(blob.digest);
    out.int8(BigInt(blob.size));
    out.text(blob.mediaType);
  });
  await client.query(
    `INSERT INTO blob (digest, size, media_type)
     SELECT DISTINCT ON (digest) digest, size, media_type FROM imported_blob ORDER BY digest
     ON CONFLICT (digest) DO NOTHING`,
  );
}

async function finish(
  client: pg.ClientBase,
  importId: bigint,
  version: WrittenVersion,
  samples: number,
): Promise<void> {
  await client.query(
    `UPDATE dataset_import SET status = 'FINISHED', dataset_version_id = $2, already_existed = $3, samples_done = $4,
            samples_total = $4, problem_count = 0, problems = '[]', finished_at = now(),
            upload_digest = CASE WHEN cardinality(hidden_splits) = 0 THEN upload_digest END
      WHERE id = $1`,
    [importId, version.id, version.alreadyExisted, samples],
  );
  await announce((sql, values) => client.query(sql, values), { kind: 'import', importId: String(importId) });
}

const nothingToHide = (split: Split): Problem =>
  problem('INVALID_VALUE', `No sample is of the split ${split}, whose labels were to be hidden.`, {
    place: 'hiddenSplits',
    value: split,
    mend: 'See how the file names its splits.',
  });

function nameTaken(row: ImportRow): Problem {
  return problem('CONFLICT', `The dataset '${row.datasetName}' has a version '${row.versionName}' of other content.`, {
    place: 'version',
    value: row.versionName,
    mend: 'Versions never change. Choose another name for this one.',
  });
}
