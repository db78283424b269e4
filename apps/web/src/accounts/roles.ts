import type { Role } from '@/generated/graphql';

/** What somebody may do in a team, in plain words; each includes those before it. */
export const ROLES: readonly { role: Role; label: string; may: string }[] = [
  { role: 'VIEWER', label: 'Viewer', may: 'sees the team and its projects that are not private' },
  { role: 'MEMBER', label: 'Member', may: 'sees private projects too; makes projects, experiments and runs' },
  { role: 'ADMIN', label: 'Admin', may: 'decides on projects, members, invitations and service tokens' },
  { role: 'OWNER', label: 'Owner', may: 'decides on owners, and on the team itself' },
];

export const roleLabel = (role: Role): string => ROLES.find((r) => r.role === role)!.label;
