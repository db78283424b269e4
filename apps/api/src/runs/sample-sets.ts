import type { Database, Split } from '@samplewise/database';
import { LRUCache } from 'lru-cache';

/** What predictions of a run are checked against. */
export interface SampleSet {
  labels: readonly string[];
  /** 1 for each index of a sample that the run is about. */
  members: Uint8Array;
}

/** Dataset versions do not change, so that what was read stays true; bounded by bytes, one a sample. */
const cache = new LRUCache<string, SampleSet>({
  maxSize: 64 * 1024 * 1024,
  sizeCalculation: ({ members }) => members.length + 1000,
});

/** The samples of a version, or of one of its splits. */
export async function sampleSet(
  { prisma, pool }: Pick<Database, 'prisma' | 'pool'>,
  versionId: bigint,
  split: Split | null,
): Promise<SampleSet> {
  const key = `${versionId} ${split ?? ''}`;
  const known = cache.get(key);
  if (known) return known;
  const { labels, sampleCount } = await prisma.datasetVersion.findUniqueOrThrow({ where: { id: versionId } });
  const members = new Uint8Array(sampleCount);
  const { rows } = await pool.query<{ index: number }>(
    'SELECT index FROM sample WHERE version_id = $1 AND ($2::"Split" IS NULL OR split = $2::"Split")',
    [versionId, split],
  );
  for (const { index } of rows) members[index] = 1;
  const set = { labels, members };
  cache.set(key, set);
  return set;
}
