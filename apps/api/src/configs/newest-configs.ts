import type { Database } from '@samplewise/database';

export interface NamePage {
  before: string | undefined;
  after: string | undefined;
  limit: number;
  inverted: boolean;
}

/** Row numbers of the newest version of each name, by name; the unique index of names and versions gives them in order. */
export async function newestConfigs(
  { pool }: Pick<Database, 'pool'>,
  table: 'model_config' | 'restoration_config',
  projectId: bigint,
  { before, after, limit, inverted }: NamePage,
): Promise<bigint[]> {
  const direction = inverted ? 'DESC' : 'ASC';
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT id FROM (
       SELECT DISTINCT ON (name) name, id FROM ${table}
        WHERE project_id = $1 AND ($2::text IS NULL OR name > $2) AND ($3::text IS NULL OR name < $3)
        ORDER BY name ${direction}, version DESC LIMIT $4
     ) AS newest`,
    [projectId, after ?? null, before ?? null, limit],
  );
  return rows.map(({ id }) => id);
}
