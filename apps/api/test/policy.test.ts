import { describe, expect, test } from 'vitest';
import {
  ACTIONS,
  decide,
  entrantKey,
  labelsSeenIn,
  mayUpload,
  outsideBin,
  permissions,
  seesHiddenLabels,
  visibleProjects,
  type Actor,
  type Resource,
} from '../src/auth/policy.ts';

const TEAM = 1n;
const OTHER = 2n;
const ROLES = ['VIEWER', 'MEMBER', 'ADMIN', 'OWNER'] as const;
const SCOPES = ['READ', 'SUBMIT', 'WRITE', 'ADMIN'] as const;
const VISIBILITIES = ['PRIVATE', 'TEAM', 'PUBLIC'] as const;

const person = (role: (typeof ROLES)[number] | undefined, personId = 'p'): Actor => ({
  kind: 'person',
  personId,
  name: 'P',
  email: 'p@example.org',
  roles: new Map(role ? [[TEAM, role]] : [[OTHER, 'OWNER']]),
});
const token = (
  role: (typeof ROLES)[number] | undefined,
  scope: (typeof SCOPES)[number],
  personId: string | null = 'p',
): Actor => ({
  kind: 'token',
  tokenId: 1n,
  name: 't',
  personId,
  scope,
  roles: new Map(role ? [[TEAM, role]] : [[OTHER, 'OWNER']]),
});
const project = (visibility: (typeof VISIBILITIES)[number]): Resource => ({
  kind: 'project',
  teamId: TEAM,
  visibility,
  deleted: false,
});
const team = (seenBy: (typeof ACTIONS)[number] = 'read'): Resource => ({ kind: 'team', teamId: TEAM, seenBy });

/** For each action, read, submit, write, manage and own: + allowed, - forbidden, ? hidden, ! unauthenticated */
const marks = (actor: Actor, resource: Resource): string =>
  ACTIONS.map((action) => {
    const verdict = decide(actor, action, resource);
    if (typeof verdict === 'object') return '-';
    return { allowed: '+', hidden: '?', unauthenticated: '!' }[verdict];
  }).join('');

describe('what may be done to a project', () => {
  test.each<[string, Actor, private_: string, team: string, public_: string]>([
    ['anyone on this machine', { kind: 'local' }, '+++++', '+++++', '+++++'],
    ["who has the server's token", { kind: 'server' }, '+++++', '+++++', '+++++'],
    ['nobody in particular', { kind: 'anonymous' }, '!!!!!', '!!!!!', '+!!!!'],
    ['somebody of another team', person(undefined), '?????', '?????', '++---'],
    ['a viewer', person('VIEWER'), '?????', '++---', '++---'],
    ['a member', person('MEMBER'), '+++--', '+++--', '+++--'],
    ['an admin', person('ADMIN'), '++++-', '++++-', '++++-'],
    ['an owner', person('OWNER'), '+++++', '+++++', '+++++'],
    ["an owner's token that reads", token('OWNER', 'READ'), '+----', '+----', '+----'],
    ["an owner's token that submits", token('OWNER', 'SUBMIT'), '++---', '++---', '++---'],
    ["a stranger's token that reads", token(undefined, 'READ'), '?????', '?????', '+----'],
    ["a stranger's token that submits", token(undefined, 'SUBMIT'), '?????', '?????', '++---'],
    ["another team's service", token(undefined, 'ADMIN', null), '?????', '?????', '+----'],
    ['a service of the team', token('VIEWER', 'SUBMIT', null), '?????', '++---', '++---'],
    ["an owner's token that writes", token('OWNER', 'WRITE'), '+++--', '+++--', '+++--'],
    ["an owner's token for everything", token('OWNER', 'ADMIN'), '+++++', '+++++', '+++++'],
    ["a viewer's token for everything", token('VIEWER', 'ADMIN'), '?????', '++---', '++---'],
  ])('%s', (_name, actor, ...expected) => {
    expect(VISIBILITIES.map((visibility) => marks(actor, project(visibility)))).toEqual(expected);
  });
});

describe('what may be done to a team, and to what only its admins see', () => {
  test.each<[string, Actor, team: string, invitation: string]>([
    ['nobody in particular', { kind: 'anonymous' }, '!!!!!', '!!!!!'],
    ['somebody of another team', person(undefined), '?????', '?????'],
    ['a viewer', person('VIEWER'), '++---', '?????'],
    ['a member', person('MEMBER'), '+++--', '?????'],
    ['an admin', person('ADMIN'), '++++-', '++++-'],
    ['an owner', person('OWNER'), '+++++', '+++++'],
    ["an admin's token that writes", token('ADMIN', 'WRITE'), '+++--', '?????'],
  ])('%s', (_name, actor, ...expected) => {
    expect([marks(actor, team()), marks(actor, team('manage'))]).toEqual(expected);
  });
});

test('what belongs to a person is hers alone, by her sign-in and by no token', () => {
  const own: Resource = { kind: 'person', personId: 'p' };
  expect(marks(person('VIEWER'), own)).toBe('+++++');
  expect(marks(person('OWNER', 'q'), own)).toBe('?????');
  expect(marks(token('OWNER', 'ADMIN'), own)).toBe('?????');
});

describe('what an entrant has sent to a competition', () => {
  const submission = (entrant: string, visibility: (typeof VISIBILITIES)[number]): Resource => ({
    kind: 'submission',
    teamId: TEAM,
    visibility,
    deleted: false,
    entrant,
  });
  test.each<[string, Actor, public_: string, team: string]>([
    ['its sender', person(undefined), '+', '?'],
    ["its sender's token", token(undefined, 'READ'), '+', '?'],
    ['its sender, who views the team', person('VIEWER'), '+', '+'],
    ['somebody else', person(undefined, 'q'), '?', '?'],
    ['a viewer', person('VIEWER', 'q'), '?', '?'],
    ['a member', person('MEMBER', 'q'), '?', '?'],
    ['an admin', person('ADMIN', 'q'), '+', '+'],
    ['nobody in particular', { kind: 'anonymous' }, '!', '!'],
    ['anyone on this machine', { kind: 'local' }, '+', '+'],
  ])('is seen or not by %s', (_name, actor, ...expected) => {
    const seen = (['PUBLIC', 'TEAM'] as const).map((visibility) => marks(actor, submission('person:p', visibility))[0]);
    expect(seen).toEqual(expected);
  });

  test('is one entrant for a person with all tokens, and for a service its team', () => {
    expect(entrantKey(person('MEMBER'))).toBe('person:p');
    expect(entrantKey(token('MEMBER', 'SUBMIT'))).toBe('person:p');
    expect(entrantKey(token('MEMBER', 'SUBMIT', null))).toBe(`team:${TEAM}`);
    expect(entrantKey({ kind: 'anonymous' })).toBeUndefined();
  });
});

test('hidden labels are seen by who decides on the project, by a token only with the scope ADMIN', () => {
  const sees = (actor: Actor): boolean => seesHiddenLabels(actor, project('PUBLIC'));
  expect(ROLES.map((role) => sees(person(role)))).toEqual([false, false, true, true]);
  expect(SCOPES.map((scope) => sees(token('OWNER', scope)))).toEqual([false, false, false, true]);
  expect([sees(person(undefined)), sees({ kind: 'anonymous' }), sees({ kind: 'local' })]).toEqual([false, false, true]);
  // And the condition of lists says the same.
  for (const actor of [...ROLES.map((role) => person(role)), ...SCOPES.map((scope) => token('OWNER', scope))]) {
    const { teamId } = labelsSeenIn(actor) as { teamId: { in: bigint[] } };
    expect(teamId.in.includes(TEAM)).toBe(sees(actor));
  }
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
  expect(permissions(person('MEMBER'), project('TEAM'))).toEqual(['read', 'submit', 'write']);
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
