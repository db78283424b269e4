import { InvalidInput, problem } from '@samplewise/domain';
import type pg from 'pg';
import { createHash } from 'node:crypto';

/** SHA-256 over what a batch holds, in its order. */
export function digestOfColumns(parts: readonly (NodeJS.ArrayBufferView | string | undefined | null)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    // Lengths keep apart what would read the same side by side.
    hash.update(part == null ? '-' : `${typeof part === 'string' ? part.length : part.byteLength}:`);
    if (part != null) hash.update(part);
  }
  return hash.digest('hex');
}

/**
 * Notes a batch in the caller's transaction.
 * @returns false when it is there already: then there is nothing to do
 * @throws InvalidInput when another batch had this id
 */
export async function claimBatch(
  client: pg.ClientBase,
  runId: bigint,
  batchId: string,
  rows: number,
  digest: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    'INSERT INTO ingest_batch (run_id, batch_id, rows, digest) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [runId, batchId, rows, digest],
  );
  if (rowCount === 1) return true;
  const known = await client.query<{ digest: string }>(
    'SELECT digest FROM ingest_batch WHERE run_id = $1 AND batch_id = $2',
    [runId, batchId],
  );
  if (known.rows[0]?.digest === digest) return false;
  throw new InvalidInput(
    problem('CONFLICT', 'Another batch with this id and other content was logged before.', {
      place: 'input.batchId',
      value: batchId,
      mend: 'Give each batch an id of its own, such as a UUID; repeat one only to send the same again.',
    }),
  );
}
