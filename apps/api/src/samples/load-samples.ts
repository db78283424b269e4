import type { Sample } from '@samplewise/database';
import { batched } from '../batched.ts';

export interface SampleKey {
  versionId: bigint;
  index: number;
}

/** Samples by version and index, in one statement for all that are asked for at once; of those that there are. */
export const loadSample = batched<SampleKey, Sample>(async ({ database }, keys) => {
  const { rows } = await database.pool.query<Omit<Sample, 'versionId'> & { version_id: bigint }>(
    `SELECT s.version_id, s.index, s.split, s.label, s.digest, s.source
       FROM (SELECT DISTINCT * FROM unnest($1::int8[], $2::int4[]) AS k (version_id, index)) AS k
       JOIN sample s USING (version_id, index)`,
    [keys.map(({ versionId }) => versionId), keys.map(({ index }) => index)],
  );
  const nameOf = (versionId: bigint, index: number): string => `${versionId}-${index}`;
  const byName = new Map(
    rows.map(({ version_id: versionId, ...row }) => [nameOf(versionId, row.index), { versionId, ...row }]),
  );
  return keys.map(({ versionId, index }) => byName.get(nameOf(versionId, index))!);
});
