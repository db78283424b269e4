import { APIError, betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import { genericOAuth } from 'better-auth/plugins';
import type { Request, RequestHandler, Response } from 'express';
import type { IncomingHttpHeaders } from 'node:http';
import type { AccountsConfig } from '../config.ts';
import type { Services } from '../context.ts';
import { mayJoin, welcome } from '../teams/join.ts';
import { note } from './audit.ts';
import { rolesOf } from './memberships.ts';
import type { Actor } from './policy.ts';

/** Where it is mounted. */
export const AUTH_PATH = '/auth';
/** The name of the OIDC provider in addresses. */
export const PROVIDER = 'oidc';
/** Written by us, so that nobody can say of himself where he is. */
const ADDRESS_HEADER = 'x-samplewise-address';
const DAY = 24 * 3600;
/** Bytes; the longest that is sent is a form of some lines. */
const BODY_LIMIT = 64 * 1024;

/** People's accounts and sessions, by better-auth. */
export interface Accounts {
  /** Answers /auth/*; before any parser of bodies. */
  handler: RequestHandler;
  /** The person whose session the cookies tell. */
  personOf(headers: IncomingHttpHeaders): Promise<Actor | undefined>;
}

export function openAccounts({ database, log }: Pick<Services, 'database' | 'log'>, config: AccountsConfig): Accounts {
  const auth = betterAuth({
    appName: 'Samplewise',
    baseURL: config.publicUrl,
    basePath: AUTH_PATH,
    secret: config.secret,
    telemetry: { enabled: false },
    database: prismaAdapter(database.prisma, { provider: 'postgresql', transaction: true }),
    emailAndPassword: { enabled: true, minPasswordLength: 12 },
    plugins: config.oidc ? [oidc(config.oidc)] : [],
    user: { modelName: 'person' },
    session: { fields: { userId: 'personId' }, expiresIn: 7 * DAY, updateAge: DAY },
    account: {
      fields: { userId: 'personId' },
      encryptOAuthTokens: true,
    },
    rateLimit: { enabled: true, storage: 'database' },
    advanced: {
      cookiePrefix: 'samplewise',
      useSecureCookies: config.publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    logger: { log: (level, message) => log[level]({ part: 'accounts' }, message) },
    databaseHooks: {
      user: {
        create: {
          before: async (person, context) => {
            const refused = await mayJoin(database, config, person, invitationIn(context));
            if (refused !== undefined) throw new APIError('FORBIDDEN', { message: refused, code: 'SIGN_UP_REFUSED' });
          },
          after: async (person, context) => {
            await welcome(database, { ...person, personId: person.id }, invitationIn(context));
          },
        },
      },
      session: {
        create: { after: (session) => noteSession(session.userId, 'person.sign-in') },
        delete: { after: (session) => noteSession(session.userId, 'person.sign-out') },
      },
    },
  });

  /** In the log of each team of the person; where there is none yet, in that of no team. */
  async function noteSession(personId: string, action: 'person.sign-in' | 'person.sign-out'): Promise<void> {
    const person = await database.prisma.person.findUnique({ where: { id: personId } });
    if (!person) return;
    const roles = await rolesOf(database.pool, personId);
    const teams = roles.size > 0 ? [...roles.keys()] : [undefined];
    const actor: Actor = { kind: 'person', personId, name: person.name, email: person.email, roles };
    await note(database.prisma, actor, ...teams.map((teamId) => ({ action, teamId, target: person.email })));
  }

  const handle = toNodeHandler(auth);
  return {
    handler: (request: Request, response: Response) => {
      if (isTooLarge(request)) {
        response.status(413).set('connection', 'close').json({ message: 'The body is too large.', code: 'TOO_LARGE' });
        return;
      }
      request.headers[ADDRESS_HEADER] = request.ip;
      return handle(request, response);
    },
    async personOf(headers) {
      if (headers.cookie === undefined) return undefined;
      const known = await auth.api.getSession({ headers: fromNodeHeaders(headers) });
      if (!known) return undefined;
      const { id: personId, name, email } = known.user;
      return { kind: 'person', personId, name, email, roles: await rolesOf(database.pool, personId) };
    },
  };
}

const oidc = ({ issuer, clientId, clientSecret }: NonNullable<AccountsConfig['oidc']>) =>
  genericOAuth({
    config: [
      {
        providerId: PROVIDER,
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        requireIdTokenVerification: true,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
      },
    ],
  });

/** Also when it does not say how large it is: better-auth reads whatever comes. */
const isTooLarge = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > BODY_LIMIT;

/** The secret of an invitation, in the body of a sign-up. */
function invitationIn(context: { body?: unknown } | null): string | undefined {
  const body = context?.body;
  const given = typeof body === 'object' && body !== null && 'invitation' in body ? body.invitation : undefined;
  return typeof given === 'string' ? given : undefined;
}
