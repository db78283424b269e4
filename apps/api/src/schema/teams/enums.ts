import type { Role, TokenKind, TokenScope } from '@samplewise/database';
import type { Action } from '../../auth/policy.ts';
import { builder } from '../builder.ts';

export const PermissionEnum = builder.enumType('Permission', {
  description: 'What somebody may do to a thing.',
  values: {
    READ: { value: 'read', description: 'See it.' },
    SUBMIT: { value: 'submit', description: 'Enter its competitions.' },
    WRITE: { value: 'write', description: 'Make experiments, start runs, log.' },
    MANAGE: { value: 'manage', description: 'Settings, deletion, members, invitations, service tokens, audit log.' },
    OWN: { value: 'own', description: 'Delete the team; make and unmake owners.' },
  } satisfies Record<Uppercase<Action>, { value: Action; description: string }>,
});

export const RoleEnum = builder.enumType('Role', {
  description: 'What somebody is in a team. Each role includes those before it.',
  values: {
    VIEWER: { description: 'Sees what is not private.' },
    MEMBER: { description: 'Works: makes experiments, starts runs, logs.' },
    ADMIN: { description: 'Decides on projects, members, invitations and service tokens.' },
    OWNER: { description: 'Decides on owners, and on the team itself.' },
  } satisfies Record<Role, object>,
});

export const TokenKindEnum = builder.enumType('TokenKind', {
  description: 'Whose rights a token has.',
  values: {
    PERSONAL: { description: "Its person's, as they are when it is used." },
    SERVICE: { description: 'A role of its own in one team.' },
  } satisfies Record<TokenKind, object>,
});

export const TokenScopeEnum = builder.enumType('TokenScope', {
  description: 'What a token may do at most. Each includes those before it.',
  values: {
    READ: { description: 'See.' },
    SUBMIT: { description: 'Send predictions to competitions.' },
    WRITE: { description: 'Make experiments, start runs, log.' },
    ADMIN: { description: 'Whatever the role allows.' },
  } satisfies Record<TokenScope, object>,
});
