import { readLabels, type Candidate, type Database, type LabelColumns } from '@samplewise/database';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import type { Board } from './board.ts';

const READ_AT_ONCE = 4;

/** A board is ranked whenever a run of it ends: the labels of its other runs were read before. */
const cache = new LRUCache<string, LabelColumns>({
  maxSize: 128 * 1024 * 1024,
  sizeCalculation: ({ truth, predicted }) => truth.byteLength + predicted.byteLength + 100,
});

/** Truth and predictions of runs on a board's samples, in the order of the samples. */
export function labelsOf(
  database: Database,
  { versionId, split }: Pick<Board, 'versionId' | 'split'>,
  runs: readonly Pick<Candidate, 'runId' | 'predictionsDigest'>[],
): Promise<LabelColumns[]> {
  const limit = pLimit(READ_AT_ONCE);
  return Promise.all(
    runs.map((run) =>
      limit(async () => {
        const key = [run.runId, run.predictionsDigest, versionId, split].join(' ');
        const known = cache.get(key);
        if (known) return known;
        const columns = await readLabels(database, BigInt(run.runId), versionId, split);
        cache.set(key, columns);
        return columns;
      }),
    ),
  );
}

/** The truth of a board's samples. */
export async function truthOf(database: Database, { versionId, split }: Pick<Board, 'versionId' | 'split'>) {
  const NO_RUN = 0n;
  return (await readLabels(database, NO_RUN, versionId, split)).truth;
}
