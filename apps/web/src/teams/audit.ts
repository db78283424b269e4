/** What was done, for people; docs/accounts.md lists the actions. */
const DEEDS: Readonly<Record<string, string>> = {
  'person.sign-up': 'made an account',
  'person.sign-in': 'signed in',
  'person.sign-out': 'signed out',
  'team.create': 'made the team',
  'team.update': 'changed the team',
  'team.delete': 'deleted the team',
  'member.add': 'came in',
  'member.change': 'changed a member',
  'member.remove': 'removed a member',
  'invitation.create': 'invited',
  'invitation.revoke': 'took back an invitation',
  'token.create': 'made a token',
  'token.revoke': 'revoked a token',
  'project.create': 'made a project',
  'project.update': 'changed a project',
  'project.delete': 'put a project into the bin',
  'project.restore': 'restored a project',
  'runs.delete': 'put runs into the bin',
  'runs.restore': 'restored runs',
};

/** One that this page does not know yet is told by its own name. */
export const deedOf = (action: string): string => DEEDS[action] ?? action;

/** `{ role: ['MEMBER', 'ADMIN'] }` -> 'role: MEMBER → ADMIN'; what was not there before has no arrow. */
export function changesOf(changes: unknown): string {
  if (typeof changes !== 'object' || changes === null) return '';
  return Object.entries(changes)
    .filter((entry): entry is [string, [unknown, unknown]] => Array.isArray(entry[1]))
    .filter(([, [before, after]]) => before !== after)
    .map(([field, [before, after]]) => `${field}: ${between(before, after)}`)
    .join(', ');
}

function between(before: unknown, after: unknown): string {
  const [was, is] = [before, after].map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  if (before === null) return is!;
  return after === null ? `${was!} → nothing` : `${was!} → ${is!}`;
}
