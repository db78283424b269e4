import type { ModelKind } from './generated/prisma/client.ts';

export interface NewModelConfig {
  projectId: bigint;
  name: string;
  kind: ModelKind;
  /** packages/domain's ModelSpec, parsed */
  spec: unknown;
  /** SHA-256 of the spec. */
  digest: string;
}

export interface CreatedConfig {
  id: bigint;
  /** False when the project had this very config under this name. */
  created: boolean;
}

/**
 * Stores a model config as the next version of its name, in the caller's transaction, which has locked the blobs that it
 * names; the same description again gives the version that is there. The project's row is locked, so that versions are
 * counted one after another.
 * @param query of a transaction, Prisma's or that of a connection
 */
export async function insertModelConfig(
  query: (sql: string, values: unknown[]) => Promise<{ id: bigint }[]>,
  { projectId, name, kind, spec, digest }: NewModelConfig,
): Promise<CreatedConfig> {
  await query('SELECT id FROM project WHERE id = $1 FOR UPDATE', [projectId]);
  const [present] = await query('SELECT id FROM model_config WHERE project_id = $1 AND name = $2 AND digest = $3', [
    projectId,
    name,
    digest,
  ]);
  if (present) return { id: present.id, created: false };
  const [made] = await query(
    `INSERT INTO model_config (project_id, name, version, kind, spec, digest)
     SELECT $1, $2, count(*) + 1, $3::text::"ModelKind", $4::text::jsonb, $5
       FROM model_config WHERE project_id = $1 AND name = $2
     RETURNING id`,
    [projectId, name, kind, JSON.stringify(spec), digest],
  );
  return { id: made!.id, created: true };
}
