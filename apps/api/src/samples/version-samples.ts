import { readVersionColumns, type Database, type VersionColumns } from '@samplewise/database';
import { SPLITS } from '@samplewise/domain';
import { LRUCache } from 'lru-cache';

/** A version's samples in columns, with what its audit found. */
export interface VersionSamples extends VersionColumns {
  versionId: bigint;
  labels: readonly string[];
  /** Until then images may not all be measured, and no leak is known. */
  audited: boolean;
  /** Bits, 1 << position in SPLITS: in which earlier splits a duplicate stands. */
  leakedFrom: Uint8Array;
}

const BYTES_OF_SAMPLE = 40;
const HOUR = 3600 * 1000;
/** What is not audited yet changes soon. */
const SOON = 2000;

/** Versions do not change, and are read whole; bounded by bytes. Those who ask for the same wait for one reading. */
const cache = new LRUCache<string, VersionSamples, Pick<Database, 'pool'>>({
  maxSize: 192 * 1024 * 1024,
  sizeCalculation: ({ truth }) => truth.length * BYTES_OF_SAMPLE + 1000,
  fetchMethod: async (key, _stale, { context, options }) => {
    const samples = await read(context, BigInt(key));
    options.ttl = samples.audited ? HOUR : SOON;
    return samples;
  },
});

/** @param versionId of a version that there is */
export async function versionSamples(database: Pick<Database, 'pool'>, versionId: bigint): Promise<VersionSamples> {
  const samples = await cache.fetch(String(versionId), { context: database });
  if (!samples) throw new Error(`the samples of dataset version ${versionId} were not read`);
  return samples;
}

async function read(database: Pick<Database, 'pool'>, versionId: bigint): Promise<VersionSamples> {
  // Whether it is audited first: what is read after it is complete then.
  const { rows } = await database.pool.query<{ labels: string[]; audited: boolean }>(
    `SELECT labels, EXISTS (SELECT 1 FROM dataset_audit WHERE version_id = $1) AS audited
       FROM dataset_version WHERE id = $1`,
    [versionId],
  );
  const columns = await readVersionColumns(database, versionId);
  const leakedFrom = new Uint8Array(columns.truth.length);
  const { rows: leaks } = await database.pool.query<{ from_split: (typeof SPLITS)[number]; indices: number[] }>(
    'SELECT from_split, array_agg(index) AS indices FROM sample_leak WHERE version_id = $1 GROUP BY from_split',
    [versionId],
  );
  for (const { from_split: from, indices } of leaks) {
    for (const index of indices) leakedFrom[index]! |= 1 << SPLITS.indexOf(from);
  }
  return { ...columns, versionId, labels: rows[0]?.labels ?? [], audited: rows[0]?.audited ?? false, leakedFrom };
}
