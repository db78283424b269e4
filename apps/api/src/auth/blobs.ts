import { labelsHidden, type Visibility } from '@samplewise/database';
import type { Services } from '../context.ts';
import { decide, isUnbounded, seesHiddenLabels, type Actor, type Resource, type Verdict } from './policy.ts';

/**
 * Blobs are stored once for all: one may be read by whom something may be read that refers to it. Each part of the
 * statement stands on an index. `labels`: it may hold labels that are hidden.
 */
const PROJECTS_OF_BLOB = `
  WITH RECURSIVE origin (digest) AS (
    SELECT $1::char(64)
    UNION SELECT r.input_digest FROM restored_image r JOIN origin ON r.output_digest = origin.digest
  ), referring (project_id, visibility, labels) AS (
    SELECT d.project_id, NULL::"Visibility", false FROM origin JOIN sample s ON s.digest = origin.digest
      JOIN dataset_version v ON v.id = s.version_id JOIN dataset d ON d.id = v.dataset_id
    UNION SELECT i.project_id, NULL, cardinality(i.hidden_splits) > 0 OR ${labelsHidden('i.dataset_version_id', 'NULL')}
            FROM dataset_import i WHERE i.upload_digest = $1::char(64)
    UNION SELECT r.project_id, NULL, false FROM artifact a JOIN run r ON r.id = a.run_id WHERE a.digest = $1::char(64)
    UNION SELECT r.project_id, NULL, false FROM training_features f JOIN run r ON r.id = f.run_id WHERE f.digest = $1::char(64)
    UNION SELECT project_id, NULL, false FROM model_config WHERE jsonb_path_query_array(spec, '$.**.digest') ? $1
    UNION SELECT project_id, NULL, false FROM restoration_config WHERE jsonb_path_query_array(steps, '$.**.digest') ? $1
    -- As for trials themselves, see resources.ts.
    UNION SELECT t.project_id, 'PRIVATE'::"Visibility", false FROM origin JOIN trial t ON t.image_digest = origin.digest
  )
  SELECT DISTINCT p.team_id, coalesce(r.visibility, p.visibility) AS visibility, r.labels
    FROM referring r JOIN project p ON p.id = r.project_id WHERE p.deleted_at IS NULL`;

export async function mayReadBlob(
  { database }: Pick<Services, 'database'>,
  actor: Actor,
  digest: string,
): Promise<Verdict> {
  if (isUnbounded(actor)) return 'allowed';
  const { rows } = await database.pool.query<{ team_id: bigint; visibility: Visibility; labels: boolean }>(
    PROJECTS_OF_BLOB,
    [digest.slice(0, 64)],
  );
  const verdicts = rows.map(({ team_id: teamId, visibility, labels }): Verdict => {
    const project: Resource = { kind: 'project', teamId, visibility, deleted: false };
    // A file that has hidden labels is, for whom they are hidden from, not there.
    if (labels && !seesHiddenLabels(actor, project)) return decide(actor, 'read', undefined);
    return decide(actor, 'read', project);
  });
  return verdicts.find((verdict) => verdict === 'allowed') ?? decide(actor, 'read', undefined);
}
