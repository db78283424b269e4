import type { Database } from '@samplewise/database';
import { SPLITS } from '@samplewise/domain';
import { COMPARISON_LIMIT, refusal } from '../../comparison/comparable-runs.ts';
import type { AnsweringRun } from '../run-answers.ts';
import type { RunCondition } from './query.ts';

export interface RunOfQuery extends AnsweringRun {
  /** Position in SPLITS of the samples that it is about; -1: all of them. */
  split: number;
}

/**
 * The runs that a search looks at, in the order asked for.
 * @throws InvalidInput for one that is not there, is about other samples or is named twice, and for more than 20
 */
export async function runsOfQuery(
  { prisma }: Pick<Database, 'prisma'>,
  versionId: bigint,
  conditions: readonly RunCondition[],
): Promise<RunOfQuery[]> {
  if (conditions.length === 0) return [];
  const place = 'filter.runs';
  if (conditions.length > COMPARISON_LIMIT) {
    throw refusal(
      'INVALID_VALUE',
      place,
      'These are too many runs.',
      conditions.length,
      `Name up to ${COMPARISON_LIMIT}.`,
    );
  }
  const rows = await prisma.run.findMany({
    where: { id: { in: conditions.map(({ runId }) => runId) }, deletedAt: null },
    select: {
      id: true,
      evaluation: { select: { predictionsDigest: true } },
      experiment: { select: { split: true, datasetVersionId: true } },
    },
  });
  return conditions.map(({ runId }, i) => {
    const [value, here] = [`Run_${runId}`, `${place}.${i}.runId`];
    if (conditions.findIndex((other) => other.runId === runId) < i) {
      throw refusal('INVALID_VALUE', here, 'The run is named twice.', value, 'Say all that must hold of it at once.');
    }
    const row = rows.find(({ id }) => id === runId);
    if (!row) throw refusal('NOT_FOUND', here, 'There is no such run.', value);
    const { split, datasetVersionId } = row.experiment;
    if (datasetVersionId !== versionId) {
      throw refusal('INVALID_VALUE', here, 'The run is about the samples of another dataset version.', value);
    }
    return {
      id: runId,
      predictionsDigest: row.evaluation?.predictionsDigest,
      split: split === null ? -1 : SPLITS.indexOf(split),
    };
  });
}
