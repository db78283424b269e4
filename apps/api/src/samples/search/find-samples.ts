import type { Database } from '@samplewise/database';
import { InvalidInput, problem } from '@samplewise/domain';
import { LRUCache } from 'lru-cache';
import { runAnswers } from '../run-answers.ts';
import { versionSamples, type VersionSamples } from '../version-samples.ts';
import { conditionsOf, type Answering } from './match.ts';
import { ordered, type Ordered } from './order.ts';
import type { SampleQuery } from './query.ts';
import { runsOfQuery } from './runs-of-query.ts';

/** All samples that fit, in their order, with what they were found by. */
export interface Found extends Ordered {
  samples: VersionSamples;
  runs: Answering;
}

/** Answers that are held at once: 20 runs of 1,000,000 samples, or fewer of more. */
const MOST_ANSWERS = 20_000_000;

/** Pages of one search are asked for one after another. */
const cache = new LRUCache<string, Ordered>({
  maxSize: 64 * 1024 * 1024,
  sizeCalculation: ({ indices, values }) => indices.byteLength + (values?.byteLength ?? 0) + 1000,
});

/**
 * Finds samples of a version. All of its columns are in memory, so that any filter costs some nanoseconds a sample and
 * run, and any page of any order nothing: 36,000 samples against 20 runs take some 10 ms, and a cache keeps the order.
 * @throws InvalidInput
 */
export async function findSamples(
  database: Pick<Database, 'pool' | 'prisma'>,
  versionId: bigint,
  query: SampleQuery,
): Promise<Found> {
  const conditions = query.filter.runs ?? [];
  const named = await runsOfQuery(database, versionId, conditions);
  const samples = await versionSamples(database, versionId);
  if (named.length * samples.truth.length > MOST_ANSWERS) throw tooMany(named.length, samples.truth.length);
  const answers = await runAnswers(database, named, samples);
  const runs = named.map((run, i) => ({ ...run, ...answers[i]! }));
  // What goes on is searched anew: its answers change under the same name.
  const lasts = samples.audited && runs.every((run) => run.predictionsDigest !== undefined);
  const key = JSON.stringify([versionId, query, runs.map((run) => run.predictionsDigest)], (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  const known = lasts ? cache.get(key) : undefined;
  if (known) return { ...known, samples, runs };
  const holding = conditionsOf(samples, query.filter, runs);
  const found = ordered(samples, matching(samples.truth.length, holding), query.order, runs);
  if (lasts) cache.set(key, found);
  return { ...found, samples, runs };
}

function matching(count: number, conditions: readonly ((index: number) => boolean)[]): Int32Array {
  const found = new Int32Array(count);
  let length = 0;
  for (let i = 0; i < count; i++) {
    if (conditions.every((holds) => holds(i))) found[length++] = i;
  }
  return found.slice(0, length);
}

const tooMany = (runs: number, samples: number): InvalidInput =>
  new InvalidInput(
    problem('TOO_LARGE', `These are the answers of ${runs} runs to ${samples} samples each.`, {
      place: 'filter.runs',
      mend: `Name fewer runs: ${MOST_ANSWERS} answers are looked at.`,
    }),
  );
