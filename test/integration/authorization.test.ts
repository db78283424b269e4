import type { GraphQLField } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../apps/api/src/schema/index.ts';
import { entrancesOf, type Entrance, type Given } from '../setup/entrances.ts';
import type { GraphQLAnswer } from '../setup/http.ts';
import { askAs, AUTH_SECRET } from '../setup/people.ts';
import { ROLES, setScene, type Role, type Scene, type Somebody } from '../setup/scene.ts';
import { startStack, type Stack } from '../setup/stack.ts';

/**
 * Each entrance of the schema, asked for by everybody over HTTP. What has to come of it is said here anew, in the words
 * of docs/accounts.md and not by the policy's own code.
 */

const AT_ONCE = 8;
let stack: Stack;
/** The same, on connections that can not write: what is allowed gets as far as the first write. */
let readOnlyUrl: string;
let scene: Scene;

beforeAll(async () => {
  stack = await startStack({ SAMPLEWISE_AUTH_SECRET: AUTH_SECRET, SAMPLEWISE_SIGN_UP: 'open' });
  scene = await setScene(stack);
  const url = new URL(stack.databaseUrl);
  url.searchParams.set('options', '-c default_transaction_read_only=on');
  readOnlyUrl = await stack.startApi({ DATABASE_URL: url.href });
});
afterAll(() => stack.stop());

// What is expected ----------------------------------------------------------------------------------------------------

type Action = 'read' | 'submit' | 'write' | 'manage' | 'own';
type Code = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND';
const ROLE_FOR: Record<Action, Role> = { read: 'VIEWER', submit: 'VIEWER', write: 'MEMBER', manage: 'ADMIN', own: 'OWNER' };
const SCOPES = ['READ', 'WRITE', 'ADMIN'];
const SCOPE_FOR: Record<Action, string> = { read: 'READ', submit: 'WRITE', write: 'WRITE', manage: 'ADMIN', own: 'ADMIN' };
const OF_TEAM: Record<string, Action> = { Team: 'read', Membership: 'read', Invitation: 'manage', Token: 'manage', Submission: 'manage' };

const hasRole = ({ role }: Somebody, needed: Role): boolean =>
  role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(needed);
const hasScope = ({ scope }: Somebody, action: Action): boolean =>
  SCOPES.indexOf(scope ?? 'ADMIN') >= SCOPES.indexOf(SCOPE_FOR[action]);
const may = (who: Somebody, action: Action, needed = ROLE_FOR[action]): boolean =>
  hasRole(who, needed) && hasScope(who, action);

/** What is told to somebody who wants to do this to the thing of this id; undefined: nothing, he may. */
function told(who: Somebody, action: Action, id: string): Code | undefined {
  const typename = id.split('_')[0]!;
  if (id === NOTHING) return who.role === undefined && who.isPerson === undefined ? 'UNAUTHENTICATED' : 'NOT_FOUND';
  // Of the installation: whoever works in some team may know of it.
  if (typename === 'Executor') {
    if (toldOfUploads(who) === undefined) return undefined;
    return toldOfUploads(who) === 'FORBIDDEN' ? 'NOT_FOUND' : 'UNAUTHENTICATED';
  }
  const ofTeam = OF_TEAM[typename];
  // A trial's picture is somebody's own, also in a public project.
  const isPublic = Object.values(scene.public).includes(id) && ofTeam === undefined && typename !== 'Trial';
  const sees = isPublic || may(who, ofTeam ?? 'read', ofTeam ? ROLE_FOR[ofTeam] : 'MEMBER');
  const isUnknown = who.role === undefined && who.isPerson === undefined;
  if (!sees) return isUnknown ? 'UNAUTHENTICATED' : 'NOT_FOUND';
  // Of a public project, whoever has signed in may take part in a competition.
  if (action === 'submit' && isPublic && who.isPerson && hasScope(who, action)) return undefined;
  if ((action === 'read' && isPublic) || may(who, action)) return undefined;
  return isUnknown ? 'UNAUTHENTICATED' : 'FORBIDDEN';
}

interface Rule {
  action?: Action | ((args: object) => Action);
  people?: boolean;
  narrowed?: boolean;
  of?: unknown;
}
const ruleOf = (field: GraphQLField<unknown, unknown>): Rule => (field.extensions.access as Rule | undefined) ?? {};

/** Of fields whose rule finds by itself what they are about: what that is, with the arguments that make it so. */
const FOUND: Record<string, 'Team'> = { createProject: 'Team' };
const GIVEN: Given = { createProject: { input: '{ name: "good", team: "scene" }' }, nodes: {} };

/** The codes that somebody is told; empty: he gets past. */
function expected(who: Somebody, { field, names, within, kind }: Entrance): Code[] {
  const rule = ruleOf(field);
  if (rule.narrowed) return [];
  if (rule.people && who.isPerson === undefined) return [who.role ? 'FORBIDDEN' : 'UNAUTHENTICATED'];
  const usual = kind === 'mutation' ? 'write' : 'read';
  // Where it depends on the arguments, these are of the usual kind; the other kind has a test of its own.
  const action = (typeof rule.action === 'function' ? rule.action({ input: {} }) : rule.action) ?? usual;
  const about = [...names];
  if (rule.of !== undefined) {
    const typename = FOUND[field.name];
    if (!typename) throw new Error(`${field.name} finds by itself what it is about: say here what that is.`);
    about.push(scene.private[typename]!);
  }
  if (within !== undefined && rule.action) about.push(within);
  const codes = about.map((id) => told(who, action, id)).filter((code) => code !== undefined);
  return [...new Set(codes)].sort();
}

// What comes of it ----------------------------------------------------------------------------------------------------

/** Of a thing that is not there. */
const NOTHING = 'Run_999999';

const REFUSALS: readonly string[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'];

async function send(
  url: string,
  who: Somebody,
  entrance: Entrance,
): Promise<{ status: number; answer: GraphQLAnswer }> {
  const isStream = entrance.kind === 'subscription';
  const abort = new AbortController();
  const response = await fetch(`${url}/graphql${isStream ? '/stream' : ''}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: isStream ? 'text/event-stream' : 'application/json',
      ...who.credentials,
    },
    body: JSON.stringify({ query: entrance.document }),
    signal: abort.signal,
  });
  if (!isStream || response.status !== 200)
    return { status: response.status, answer: (await response.json()) as GraphQLAnswer };
  const answer = await firstEvent(response);
  abort.abort();
  return { status: response.status, answer };
}

/** The first event of a stream. A refusal comes at once; one from which nothing comes has let its reader in. */
async function firstEvent(response: Response): Promise<GraphQLAnswer> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const nothing = new Promise<{ done: true; value: string }>((resolve) =>
    setTimeout(() => resolve({ done: true, value: '' }), 1500),
  );
  let text = '';
  for (;;) {
    const { done, value } = await Promise.race([reader.read(), nothing]);
    text += value ?? '';
    const data = /^event: next\ndata: (.*)$/m.exec(text)?.[1];
    if (data !== undefined && text.includes(`${data}\n`)) return JSON.parse(data) as GraphQLAnswer;
    if (done || text.includes('event: complete')) return {};
  }
}

/** The refusals in an answer, each once; of a `node`, null is one. */
function refusalsIn({ data, errors = [] }: GraphQLAnswer, { field, names, document }: Entrance): string[] {
  const problems = [
    ...errors.flatMap(
      ({ extensions }) => (extensions.problems as { code: string }[] | undefined) ?? [{ code: extensions.code }],
    ),
    ...((data?.result as { problems?: { code: string }[] } | null | undefined)?.problems ?? []),
  ];
  const codes = problems.map(({ code }) => code).filter((code) => REFUSALS.includes(code));
  if (field.name === 'node' && errors.length === 0 && data?.result === null) codes.push('NOT_FOUND');
  // What has no ids can only be told of something else that it does not find.
  const isOther = names.length === 0 && ruleOf(field).of === undefined && !document.includes('node(');
  return [...new Set(codes)].filter((code) => !(isOther && code === 'NOT_FOUND')).sort();
}

/** All tables, but for what the asking itself leaves: when a token was used last. */
async function contents(): Promise<Record<string, string>> {
  const { rows } = await stack.pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
  );
  const digests = rows.map(async ({ name }): Promise<[string, string]> => {
    const { rows: found } = await stack.pool.query<{ digest: string }>(
      `SELECT COALESCE(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS digest FROM "${name}" t`,
    );
    return [name, found[0]!.digest];
  });
  return Object.fromEntries(await Promise.all(digests));
}

async function work<T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await each(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

describe('everything that the API has', () => {
  test('has a rule, or ids that say what it is about', () => {
    const entrances = entrancesOf(schema, scene.private, GIVEN, scene.public);
    const silent = entrances.filter(
      ({ field, names, within }) =>
        names.length === 0 && within === undefined && !['of', 'people', 'narrowed'].some((key) => key in ruleOf(field)),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
    expect(entrances.length).toBeGreaterThan(50);
  });

  test.each(['private', 'public'] as const)(
    'is refused to whom it should be, in a %s project, and nothing changes',
    async (which) => {
      const entrances = entrancesOf(schema, scene[which], GIVEN, scene.public);
      const cases = entrances.flatMap((entrance) =>
        Object.entries(scene.people)
          .map(([name, who]) => ({ entrance, name, who, codes: who.isRevoked ? [] : expected(who, entrance) }))
          .filter(({ codes, who }) => codes.length > 0 || who.isRevoked),
      );
      expect(cases.length).toBeGreaterThan(entrances.length);
      const before = await contents();
      const faults: string[] = [];
      await work(cases, async ({ entrance, name, who, codes }) => {
        const { status, answer } = await send(stack.apiUrl, who, entrance);
        const got = who.isRevoked ? [] : refusalsIn(answer, entrance);
        const fine = who.isRevoked ? status === 401 : String(got) === String(codes);
        if (!fine)
          faults.push(
            `${entrance.name} as ${name}: ${status} ${String(codes)} was expected, not ${JSON.stringify(answer).slice(0, 300)}`,
          );
        if (JSON.stringify(answer).includes(scene.secret)) faults.push(`${entrance.name} tells ${name} what is secret`);
      });
      expect(faults).toEqual([]);
      expect(await contents()).toEqual(before);
    },
  );

  test.each(['private', 'public'] as const)('is allowed to whom it should be, in a %s project', async (which) => {
    const entrances = entrancesOf(schema, scene[which], GIVEN, scene.public);
    const cases = entrances.flatMap((entrance) =>
      Object.entries(scene.people)
        .filter(([, who]) => !who.isRevoked && expected(who, entrance).length === 0)
        .map(([name, who]) => ({ entrance, name, who })),
    );
    // Nobody is let in for nothing: each entrance has somebody who may.
    expect(new Set(cases.map(({ entrance }) => entrance.name)).size).toBe(entrances.length);
    const faults: string[] = [];
    await work(cases, async ({ entrance, name, who }) => {
      const { answer } = await send(readOnlyUrl, who, entrance);
      const got = refusalsIn(answer, entrance);
      if (got.length > 0) faults.push(`${entrance.name} as ${name}: ${JSON.stringify(answer).slice(0, 300)}`);
    });
    expect(faults).toEqual([]);
  });
});

test('who writes may make a leaderboard, and only who manages may publish one', async () => {
  const { Project, DatasetVersion } = scene.private;
  const code = async (name: string, visibility: string): Promise<string | undefined> => {
    const input = `{ projectId: "${Project!}", datasetVersionId: "${DatasetVersion!}", name: "B", metric: "nonsense", visibility: ${visibility} }`;
    const document = `mutation { createLeaderboard(input: ${input}) { ... on InvalidInputError { problems { code } } } }`;
    const { data } = await askAs(stack.apiUrl, scene.people[name]!.credentials, document);
    return (data!.createLeaderboard as { problems?: { code: string }[] }).problems?.[0]?.code;
  };
  expect(await code('member', 'PUBLIC')).toBe('FORBIDDEN');
  // Past the policy, the metric is what is wrong.
  expect(await code('member', 'TEAM')).toBe('INVALID_VALUE');
  expect(await code('admin', 'PUBLIC')).toBe('INVALID_VALUE');
});

test("a view that is not shared is its maker's alone", async () => {
  const { Project } = scene.private;
  const as = (name: string, document: string) => askAs(stack.apiUrl, scene.people[name]!.credentials, document);
  const made = await as(
    'member',
    `mutation { createSavedView(input: { projectId: "${Project!}", name: "mine", shared: false }) {
      ... on CreateSavedViewPayload { savedView { id } } } }`,
  );
  const { id } = (made.data!.createSavedView as { savedView: { id: string } }).savedView;
  const seen = async (name: string): Promise<unknown[]> => {
    const list = `node(id: "${Project!}") { ... on Project { savedViews { totalCount edges { node { name } } } } }`;
    const { data } = await as(name, `{ view: node(id: "${id}") { id } project: ${list} }`);
    return [data!.view, JSON.stringify(data!.project).includes('"mine"')];
  };
  expect(await seen('member')).toEqual([{ id }, true]);
  for (const name of ['admin', 'owner', 'a writing token'])
    expect([name, ...(await seen(name))]).toEqual([name, null, false]);
  const change = `mutation { deleteSavedView(input: { viewId: "${id}" }) { __typename ... on InvalidInputError { problems { code } } } }`;
  expect((await as('owner', change)).data).toMatchObject({ deleteSavedView: { problems: [{ code: 'NOT_FOUND' }] } });
  expect((await as('member', change)).data).toMatchObject({
    deleteSavedView: { __typename: 'DeleteSavedViewPayload' },
  });
});

/** Lists and look-ups without an id give what somebody may see, and are silent about the rest. */
test('lists hold what somebody may see', async () => {
  const { Project, Run, Team } = scene.private;
  const document = `{
    projects(first: 200) { edges { node { name } } }
    project(team: "scene", slug: "${scene.secret}") { name }
    nodes(ids: ["${Project!}", "${Run!}"]) { id ... on Run { name } ... on Project { name } }
    executors(first: 10) { edges { node { host current { run { name } } } } }
    metricSeries(runIds: ["${Run!}"], keys: ["loss"]) { runId }
    node(id: "${scene.public.Project!}") { ... on Project { team { id projects { edges { node { name } } } } } }
  }`;
  for (const [name, who] of Object.entries(scene.people)) {
    if (who.isRevoked) continue;
    const { data, errors } = await askAs(stack.apiUrl, who.credentials, document);
    expect(errors, name).toBeUndefined();
    const text = JSON.stringify(data);
    expect([name, text.includes(scene.secret)]).toEqual([name, hasRole(who, 'MEMBER')]);
    expect(data).toMatchObject(
      hasRole(who, 'MEMBER')
        ? { project: { name: scene.secret }, nodes: [{ id: Project }, { id: Run }], metricSeries: [{ runId: Run }] }
        : { project: null, nodes: [null, null], metricSeries: [] },
    );
    expect(text).toContain('everybody-may-read-this');
    expect([name, text.includes('"host":"here"')]).toEqual([name, toldOfUploads(who) === undefined]);
    expect(text).toContain(Team);
  }
});

/** Who works nowhere may upload nothing; he who works anywhere may. */
const toldOfUploads = (who: Somebody): Code | undefined => {
  if (who.role === undefined) return who.isPerson ? undefined : 'UNAUTHENTICATED';
  return may(who, 'write') ? undefined : 'FORBIDDEN';
};

/** Routes beside GraphQL, and what somebody is told there. */
const ROUTES: [method: string, path: (scene: Scene) => string, told: (who: Somebody) => Code | undefined][] = [
  ['GET', () => `/blobs/${'a'.repeat(64)}`, (who) => told(who, 'read', scene.private.Sample!)],
  ['GET', () => `/blobs/${'b'.repeat(64)}`, () => undefined],
  ['GET', () => `/blobs/${'c'.repeat(64)}`, (who) => told(who, 'read', NOTHING)],
  [
    'POST',
    ({ private: { Run } }) => `/runs/${Run!}/predictions?batch=1`,
    (who) => told(who, 'write', scene.private.Run!),
  ],
  [
    'POST',
    ({ public: { Run } }) => `/runs/${Run!}/predictions?batch=1`,
    (who) => told(who, 'write', scene.public.Run!),
  ],
  ['GET', ({ private: { Run } }) => `/runs/${Run!}/whatever-comes`, (who) => told(who, 'read', scene.private.Run!)],
  ['POST', () => '/uploads', toldOfUploads],
  ['GET', () => '/nobody-knows-what', (who) => (who.role || who.isPerson ? 'NOT_FOUND' : 'UNAUTHENTICATED')],
];
/** What the check says, as against the routes themselves. */
const REFUSAL = /^(There is no such|It needs|Who is asking)/;

test.each(ROUTES)('%s %s asks the same policy', async (method, path, expectedOf) => {
  const asked = Object.entries(scene.people).filter(([, who]) => !who.isRevoked);
  const answers = asked.map(async ([name, who]) => {
    const headers = { ...who.credentials, 'content-type': 'application/x-nothing' };
    const response = await fetch(`${readOnlyUrl}${path(scene)}`, { method, headers });
    const { errors } = (await response.json()) as GraphQLAnswer;
    const isRefused = REFUSAL.test(errors?.[0]?.message ?? '');
    return [name, isRefused ? errors?.[0]?.extensions.code : undefined];
  });
  expect(Object.fromEntries(await Promise.all(answers))).toEqual(
    Object.fromEntries(asked.map(([name, who]) => [name, expectedOf(who)])),
  );
});
