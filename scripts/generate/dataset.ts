import type { SamplewiseClient } from '@samplewise/client';
import type { Database } from '@samplewise/database';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { drawFaces, readFaces } from './faces.ts';
import { USAGES, type SampleFacts } from './sample-facts.ts';
import { rowOf } from './target.ts';

const AUDIT_SECONDS = 300;

/** Imports the samples as a FER-2013 CSV, as whoever has one would. @returns id of the dataset version */
export async function importFaces(
  client: SamplewiseClient,
  projectId: string,
  facts: SampleFacts,
  seed: number,
): Promise<string> {
  const faces = await readFaces();
  function* lines(): Generator<string> {
    yield 'emotion,pixels,Usage\n';
    let i = 0;
    for (const pixels of drawFaces(faces, facts, seed)) {
      yield `${facts.label[i]},${pixels.join(' ')},${USAGES[facts.usage[i]!]}\n`;
      i++;
    }
  }
  // Its digits take a quarter of the space so, and hardly less at higher levels.
  const bytes = Readable.from(lines(), { objectMode: false }).pipe(createGzip({ level: 1 }));
  return importUpload(client, projectId, {
    dataset: 'Faces like FER-2013',
    version: `${facts.count} samples`,
    format: 'fer-csv',
    fileName: 'fer2013.csv.gz',
    bytes,
  });
}

interface Upload {
  dataset: string;
  version: string;
  format: 'fer-csv' | 'image-folder';
  fileName: string;
  bytes: Readable;
}

/** @throws Error with what the import finds wrong */
export async function importUpload(
  client: SamplewiseClient,
  projectId: string,
  { bytes, ...upload }: Upload,
): Promise<string> {
  const { digest: uploadDigest } = await client.upload(bytes);
  const { id } = await client.importDataset({ ...upload, projectId, uploadDigest });
  const { datasetVersion, problems } = await client.waitForImport(id);
  if (!datasetVersion) throw new Error(`The import was refused: ${problems.map((p) => p.message).join(' ')}`);
  return datasetVersion.id;
}

/** Waits until the executor has looked for duplicates and leaks in a version. */
export async function waitForAudit({ pool }: Pick<Database, 'pool'>, datasetVersionId: string): Promise<void> {
  const deadline = Date.now() + AUDIT_SECONDS * 1000;
  while (Date.now() < deadline) {
    const sql = 'SELECT version_id FROM dataset_audit WHERE version_id = $1';
    const { rowCount } = await pool.query(sql, [rowOf(datasetVersionId)]);
    if (rowCount === 1) return;
    await sleep(200);
  }
  throw new Error(`${datasetVersionId} was not audited within ${AUDIT_SECONDS} s.`);
}
