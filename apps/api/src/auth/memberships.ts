import type { Role } from '@samplewise/database';
import type pg from 'pg';
import type { Roles } from './policy.ts';

export async function rolesOf(pool: pg.Pool, personId: string): Promise<Roles> {
  const { rows } = await pool.query<{ team_id: bigint; role: Role }>(
    'SELECT team_id, role FROM membership WHERE person_id = $1',
    [personId],
  );
  return new Map(rows.map(({ team_id, role }) => [team_id, role]));
}
