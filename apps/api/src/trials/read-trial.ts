import { modelSpec } from '@samplewise/domain';
import { batched } from '../batched.ts';

/** Trials that were asked for before these and wait like them. */
export const trialsAhead = batched<bigint, number>(async ({ database }, ids) => {
  const { rows } = await database.pool.query<{ ahead: number }>(
    `SELECT (SELECT count(*)::int FROM trial WHERE status = 'QUEUED' AND trial.id < k.id) AS ahead
       FROM unnest($1::bigint[]) WITH ORDINALITY AS k (id, at) ORDER BY k.at`,
    [[...ids]],
  );
  return rows.map(({ ahead }) => ahead);
});

/** Of a stored spec. */
export const labelsOfModel = (model: unknown): readonly string[] =>
  model === null ? [] : modelSpec.parse(model).labels;
