import { batched } from '../batched.ts';

/** A config of the same name in the same project. */
export interface ConfigVersion {
  id: bigint;
  version: number;
  digest: string;
  createdAt: Date;
}

export interface ConfigName {
  projectId: bigint;
  name: string;
}

const VERSION_LIMIT = 100;

/** The newest versions of many names in one statement, the newest first. */
const reader = (table: 'model_config' | 'restoration_config') =>
  batched<ConfigName, ConfigVersion[]>(async ({ database }, names) => {
    const { rows } = await database.pool.query<ConfigVersion & { at: bigint }>(
      `SELECT k.at, c.id, c.version, c.digest, c.created_at AS "createdAt"
         FROM unnest($1::int8[], $2::text[]) WITH ORDINALITY AS k (project_id, name, at)
        CROSS JOIN LATERAL (
          SELECT id, version, digest, created_at FROM ${table}
           WHERE project_id = k.project_id AND name = k.name ORDER BY version DESC LIMIT ${VERSION_LIMIT}
        ) AS c ORDER BY k.at, c.version DESC`,
      [names.map((of) => of.projectId), names.map((of) => of.name)],
    );
    const grouped = Map.groupBy(rows, ({ at }) => Number(at) - 1);
    return names.map((_, i) => grouped.get(i) ?? []);
  });

export const versionsOfModel = reader('model_config');
export const versionsOfRestoration = reader('restoration_config');
