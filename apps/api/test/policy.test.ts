import { describe, expect, test } from 'vitest';
import {
  ACTIONS,
  decide,
  mayUpload,
  outsideBin,
  permissions,
  visibleProjects,
  type Actor,
  type Resource,
} from '../src/auth/policy.ts';

const TEAM = 1n;
const OTHER = 2n;
const ROLES = ['VIEWER', 'MEMBER', 'ADMIN', 'OWNER'] as const;
const SCOPES = ['READ', 'WRITE', 'ADMIN'] as const;
const VISIBILITIES = ['PRIVATE', 'TEAM', 'PUBLIC'] as const;

const person = (role: (typeof ROLES)[number] | undefined, personId = 'p'): Actor => ({
  kind: 'person',
  personId,
  name: 'P',
  email: 'p@example.org',
  roles: new Map(role ? [[TEAM, role]] : [[OTHER, 'OWNER']]),
});
const token = (role: (typeof ROLES)[number], scope: (typeof SCOPES)[number]): Actor => ({
  kind: 'token',
  tokenId: 1n,
  name: 't',
  personId: 'p',
  scope,
  roles: new Map([[TEAM, role]]),
});
const project = (visibility: (typeof VISIBILITIES)[number]): Resource => ({
  kind: 'project',
  teamId: TEAM,
  visibility,
  deleted: false,
});
const team = (seenBy: (typeof ACTIONS)[number] = 'read'): Resource => ({ kind: 'team', teamId: TEAM, seenBy });

/** For each action, read, write, manage and own: + allowed, - forbidden, ? hidden, ! unauthenticated */
const marks = (actor: Actor, resource: Resource): string =>
  ACTIONS.map((action) => {
    const verdict = decide(actor, action, resource);
    if (typeof verdict === 'object') return '-';
    return { allowed: '+', hidden: '?', unauthenticated: '!' }[verdict];
  }).join('');

describe('what may be done to a project', () => {
  test.each<[string, Actor, private_: string, team: string, public_: string]>([
    ['anyone on this machine', { kind: 'local' }, '++++', '++++', '++++'],
    ["who has the server's token", { kind: 'server' }, '++++', '++++', '++++'],
    ['nobody in particular', { kind: 'anonymous' }, '!!!!', '!!!!', '+!!!'],
    ['somebody of another team', person(undefined), '????', '????', '+---'],
    ['a viewer', person('VIEWER'), '????', '+---', '+---'],
    ['a member', person('MEMBER'), '++--', '++--', '++--'],
    ['an admin', person('ADMIN'), '+++-', '+++-', '+++-'],
    ['an owner', person('OWNER'), '++++', '++++', '++++'],
    ["an owner's token that reads", token('OWNER', 'READ'), '+---', '+---', '+---'],
    ["an owner's token that writes", token('OWNER', 'WRITE'), '++--', '++--', '++--'],
    ["an owner's token for everything", token('OWNER', 'ADMIN'), '++++', '++++', '++++'],
    ["a viewer's token for everything", token('VIEWER', 'ADMIN'), '????', '+---', '+---'],
  ])('%s', (_name, actor, ...expected) => {
    expect(VISIBILITIES.map((visibility) => marks(actor, project(visibility)))).toEqual(expected);
  });
});

describe('what may be done to a team, and to what only its admins see', () => {
  test.each<[string, Actor, team: string, invitation: string]>([
    ['nobody in particular', { kind: 'anonymous' }, '!!!!', '!!!!'],
    ['somebody of another team', person(undefined), '????', '????'],
    ['a viewer', person('VIEWER'), '+---', '????'],
    ['a member', person('MEMBER'), '++--', '????'],
    ['an admin', person('ADMIN'), '+++-', '+++-'],
    ['an owner', person('OWNER'), '++++', '++++'],
    ["an admin's token that writes", token('ADMIN', 'WRITE'), '++--', '????'],
  ])('%s', (_name, actor, ...expected) => {
    expect([marks(actor, team()), marks(actor, team('manage'))]).toEqual(expected);
  });
});

test('what belongs to a person is hers alone, by her sign-in and by no token', () => {
  const own: Resource = { kind: 'person', personId: 'p' };
  expect(marks(person('VIEWER'), own)).toBe('++++');
  expect(marks(person('OWNER', 'q'), own)).toBe('????');
  expect(marks(token('OWNER', 'ADMIN'), own)).toBe('????');
});

test('what is not there is told like what is hidden', () => {
  expect(decide(person('OWNER'), 'read', undefined)).toBe('hidden');
  expect(decide({ kind: 'local' }, 'read', undefined)).toBe('hidden');
  expect(decide({ kind: 'anonymous' }, 'read', undefined)).toBe('unauthenticated');
  expect(outsideBin({ kind: 'project', teamId: TEAM, visibility: 'PUBLIC', deleted: true })).toBeUndefined();
});

test('a refusal names the role or the scope that is lacking', () => {
  expect(decide(person('MEMBER'), 'manage', project('TEAM'))).toEqual({
    forbidden: 'It needs the role ADMIN in the team.',
  });
  expect(decide(token('OWNER', 'READ'), 'write', project('TEAM'))).toEqual({
    forbidden: 'It needs a token of the scope WRITE.',
  });
  expect(permissions(person('MEMBER'), project('TEAM'))).toEqual(['read', 'write']);
});

test('the condition of lists says of each project what is said of it alone', () => {
  const actors: Actor[] = [
    { kind: 'local' },
    { kind: 'anonymous' },
    person(undefined),
    ...ROLES.flatMap((role) => [person(role), ...SCOPES.map((scope) => token(role, scope))]),
  ];
  for (const actor of actors) {
    for (const visibility of VISIBILITIES) {
      const { OR } = visibleProjects(actor) as { OR?: { visibility: string; teamId?: { in: bigint[] } }[] };
      const isListed =
        OR?.some((part) => part.visibility === visibility && (part.teamId?.in.includes(TEAM) ?? true)) ?? true;
      expect(
        isListed,
        `${JSON.stringify(actor, (_k, v: unknown) => (typeof v === 'bigint' ? String(v) : v))} ${visibility}`,
      ).toBe(decide(actor, 'read', project(visibility)) === 'allowed');
    }
  }
});

test('who works somewhere may upload', () => {
  expect(mayUpload({ kind: 'anonymous' })).toBe('unauthenticated');
  expect(mayUpload(person('VIEWER'))).toHaveProperty('forbidden');
  expect(mayUpload(person('MEMBER'))).toBe('allowed');
  expect(mayUpload(token('MEMBER', 'READ'))).toHaveProperty('forbidden');
  expect(mayUpload(token('MEMBER', 'WRITE'))).toBe('allowed');
});
