import type { Database, Split } from '@samplewise/database';
import { InvalidInput, problem } from '@samplewise/domain';

/** Most runs of one comparison: a table with a column each can still be read. */
export const COMPARISON_LIMIT = 20;

/** A run with what it takes to read and compare its predictions. */
export interface ComparableRun {
  id: bigint;
  digest: string;
  versionId: bigint;
  split: Split | null;
  labels: readonly string[];
}

/**
 * Runs that were evaluated on the same samples, in the order asked for.
 * @param place of the ids in what was asked
 * @throws InvalidInput
 */
export async function comparableRuns(
  { prisma }: Pick<Database, 'prisma'>,
  ids: readonly bigint[],
  place = 'runIds',
): Promise<ComparableRun[]> {
  const rows = await prisma.run.findMany({
    where: { id: { in: [...ids] }, deletedAt: null },
    select: {
      id: true,
      evaluation: { select: { predictionsDigest: true } },
      experiment: {
        select: { split: true, datasetVersionId: true, datasetVersion: { select: { labels: true } } },
      },
    },
  });
  const runs = ids.map((id): ComparableRun => {
    const row = rows.find((candidate) => candidate.id === id);
    const value = `Run_${id}`;
    if (!row) throw refusal('NOT_FOUND', place, 'There is no such run.', value);
    const { datasetVersionId: versionId, datasetVersion, split } = row.experiment;
    if (!row.evaluation || versionId === null || !datasetVersion) {
      throw refusal('INVALID_VALUE', place, 'The run has no evaluation.', value, 'Compare runs that are FINISHED.');
    }
    return { id, digest: row.evaluation.predictionsDigest, versionId, split, labels: datasetVersion.labels };
  });
  const other = runs.find((run) => run.versionId !== runs[0]!.versionId || run.split !== runs[0]!.split);
  if (other) {
    throw refusal(
      'INVALID_VALUE',
      place,
      'The runs are not about the same samples.',
      `Run_${other.id}`,
      'Compare runs of one dataset version and split.',
    );
  }
  return runs;
}

/** As an error of an argument. */
export const refusal = (
  code: 'INVALID_VALUE' | 'NOT_FOUND',
  place: string,
  message: string,
  value: unknown,
  mend?: string,
) => new InvalidInput(problem(code, message, { place, value, ...(mend !== undefined && { mend }) }));
