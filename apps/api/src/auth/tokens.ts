import { createHash, randomBytes } from 'node:crypto';
import type { Role, TokenScope } from '@samplewise/database';
import type pg from 'pg';
import type { Actor } from './policy.ts';

/** So that a token is known for one where it was pasted by mistake. */
const PREFIX = 'sw_';
const BYTES = 32;

/** A new secret and what is stored of it. 256 random bits need no slow hash. */
export function newSecret(): { secret: string; digest: string } {
  const secret = PREFIX + randomBytes(BYTES).toString('base64url');
  return { secret, digest: digestOf(secret) };
}

export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

interface Row {
  id: bigint;
  name: string;
  kind: 'PERSONAL' | 'SERVICE';
  scope: TokenScope;
  person_id: string | null;
  team_id: bigint | null;
  role: Role | null;
  revoked: boolean;
  expired: boolean;
  stale: boolean;
  memberships: { teamId: string; role: Role }[];
}

/**
 * The actor of a token, with the rights that its person has now.
 * @returns or why there is none
 */
export async function actorOfToken(pool: pg.Pool, secret: string): Promise<Actor | { reason: string }> {
  const unknown = { reason: 'The token is not valid.' };
  if (!secret.startsWith(PREFIX)) return unknown;
  const { rows } = await pool.query<Row>(
    `SELECT t.id, t.name, t.kind, t.scope, t.person_id, t.team_id, t.role,
            t.revoked_at IS NOT NULL AS revoked,
            COALESCE(t.expires_at <= now(), false) AS expired,
            COALESCE(t.last_used_at < now() - interval '1 minute', true) AS stale,
            ARRAY(SELECT json_build_object('teamId', m.team_id::text, 'role', m.role)
                    FROM membership m
                   WHERE m.person_id = t.person_id AND (t.team_id IS NULL OR m.team_id = t.team_id)) AS memberships
       FROM token t WHERE t.digest = $1`,
    [digestOf(secret)],
  );
  const row = rows[0];
  if (!row) return unknown;
  if (row.revoked) return { reason: 'The token was revoked.' };
  if (row.expired) return { reason: 'The token has expired.' };
  // At most once a minute, so that reading stays reading.
  if (row.stale) await pool.query('UPDATE token SET last_used_at = now() WHERE id = $1', [row.id]);
  const roles: [bigint, Role][] =
    row.kind === 'SERVICE'
      ? [[row.team_id!, row.role!]]
      : row.memberships.map(({ teamId, role }) => [BigInt(teamId), role]);
  return {
    kind: 'token',
    tokenId: row.id,
    name: row.name,
    personId: row.person_id,
    scope: row.scope,
    roles: new Map(roles),
  };
}
