import type { Role, TokenScope } from '@/generated/graphql';

/** What somebody may do in a team, in plain words; each includes those before it. */
export const ROLES: readonly { role: Role; label: string; may: string }[] = [
  { role: 'VIEWER', label: 'Viewer', may: 'sees the team and its projects that are not private' },
  { role: 'MEMBER', label: 'Member', may: 'sees private projects too; makes projects, experiments and runs' },
  { role: 'ADMIN', label: 'Admin', may: 'decides on projects, members, invitations and service tokens' },
  { role: 'OWNER', label: 'Owner', may: 'decides on owners, and on the team itself' },
];

export const roleLabel = (role: Role): string => ROLES.find((r) => r.role === role)!.label;

/** What a token may do at most. */
export const SCOPES: readonly { scope: TokenScope; label: string; may: string }[] = [
  { scope: 'READ', label: 'Read', may: 'sees' },
  { scope: 'WRITE', label: 'Write', may: 'sees, logs and starts runs' },
  { scope: 'ADMIN', label: 'Admin', may: 'does whatever the role allows' },
];

export const scopeLabel = (scope: TokenScope): string => SCOPES.find((s) => s.scope === scope)!.label;

/** The roles that somebody with this one may give. */
export const rolesUpTo = (role: Role | undefined): typeof ROLES =>
  ROLES.slice(0, ROLES.findIndex((r) => r.role === role) + 1);
