import type { Prisma, Role, TokenScope, Visibility } from '@samplewise/database';

/**
 * Who may do what. This module alone decides: every field of the API and every route asks it, by what the actor is and
 * what the thing is. It reads nothing.
 */

/** What can be done to a thing, from the least to the most. */
export const ACTIONS = ['read', 'submit', 'write', 'manage', 'own'] as const;
export type Action = (typeof ACTIONS)[number];

/** Who is asking. */
export type Actor =
  /** Anyone on this machine: there are no accounts. */
  | { kind: 'local' }
  /** Whoever holds the server's own token: its operator's programs. */
  | { kind: 'server' }
  /** Somebody who has signed in. */
  | { kind: 'person'; personId: string; name: string; email: string; roles: Roles }
  /** A program; `roles` are those of the token's person, or the service's own. */
  | { kind: 'token'; tokenId: bigint; name: string; personId: string | null; scope: TokenScope; roles: Roles }
  | { kind: 'anonymous' };

/** The person who is asking, or in whose name a token asks; none where there are no accounts. */
export const personOf = (actor: Actor): string | null => ('personId' in actor ? actor.personId : null);

/** In whose name somebody enters a competition; undefined: in none. One person is one entrant, whatever tokens he has. */
export function entrantKey(actor: Actor): string | undefined {
  if (isUnbounded(actor)) return 'local';
  if (actor.kind !== 'person' && actor.kind !== 'token') return undefined;
  if (actor.personId !== null) return `person:${actor.personId}`;
  // A service belongs to one team.
  const [teamId] = actor.roles.keys();
  return teamId === undefined ? undefined : `team:${teamId}`;
}

/** By team. */
export type Roles = ReadonlyMap<bigint, Role>;

/** What is asked about, as far as it matters here. */
export type Resource =
  | { kind: 'project'; teamId: bigint; visibility: Visibility; deleted: boolean }
  /** What an entrant has sent to a competition of the project: his own, and seen by those who see the hidden labels. */
  | { kind: 'submission'; teamId: bigint; visibility: Visibility; deleted: boolean; entrant: string }
  /** A team, or what belongs to it beside projects; `seenBy` is what must be allowed to know of it. */
  | { kind: 'team'; teamId: bigint; seenBy: Action }
  /** What serves all teams alike, such as an executor; whoever works in some team may know of it. */
  | { kind: 'installation' }
  /** What belongs to one person, such as a token. */
  | { kind: 'person'; personId: string };

/** `hidden`: for this actor it does not exist. */
export type Verdict = 'allowed' | 'unauthenticated' | 'hidden' | { forbidden: string };

const NEEDS: Readonly<Record<Action, { role: Role; scope: TokenScope }>> = {
  read: { role: 'VIEWER', scope: 'READ' },
  /** Enter a competition: whoever sees it, in his own name. */
  submit: { role: 'VIEWER', scope: 'SUBMIT' },
  /** Make experiments, start runs, log. */
  write: { role: 'MEMBER', scope: 'WRITE' },
  /** Settings, deletion, members, invitations, service tokens, the audit log. */
  manage: { role: 'ADMIN', scope: 'ADMIN' },
  /** Delete the team, make and unmake owners. */
  own: { role: 'OWNER', scope: 'ADMIN' },
};

const ROLES: readonly Role[] = ['VIEWER', 'MEMBER', 'ADMIN', 'OWNER'];
const SCOPES: readonly TokenScope[] = ['READ', 'SUBMIT', 'WRITE', 'ADMIN'];

/** Those who may do anything, since nobody else is asked who they are. */
export const isUnbounded = (actor: Actor): boolean => actor.kind === 'local' || actor.kind === 'server';

/** Whether a role or scope includes another one. */
export const includesRole = (has: Role | undefined, wanted: Role): boolean =>
  has !== undefined && ROLES.indexOf(has) >= ROLES.indexOf(wanted);
export const includesScope = (has: TokenScope, wanted: TokenScope): boolean =>
  SCOPES.indexOf(has) >= SCOPES.indexOf(wanted);

/** @param resource undefined: there is none, which is answered like one that must not be seen */
export function decide(actor: Actor, action: Action, resource: Resource | undefined): Verdict {
  if (resource !== undefined && isUnbounded(actor)) return 'allowed';
  const seen = resource !== undefined && lacks(actor, seenBy(resource), resource) === undefined;
  if (!seen) return actor.kind === 'anonymous' ? 'unauthenticated' : 'hidden';
  const lacking = lacks(actor, action, resource);
  if (lacking === undefined) return 'allowed';
  return actor.kind === 'anonymous' ? 'unauthenticated' : { forbidden: lacking };
}

/** What is in a project that is in the bin is not there. */
export const outsideBin = (resource: Resource | undefined): Resource | undefined =>
  (resource?.kind === 'project' || resource?.kind === 'submission') && resource.deleted ? undefined : resource;

/** What the actor may do to it. */
export const permissions = (actor: Actor, resource: Resource): Action[] =>
  ACTIONS.filter((action) => decide(actor, action, resource) === 'allowed');

/** Those who see the labels see all; others see their own, as far as they see the project. */
function lacksSubmission(actor: Actor, action: Action, resource: Extract<Resource, { kind: 'submission' }>) {
  const project: Resource = { ...resource, kind: 'project' };
  const isOwn = action === 'read' && entrantKey(actor) === resource.entrant;
  return lacks(actor, isOwn ? 'read' : 'manage', project);
}

/** What must be allowed to know of a thing. */
const seenBy = (resource: Resource): Action => (resource.kind === 'team' ? resource.seenBy : 'read');

/** @returns what the actor would need, as a sentence; undefined when nothing is lacking */
function lacks(actor: Actor, action: Action, resource: Resource): string | undefined {
  if (resource.kind === 'project' && resource.visibility === 'PUBLIC' && action === 'read') return undefined;
  if (actor.kind !== 'person' && actor.kind !== 'token') return 'It needs a sign-in or a token.';
  if (resource.kind === 'project' && resource.visibility === 'PUBLIC' && action === 'submit') {
    return actor.roles.has(resource.teamId) ? lacksScope(actor, action) : lacksName(actor);
  }
  if (resource.kind === 'submission') return lacksSubmission(actor, action, resource);
  if (resource.kind === 'installation') return action === 'read' ? lacksWork(actor) : 'It is for the operator.';
  if (resource.kind === 'person') {
    // No token makes or revokes another one in a person's name.
    if (actor.kind === 'person' && actor.personId === resource.personId) return undefined;
    return 'It needs the sign-in of the person to whom it belongs.';
  }
  const role = roleNeeded(action, resource);
  if (!includesRole(actor.roles.get(resource.teamId), role)) return `It needs the role ${role} in the team.`;
  return lacksScope(actor, action);
}

function lacksScope(actor: Extract<Actor, { kind: 'person' | 'token' }>, action: Action): string | undefined {
  const { scope } = NEEDS[action];
  const lacking = actor.kind === 'token' && !includesScope(actor.scope, scope);
  return lacking ? `It needs a token of the scope ${scope}.` : undefined;
}

/**
 * Whoever may see a public project may enter its competitions, but one person in one name: whoever has a team makes as many
 * services as he likes.
 */
function lacksName(actor: Extract<Actor, { kind: 'person' | 'token' }>): string | undefined {
  if (actor.personId === null) return 'It needs a sign-in, or a personal token.';
  return lacksScope(actor, 'submit');
}

/** A private project is for those who work in it: viewers of the team do not see it. */
const roleNeeded = (action: Action, resource: Resource): Role =>
  ['read', 'submit'].includes(action) && resource.kind === 'project' && resource.visibility === 'PRIVATE'
    ? 'MEMBER'
    : NEEDS[action].role;

/**
 * Whether the actor sees labels that are hidden, and what is made of them: who decides on the project, by a token only
 * with the scope ADMIN. Members work on it and may be entrants; what they learn of hidden labels a leaderboard tells them.
 */
export const seesHiddenLabels = (actor: Actor, project: Resource): boolean =>
  decide(actor, 'manage', project) === 'allowed';

/** The same for lists: the projects whose hidden labels the actor sees. */
export function labelsSeenIn(actor: Actor): Prisma.ProjectWhereInput {
  if (isUnbounded(actor)) return {};
  const roles = 'roles' in actor ? [...actor.roles.keys()] : [];
  const seen = roles.filter((teamId) =>
    seesHiddenLabels(actor, { kind: 'project', teamId, visibility: 'TEAM', deleted: false }),
  );
  return { teamId: { in: seen } };
}

/** The projects that the actor may read, for lists. What `decide` says of each of them, as a condition. */
export function visibleProjects(actor: Actor): Prisma.ProjectWhereInput {
  if (isUnbounded(actor)) return { deletedAt: null };
  const roles = 'roles' in actor ? [...actor.roles] : [];
  const teams = roles.map(([teamId]) => teamId);
  const working = roles.filter(([, role]) => includesRole(role, 'MEMBER')).map(([teamId]) => teamId);
  return {
    deletedAt: null,
    OR: [
      { visibility: 'PUBLIC' },
      { visibility: 'TEAM', teamId: { in: teams } },
      { visibility: 'PRIVATE', teamId: { in: working } },
    ],
  };
}

/** The teams of which the actor may know beside what is public of them. */
export function visibleTeams(actor: Actor): Prisma.TeamWhereInput {
  if (isUnbounded(actor)) return {};
  return { id: { in: 'roles' in actor ? [...actor.roles.keys()] : [] } };
}

/** Whether the actor may write anywhere: what is uploaded belongs to no project until something refers to it. */
export function mayUpload(actor: Actor): Verdict {
  if (isUnbounded(actor)) return 'allowed';
  if (actor.kind === 'anonymous' || !('roles' in actor)) return 'unauthenticated';
  const lacking = lacksWork(actor);
  return lacking === undefined ? 'allowed' : { forbidden: lacking };
}

/** Whether the actor may know of executors, and of what else belongs to the installation. */
export const seesInstallation = (actor: Actor): boolean =>
  decide(actor, 'read', { kind: 'installation' }) === 'allowed';

/** What is lacking to write in any team. */
function lacksWork(actor: Extract<Actor, { kind: 'person' | 'token' }>): string | undefined {
  if (actor.kind === 'token' && !includesScope(actor.scope, 'WRITE')) return 'It needs a token of the scope WRITE.';
  const works = [...actor.roles.values()].some((role) => includesRole(role, 'MEMBER'));
  return works ? undefined : 'It needs the role MEMBER in some team.';
}
