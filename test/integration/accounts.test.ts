import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack, until, type Stack } from '../setup/stack.ts';
import {
  ANONYMOUS,
  askAs,
  AUTH_SECRET,
  bearer,
  cookieOf,
  PASSWORD,
  postAuth,
  signUp,
  type Credentials,
} from '../setup/people.ts';

let stack: Stack;
let owner: Credentials;
let teamId: string;
beforeAll(async () => {
  stack = await startStack({ SAMPLEWISE_AUTH_SECRET: AUTH_SECRET });
});
afterAll(() => stack.stop());

const PROBLEMS = '__typename ... on InvalidInputError { problems { code message place } }';

/** A mutation's payload, or its problems. */
async function mutateAs(who: Credentials, name: string, input: object, fields: string): Promise<unknown> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  const { data, errors } = await askAs(
    stack.apiUrl,
    who,
    `mutation ($input: ${type}Input!) { result: ${name}(input: $input) { ${PROBLEMS} ... on ${type}Payload { ${fields} } } }`,
    { input },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.result;
}

const VIEWER = '{ viewer { kind scope person { email } memberships { edges { node { id role team { id slug } } } } } }';
async function viewer(who: Credentials) {
  const { data } = await askAs(stack.apiUrl, who, VIEWER);
  return (
    data as {
      viewer: {
        kind: string;
        memberships: { edges: { node: { id: string; role: string; team: { id: string; slug: string } } }[] };
      };
    }
  ).viewer;
}

const signUpNow = async (): Promise<unknown> =>
  (await askAs(stack.apiUrl, ANONYMOUS, '{ signIn { signUp provider { id } } }')).data!.signIn;
const offerOf = async (token: string): Promise<unknown> =>
  (
    await askAs(
      stack.apiUrl,
      ANONYMOUS,
      'query ($token: String!) { invitation(token: $token) { email role invitedBy team hasAccount } }',
      { token },
    )
  ).data!.invitation;

describe('people', () => {
  test('the first one owns the team of what was made before, with a session in a cookie that no script reads', async () => {
    expect(await signUpNow()).toEqual({ signUp: 'FIRST', provider: null });
    const { status, cookies } = await postAuth(stack.apiUrl, 'sign-up/email', {
      name: 'Olga',
      email: 'olga@example.org',
      password: PASSWORD,
    });
    expect(status).toBe(200);
    expect(cookies[0]).toMatch(/HttpOnly/);
    expect(cookies[0]).toMatch(/SameSite=Lax/);
    owner = cookieOf(cookies);
    const me = await viewer(owner);
    expect(me).toMatchObject({ kind: 'PERSON', person: { email: 'olga@example.org' } });
    expect(me.memberships.edges).toMatchObject([{ node: { role: 'OWNER', team: { slug: 'local' } } }]);
    teamId = me.memberships.edges[0]!.node.team.id;
    expect(await signUpNow()).toEqual({ signUp: 'INVITATION', provider: null });
  });

  test('others need an invitation, whose token makes them members', async () => {
    const refused = await postAuth(stack.apiUrl, 'sign-up/email', {
      name: 'Mia',
      email: 'mia@example.org',
      password: PASSWORD,
    });
    expect(refused).toMatchObject({ status: 403, body: { code: 'SIGN_UP_REFUSED' } });
    const invited = (await mutateAs(
      owner,
      'inviteMember',
      { teamId, email: 'Mia@example.org', role: 'MEMBER' },
      'token invitation { id email }',
    )) as { token: string; invitation: { email: string } };
    expect(invited.invitation.email).toBe('mia@example.org');
    await expect(signUp(stack, 'eve', { invitation: invited.token })).rejects.toThrow('403');
    // Whoever holds its token is told what it is for, and nobody else.
    expect(await offerOf(invited.token)).toEqual({
      email: 'mia@example.org',
      role: 'MEMBER',
      invitedBy: 'olga@example.org',
      team: 'local',
      hasAccount: false,
    });
    expect(await offerOf(`${invited.token}x`)).toBeNull();
    const mia = await signUp(stack, 'mia', { invitation: invited.token });
    expect((await viewer(mia)).memberships.edges).toMatchObject([{ node: { role: 'MEMBER' } }]);
    // Once is enough.
    expect(await offerOf(invited.token)).toBeNull();
    expect(await mutateAs(mia, 'acceptInvitation', { token: invited.token }, 'membership { id }')).toMatchObject({
      problems: [{ code: 'NOT_FOUND' }],
    });
    const { rows } = await stack.pool.query('SELECT digest FROM invitation');
    expect(JSON.stringify(rows)).not.toContain(invited.token);
  });

  test('sign in with their password alone, and out', async () => {
    const signIn = (password: string) =>
      postAuth(stack.apiUrl, 'sign-in/email', { email: 'olga@example.org', password });
    expect((await signIn('not the password')).status).toBe(401);
    const { status, cookies } = await signIn(PASSWORD);
    expect(status).toBe(200);
    const session = cookieOf(cookies);
    expect((await viewer(session)).kind).toBe('PERSON');
    expect((await postAuth(stack.apiUrl, 'sign-out', {}, session)).status).toBe(200);
    expect((await viewer(session)).kind).toBe('ANONYMOUS');
    const { rows } = await stack.pool.query('SELECT password FROM account');
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
  });

  test('who tries too often has to wait', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) {
      statuses.push(
        (
          await postAuth(
            stack.apiUrl,
            'sign-in/email',
            { email: 'x@example.org', password: 'x' },
            { 'x-forwarded-for': `10.0.0.${i}` },
          )
        ).status,
      );
    }
    expect(statuses).toContain(429);
  });

  test('without a sign-in there is only what is public', async () => {
    expect((await viewer(ANONYMOUS)).kind).toBe('ANONYMOUS');
    const { status } = await askAs(stack.apiUrl, { cookie: 'samplewise.session_token=forged.signature' }, VIEWER);
    expect(status).toBe(200);
    expect((await askAs(stack.apiUrl, bearer('sw_not-a-token'), VIEWER)).status).toBe(401);
  });

  test('a team is known by its address to those who are in it', async () => {
    const seen = async (who: Credentials): Promise<unknown> =>
      (await askAs(stack.apiUrl, who, '{ team(slug: "local") { name } teams { edges { node { slug } } } }')).data;
    expect(await seen(owner)).toEqual({ team: { name: 'local' }, teams: { edges: [{ node: { slug: 'local' } }] } });
    expect(await seen(ANONYMOUS)).toEqual({ team: null, teams: { edges: [] } });
  });

  test('a team always keeps an owner', async () => {
    expect(await mutateAs(owner, 'leaveTeam', { teamId }, 'membershipId')).toMatchObject({
      problems: [{ code: 'CONFLICT' }],
    });
    const { id } = (await viewer(owner)).memberships.edges[0]!.node;
    expect(
      await mutateAs(owner, 'changeMember', { membershipId: id, role: 'ADMIN' }, 'membership { role }'),
    ).toMatchObject({ problems: [{ code: 'CONFLICT' }] });
  });
});

describe('tokens', () => {
  const service = (input: object) =>
    mutateAs(
      owner,
      'createServiceToken',
      { teamId, name: 'ci', role: 'MEMBER', scope: 'WRITE', ...input },
      'secret token { id }',
    ) as Promise<{
      secret: string;
      token: { id: string };
    }>;

  test('are shown once and kept as a digest; the last use is known; a revoked one opens nothing', async () => {
    const { secret, token } = await service({});
    expect(secret).toMatch(/^sw_[\w-]{43}$/);
    expect(await viewer(bearer(secret))).toMatchObject({ kind: 'TOKEN', scope: 'WRITE' });
    const basic = Buffer.from(`anyone:${secret}`).toString('base64');
    expect((await viewer({ authorization: `Basic ${basic}` })).kind).toBe('TOKEN');
    const { rows } = await stack.pool.query<{ last_used_at: Date | null }>('SELECT * FROM token');
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(rows[0]!.last_used_at).not.toBeNull();
    await mutateAs(owner, 'revokeToken', { tokenId: token.id }, 'token { id }');
    const { status, errors } = await askAs(stack.apiUrl, bearer(secret), VIEWER);
    expect([status, errors![0]!.message]).toEqual([401, 'The token was revoked.']);
  });

  test('expire', async () => {
    const { secret } = await service({ expiresAt: new Date(Date.now() + 60_000) });
    expect((await askAs(stack.apiUrl, bearer(secret), VIEWER)).status).toBe(200);
    await stack.pool.query(`UPDATE token SET expires_at = now() - interval '1 second'`);
    expect((await askAs(stack.apiUrl, bearer(secret), VIEWER)).errors![0]!.message).toBe('The token has expired.');
    expect(await service({ expiresAt: new Date(0) })).toMatchObject({ problems: [{ place: 'input.expiresAt' }] });
  });

  test('give nobody more than he has: not beyond their scope, nor in a person’s name', async () => {
    const { secret } = await service({ role: 'ADMIN', scope: 'ADMIN' });
    const more = (name: string, input: object) =>
      mutateAs(bearer(secret), name, { name: 'x', scope: 'ADMIN', ...input }, 'secret');
    expect(await more('createServiceToken', { teamId, role: 'OWNER' })).toMatchObject({
      problems: [{ code: 'FORBIDDEN' }],
    });
    expect(await more('createServiceToken', { teamId, role: 'ADMIN' })).toHaveProperty('secret');
    expect(await more('createPersonalToken', {})).toMatchObject({ problems: [{ code: 'FORBIDDEN' }] });
  });

  test('of a person have his rights as they are now', async () => {
    const made = (await mutateAs(owner, 'createPersonalToken', { name: 'laptop', scope: 'ADMIN' }, 'secret')) as {
      secret: string;
    };
    const role = async () => (await viewer(bearer(made.secret))).memberships.edges.map(({ node }) => node.role);
    expect(await role()).toEqual(['OWNER']);
    await stack.pool.query(`UPDATE membership SET role = 'VIEWER' WHERE role = 'OWNER'`);
    expect(await role()).toEqual(['VIEWER']);
    await stack.pool.query(`UPDATE membership SET role = 'OWNER' WHERE role = 'VIEWER'`);
  });
});

describe('a project', () => {
  const fields = 'project { id slug revision visibility viewerPermissions }';
  let project: { id: string; slug: string; revision: number };

  test('is made in the team in which somebody works, and changed by admins', async () => {
    const made = (await mutateAs(owner, 'createProject', { name: 'Faces' }, fields)) as { project: typeof project };
    project = made.project;
    expect(project).toMatchObject({
      visibility: 'TEAM',
      viewerPermissions: ['READ', 'SUBMIT', 'WRITE', 'MANAGE', 'OWN'],
    });
    const change = { projectId: project.id, visibility: 'PUBLIC', expectedRevision: 0 };
    expect(await mutateAs(owner, 'updateProject', change, fields)).toMatchObject({
      project: { visibility: 'PUBLIC', revision: 1 },
    });
    expect(await mutateAs(owner, 'updateProject', change, fields)).toMatchObject({ problems: [{ code: 'CONFLICT' }] });
    const open = await askAs(
      stack.apiUrl,
      ANONYMOUS,
      '{ project(team: "local", slug: "faces") { viewerPermissions team { name members { totalCount } } } }',
    );
    expect(open.errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('that is deleted frees its address, is nowhere but in the bin, and comes back', async () => {
    await mutateAs(owner, 'deleteProject', { projectId: project.id }, fields);
    const seen = await askAs(
      stack.apiUrl,
      owner,
      `{ node(id: "${project.id}") { id } project(team: "local", slug: "faces") { id } }`,
    );
    expect(seen.data).toEqual({ node: null, project: null });
    const bin = await askAs(
      stack.apiUrl,
      owner,
      `{ node(id: "${teamId}") { ... on Team { deletedProjects { edges { node { id slug } } } } } }`,
    );
    expect(JSON.stringify(bin.data)).toContain(`"slug":"${project.slug}"`);
    const other = (await mutateAs(owner, 'createProject', { name: 'Faces' }, fields)) as { project: { id: string } };
    expect(await mutateAs(owner, 'restoreProject', { projectId: project.id }, fields)).toMatchObject({
      problems: [{ code: 'CONFLICT' }],
    });
    await mutateAs(owner, 'deleteProject', { projectId: other.project.id }, fields);
    expect(await mutateAs(owner, 'restoreProject', { projectId: project.id }, fields)).toMatchObject({
      project: { slug: 'faces' },
    });
  });

  test('that has been in the bin for 30 days is gone for good, with all that was in it', async () => {
    const { id } = ((await mutateAs(owner, 'createProject', { name: 'Gone' }, fields)) as { project: { id: string } })
      .project;
    const row = id.slice('Project_'.length);
    const digest = 'd'.repeat(64);
    for (const [sql, ...values] of [
      [`INSERT INTO blob (digest, size, media_type) VALUES ($1, 1, 'image/png')`, digest],
      [`INSERT INTO dataset (id, project_id, slug, name) VALUES (900, $1, 'd', 'd')`, row],
      [
        `INSERT INTO dataset_version (id, dataset_id, number, name, digest, labels, sample_count)
         VALUES (900, 900, 1, 'v', $1, '{a,b}', 1)`,
        digest,
      ],
      [
        `INSERT INTO sample (version_id, index, split, label, digest, source) VALUES (900, 0, 'TEST', 0, $1, 's')`,
        digest,
      ],
      [
        `INSERT INTO model_config (id, project_id, name, version, kind, spec, digest)
         VALUES (900, $1, 'm', 1, 'ONNX_CLASSIFIER', '{}', $2)`,
        row,
        digest,
      ],
      [`INSERT INTO experiment (id, project_id, name, dataset_version_id) VALUES (900, $1, 'e', 900)`, row],
      [
        `INSERT INTO run (project_id, experiment_id, name, source, sample_total, model_config_id)
         VALUES ($1, 900, 'r', 'CLIENT', 1, 900)`,
        row,
      ],
    ] as [string, ...string[]][]) {
      await stack.pool.query(sql, values);
    }
    await mutateAs(owner, 'deleteProject', { projectId: id }, fields);
    await stack.pool.query(`UPDATE project SET deleted_at = now() - interval '31 days' WHERE id = $1`, [row]);
    await stack.startExecutor();
    const left = async () =>
      (await stack.pool.query('SELECT 1 FROM project WHERE id = $1', [row])).rowCount === 0 ? true : undefined;
    await until(left, 20, 'the emptying of the bin');
    expect((await stack.pool.query('SELECT 1 FROM sample WHERE version_id = 900')).rowCount).toBe(0);
    const kept = await askAs(stack.apiUrl, owner, '{ project(team: "local", slug: "faces") { id } }');
    expect(kept.data).toMatchObject({ project: { id: project.id } });
  });
});

test('what was done stands in the audit log, without secrets, and stays there', async () => {
  const { data } = await askAs(
    stack.apiUrl,
    owner,
    `{ node(id: "${teamId}") { ... on Team { auditLog(first: 100) { edges { node { action actorName target changes } } } } } }`,
  );
  const text = JSON.stringify(data);
  const actions = new Set([...text.matchAll(/"action":"([\w.-]+)"/g)].map((match) => match[1]));
  expect([...actions].sort()).toEqual([
    'invitation.create',
    'member.add',
    'person.sign-in',
    'person.sign-out',
    'person.sign-up',
    'project.create',
    'project.delete',
    'project.restore',
    'project.update',
    'token.create',
    'token.revoke',
  ]);
  expect(text).toContain('{"visibility":["TEAM","PUBLIC"]}');
  expect(text).not.toContain('sw_');
  await expect(stack.pool.query('DELETE FROM audit_entry')).rejects.toThrow('only added to');
});
