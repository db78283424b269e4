import type { Visibility } from '@samplewise/database';
import type { Services } from '../context.ts';
import { decide, isUnbounded, type Actor, type Verdict } from './policy.ts';

/**
 * Blobs are stored once for all: one may be read by whom something may be read that refers to it. Each part of the
 * statement stands on an index.
 */
const PROJECTS_OF_BLOB = `
  WITH RECURSIVE origin (digest) AS (
    SELECT $1::char(64)
    UNION SELECT r.input_digest FROM restored_image r JOIN origin ON r.output_digest = origin.digest
  ), referring (project_id, visibility) AS (
    SELECT d.project_id, NULL::"Visibility" FROM origin JOIN sample s ON s.digest = origin.digest
      JOIN dataset_version v ON v.id = s.version_id JOIN dataset d ON d.id = v.dataset_id
    UNION SELECT project_id, NULL FROM dataset_import WHERE upload_digest = $1::char(64)
    UNION SELECT r.project_id, NULL FROM artifact a JOIN run r ON r.id = a.run_id WHERE a.digest = $1::char(64)
    UNION SELECT r.project_id, NULL FROM training_features f JOIN run r ON r.id = f.run_id WHERE f.digest = $1::char(64)
    UNION SELECT project_id, NULL FROM model_config WHERE jsonb_path_query_array(spec, '$.**.digest') ? $1
    UNION SELECT project_id, NULL FROM restoration_config WHERE jsonb_path_query_array(steps, '$.**.digest') ? $1
    -- As for trials themselves, see resources.ts.
    UNION SELECT t.project_id, 'PRIVATE'::"Visibility" FROM origin JOIN trial t ON t.image_digest = origin.digest
  )
  SELECT DISTINCT p.team_id, coalesce(r.visibility, p.visibility) AS visibility
    FROM referring r JOIN project p ON p.id = r.project_id WHERE p.deleted_at IS NULL`;

export async function mayReadBlob(
  { database }: Pick<Services, 'database'>,
  actor: Actor,
  digest: string,
): Promise<Verdict> {
  if (isUnbounded(actor)) return 'allowed';
  const { rows } = await database.pool.query<{ team_id: bigint; visibility: Visibility }>(PROJECTS_OF_BLOB, [
    digest.slice(0, 64),
  ]);
  const verdicts = rows.map(({ team_id: teamId, visibility }) =>
    decide(actor, 'read', { kind: 'project', teamId, visibility, deleted: false }),
  );
  return verdicts.find((verdict) => verdict === 'allowed') ?? decide(actor, 'read', undefined);
}
