import { InvalidInput, problem } from '@samplewise/domain';
import type { LeaderboardLink, LeaderboardSnapshot } from '@samplewise/database';
import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Services } from '../context.ts';

type Needed = Pick<Services, 'database'>;

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const KEY_BYTES = 32;
/** Of a link; nobody shows one snapshot at more addresses. */
const LINK_LIMIT = 100;
const PASSWORD_LENGTH = { least: 8, most: 200 };
/** What 32 random bytes look like in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Tokens are random, so that a plain digest tells nothing about them. */
const digestOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Makes an address at which a snapshot is read without a login.
 * @returns its token, which nobody can tell again
 * @throws InvalidInput
 */
export async function createLink(
  { database }: Needed,
  snapshotId: bigint,
  { expiresAt, password }: { expiresAt?: Date | undefined; password?: string | undefined },
): Promise<{ id: bigint; token: string }> {
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    throw refusal('INVALID_VALUE', 'input.expiresAt', 'The link would have expired already.', expiresAt.toISOString());
  }
  const { least, most } = PASSWORD_LENGTH;
  if (password !== undefined && (password.length < least || password.length > most)) {
    throw refusal('INVALID_VALUE', 'input.password', `A password has ${least} to ${most} characters.`);
  }
  const passwordHash = password === undefined ? null : await hashPassword(password);
  const token = randomBytes(KEY_BYTES).toString('base64url');
  return database.prisma.$transaction(async (transaction) => {
    const [snapshot] = await transaction.$queryRaw<{ sealed: boolean }[]>`
      SELECT sealed FROM leaderboard_snapshot WHERE id = ${snapshotId} FOR UPDATE`;
    if (!snapshot) {
      throw refusal('NOT_FOUND', 'input.snapshotId', 'There is no such snapshot.', `LeaderboardSnapshot_${snapshotId}`);
    }
    if (snapshot.sealed) {
      const place = 'input.snapshotId';
      throw refusal('LABELS_HIDDEN', place, 'Its figures rest on hidden labels.', `LeaderboardSnapshot_${snapshotId}`);
    }
    const present = await transaction.leaderboardLink.count({ where: { snapshotId, revokedAt: null } });
    if (present >= LINK_LIMIT) {
      throw refusal('TOO_LARGE', 'input.snapshotId', `The snapshot has ${present} links; revoke some first.`, present);
    }
    const data = { snapshotId, tokenHash: digestOfToken(token), passwordHash, expiresAt: expiresAt ?? null };
    return { id: (await transaction.leaderboardLink.create({ data })).id, token };
  });
}

/** Ends a link; to repeat is harmless. @throws InvalidInput when there is none */
export async function revokeLink({ database }: Needed, id: bigint): Promise<void> {
  const link = await database.prisma.leaderboardLink.findUnique({ where: { id } });
  if (!link) throw refusal('NOT_FOUND', 'input.linkId', 'There is no such link.', `LeaderboardLink_${id}`);
  if (link.revokedAt) return;
  await database.prisma.leaderboardLink.update({ where: { id }, data: { revokedAt: new Date() } });
}

export type SharedSnapshot = Pick<LeaderboardLink, 'id' | 'passwordHash' | 'expiresAt'> & {
  snapshot: Pick<LeaderboardSnapshot, 'document' | 'digest'>;
};

/** The snapshot at a token, in one statement; none where the token is wrong, expired or revoked. */
export async function findShared({ database }: Needed, token: string): Promise<SharedSnapshot | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const { rows } = await database.pool.query<Omit<SharedSnapshot, 'snapshot'> & SharedSnapshot['snapshot']>(
    `SELECT l.id, l.password_hash AS "passwordHash", l.expires_at AS "expiresAt", s.document, s.digest
       FROM leaderboard_link l JOIN leaderboard_snapshot s ON s.id = l.snapshot_id
      WHERE l.token_hash = $1 AND l.revoked_at IS NULL AND (l.expires_at IS NULL OR l.expires_at > now())
        AND NOT s.sealed`,
    [digestOfToken(token)],
  );
  const row = rows[0];
  if (!row) return undefined;
  const { document, digest, ...link } = row;
  return { ...link, snapshot: { document, digest } };
}

/** scrypt with Node's parameters (N 16,384, r 8, p 1) and a salt of its own. */
async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${(await derive(password, salt, KEY_BYTES)).toString('hex')}`;
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  if (password.length > PASSWORD_LENGTH.most) return false;
  const [salt = '', key = ''] = hash.split(':');
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'hex'), KEY_BYTES), Buffer.from(key, 'hex'));
}

const refusal = (
  code: 'INVALID_VALUE' | 'NOT_FOUND' | 'TOO_LARGE' | 'LABELS_HIDDEN',
  place: string,
  message: string,
  value?: unknown,
): InvalidInput => new InvalidInput(problem(code, message, { place, ...(value !== undefined && { value }) }));
