import type { Database } from '@samplewise/database';
import { note } from '../auth/audit.ts';
import type { Actor } from '../auth/policy.ts';
import type { AccountsConfig } from '../config.ts';
import { acceptInvitation, invitationOf, isInvited } from './invitations.ts';
import { LOCAL_TEAM } from './teams.ts';

type Needed = Pick<Database, 'prisma'>;

/**
 * Whether somebody may make an account.
 * @param invitation the secret that came with the sign-up
 * @returns why not
 */
export async function mayJoin(
  { prisma }: Needed,
  { signUp, oidc }: Pick<AccountsConfig, 'signUp' | 'oidc'>,
  person: { email: string; emailVerified: boolean },
  invitation: string | undefined,
): Promise<string | undefined> {
  const email = person.email.toLowerCase();
  if (invitation !== undefined) {
    const invited = await invitationOf(prisma, invitation);
    return invited?.email === email ? undefined : 'There is no such invitation for this email.';
  }
  const domain = oidc?.emailDomain;
  // Only a provider of ours says that an email is verified.
  if (person.emailVerified && domain !== undefined) {
    return email.endsWith(`@${domain}`) ? undefined : `Only emails of ${domain} may sign in here.`;
  }
  if (signUp === 'open' || (await isFirst(prisma))) return undefined;
  if (person.emailVerified && (await isInvited(prisma, email))) return undefined;
  return 'An account needs an invitation: send its token as `invitation`, with the email that was invited.';
}

/** Whether somebody without an invitation may make an account now, and as what. */
export async function signUpNow({ prisma }: Needed, { signUp }: Pick<AccountsConfig, 'signUp'>): Promise<SignUp> {
  return (await isFirst(prisma)) ? 'first' : signUp;
}

/** `first`: nobody has an account yet, so that the next one owns what there is. */
export type SignUp = AccountsConfig['signUp'] | 'first';

const isFirst = async (prisma: Needed['prisma']): Promise<boolean> => (await prisma.person.findFirst()) === null;

/** Gives a new person a place: the first one the team of what was made before there were people, others where they are invited. */
export async function welcome(
  database: Needed,
  { personId, name, email }: { personId: string; name: string; email: string },
  invitation: string | undefined,
): Promise<void> {
  const person: Extract<Actor, { kind: 'person' }> = { kind: 'person', personId, name, email, roles: new Map() };
  const teamId = await becomeFirstOwner(database, personId);
  await note(database.prisma, person, { action: 'person.sign-up', teamId, target: email });
  if (invitation !== undefined) await acceptInvitation(database, person, invitation);
}

/** @returns the team; undefined for all but the first person */
async function becomeFirstOwner({ prisma }: Needed, personId: string): Promise<bigint | undefined> {
  return prisma.$transaction(async (transaction) => {
    // Of two who sign up at the same moment, one is the first.
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('first owner'))`;
    if (await transaction.membership.findFirst()) return undefined;
    const first = await transaction.person.findFirst({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
    if (first?.id !== personId) return undefined;
    const team = await transaction.team.upsert({
      where: { slug: LOCAL_TEAM },
      update: {},
      create: { slug: LOCAL_TEAM, name: LOCAL_TEAM },
    });
    await transaction.membership.create({ data: { teamId: team.id, personId, role: 'OWNER' } });
    return team.id;
  });
}
