import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-sse';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askGraphQL, send, type GraphQLAnswer } from '../setup/http.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
  // The first operations compile what the later ones use.
  for (let i = 0; i < 20; i++) await askGraphQL(stack.apiUrl, NORMAL);
});
afterAll(() => stack.stop());

const NORMAL = '{ projects(first: 5) { edges { node { id name } } } }';
const REFUSED_MILLISECONDS = 100;
const MEGABYTE = 1024 * 1024;

const document = (query: string, variables?: unknown): string => JSON.stringify({ query, variables });
const many = (count: number, one: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => one(i)).join(' ');
const deep = (levels: number, open: string, inner: string): string =>
  `${open.repeat(levels)}${inner}${'}'.repeat(levels)}`;
const fragmentBomb = (levels: number): string =>
  `{ projects { ...f0 } } ${many(levels, (i) => `fragment f${i} on QueryProjectsConnection { ...f${i + 1} ...f${i + 1} }`)}
   fragment f${levels} on QueryProjectsConnection { pageInfo { endCursor } }`;
const ofType = (levels: number): string => deep(levels, 'ofType { ', 'name ');

/** What is sent, which limit it breaks, and what the refusal must say. */
const HOSTILE: [name: string, body: () => string | Buffer, code: string, says: string][] = [
  ['a depth of 50', () => document(`{ projects { edges { node ${deep(50, '{ project ', '{ id }')} } } }`), 'LIMIT_EXCEEDED', '15'],
  ['10,000 aliases', () => document(`{ ${many(10_000, (i) => `a${i}: __typename`)} }`), 'LIMIT_EXCEEDED', '4,000'],
  ['200 aliases', () => document(`{ ${many(200, (i) => `a${i}: __typename`)} }`), 'LIMIT_EXCEEDED', '100'],
  ['3,900 times the same field', () => document(`{ ${many(3900, () => '__typename')} }`), 'LIMIT_EXCEEDED', '400'],
  ['the same fields in an unused fragment', () => document(`{ __typename } fragment f on Query { ${many(3900, () => 'a')} }`), 'LIMIT_EXCEEDED', '400'],
  ['fragments in a circle', () => document('{ projects { ...a } } fragment a on QueryProjectsConnection { ...b } fragment b on QueryProjectsConnection { ...a }'), 'GRAPHQL_VALIDATION_FAILED', 'itself'],
  ['200 fragments in circles', () => document(`{ ...f0 } ${many(200, (i) => `fragment f${i} on Query { ...f${(i + 1) % 200} ...f${(i * 7) % 200} }`)}`), 'GRAPHQL_VALIDATION_FAILED', 'itself'],
  ['a bomb of fragments', () => document(fragmentBomb(50)), 'LIMIT_EXCEEDED', '400'],
  ['a body of 100 MB', () => Buffer.alloc(100 * MEGABYTE, ' '), 'LIMIT_EXCEEDED', '10,485,760'],
  ['a literal of 9 MB', () => document(`{ project(team: "${'x'.repeat(9 * MEGABYTE)}", slug: "x") { id } }`), 'LIMIT_EXCEEDED', '200,000'],
  ['a comment of 9 MB', () => document(`#${'x'.repeat(9 * MEGABYTE)}\n{ __typename }`), 'LIMIT_EXCEEDED', '200,000'],
  ['60,000 tokens', () => document(`{ ${many(60_000, () => 'a')} }`), 'LIMIT_EXCEEDED', '4,000'],
  ['1,000 directives', () => document(`{ __typename ${many(900, () => '@a')} }`), 'LIMIT_EXCEEDED', '50'],
  ['3,900 unclosed brackets', () => document(`{ a(b: ${'['.repeat(3900)}`), 'LIMIT_EXCEEDED', '32'],
  ['a literal of 1,900 levels', () => document(`{ node(id: ${'['.repeat(1900)}${']'.repeat(1900)}) { id } }`), 'LIMIT_EXCEEDED', '32'],
  ['a variable type of 1,900 levels', () => document(`query ($a: ${'['.repeat(1900)}ID${']'.repeat(1900)}) { __typename }`), 'LIMIT_EXCEEDED', '32'],
  ['a variable of 4 million levels', () => `{"query":"{ __typename }","variables":{"a":${'['.repeat(4_000_000)}${']'.repeat(4_000_000)}}}`, 'LIMIT_EXCEEDED', '32'],
  ['nested introspection', () => document(`{ __schema { types { ${deep(3, 'fields { type { ', 'name ')} ${'}'.repeat(3)} } } }`), 'GRAPHQL_VALIDATION_FAILED', 'introspection'],
  ['deep introspection', () => document(`{ __type(name: "Run") { ${ofType(30)} } }`), 'LIMIT_EXCEEDED', '15'],
  ['a storm of introspections', () => document(`{ ${many(30, (i) => `a${i}: __schema { types { fields { args { type { name ofType { name } } } } } }`)} }`), 'LIMIT_EXCEEDED', 'introspection'],
  ['introspections by aliased lists', () => document(`{ __schema { types { ${many(20, (i) => `a${i}: fields { type { ${many(3, (j) => `b${j}: fields { name }`)} } }`)} } } }`), 'LIMIT_EXCEEDED', 'introspection'],
  ['a batch of 1,000', () => JSON.stringify(Array.from({ length: 1000 }, () => ({ query: NORMAL }))), 'LIMIT_EXCEEDED', 'at most 1 operation'],
  ['a page of a million', () => document('{ projects(first: 1000000) { edges { node { id } } } }'), 'LIMIT_EXCEEDED', '500,000'],
  ['a page of a million by a variable', () => document('query ($n: Int) { projects(first: $n) { edges { node { id } } } }', { n: 1e6 }), 'LIMIT_EXCEEDED', '500,000'],
  ['pages within pages', () => document('{ projects(first: 200) { edges { node { experiments(first: 200) { edges { node { runs(first: 200) { edges { node { id } } } } } } } } } }'), 'LIMIT_EXCEEDED', '500,000'],
  ['200,000 ids', () => document('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array.from({ length: 200_000 }, (_, i) => `Run_${i + 1}`) }), 'LIMIT_EXCEEDED', '1,000'],
  ['a number that is an object', () => document('query ($n: Int) { projects(first: $n) { pageInfo { endCursor } } }', { n: { n: { n: 'x'.repeat(5 * MEGABYTE) } } }), 'BAD_USER_INPUT', 'invalid value'],
  ['no operation', () => document('fragment a on Query { __typename }'), 'OPERATION_RESOLUTION_FAILURE', 'operationName'],
  ['something that is no JSON', () => '{"query', 'BAD_REQUEST', 'JSON'],
  ['nothing', () => '{}', 'BAD_REQUEST', 'query'],
]; // prettier-ignore

describe.each(['/graphql', '/graphql/stream'])('at %s', (route) => {
  test.each(HOSTILE)('%s is refused at once, with a reason', async (_name, makeBody, code, says) => {
    const body = makeBody();
    const headers = route === '/graphql' ? undefined : { accept: 'text/event-stream' };
    let best = Infinity;
    // The machine may be busy with something else.
    for (let i = 0; i < 5 && best >= REFUSED_MILLISECONDS; i++) {
      const answer = await send(`${stack.apiUrl}${route}`, body, headers);
      best = Math.min(best, answer.milliseconds);
      const [error] = errorsIn(answer.body);
      expect(error, answer.body.slice(0, 1000)).toBeDefined();
      expect([error!.extensions.code, error!.message]).toEqual([code, expect.stringContaining(says)]);
      expect(answer.body.length).toBeLessThan(20_000);
      if (route === '/graphql') expect(answer.status).toBe(body.length > 50 * MEGABYTE ? 413 : 400);
      if (code === 'LIMIT_EXCEEDED') expect(error!.extensions.allowed).toBeTypeOf('number');
    }
    expect(best).toBeLessThan(REFUSED_MILLISECONDS);
    expect((await askGraphQL(stack.apiUrl, NORMAL)).errors).toBeUndefined();
  });
});

function errorsIn(body: string): NonNullable<GraphQLAnswer['errors']> {
  const json = body.startsWith('{') ? body : /^event: next\ndata: (.*)$/m.exec(body)![1]!;
  return (JSON.parse(json) as GraphQLAnswer).errors ?? [];
}

describe('the process', () => {
  test('keeps its memory bounded under hostile requests, and answers normal ones', async () => {
    const rounds = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        await Promise.all(HOSTILE.map(([, body]) => send(`${stack.apiUrl}/graphql`, body())));
      }
    };
    await rounds(2);
    const before = await memoryOf(stack.apiPid);
    await rounds(6);
    expect((await memoryOf(stack.apiPid)) - before).toBeLessThan(150 * MEGABYTE);
    expect((await askGraphQL(stack.apiUrl, NORMAL)).errors).toBeUndefined();
  });

  test('does not keep a gigabyte that came packed in a megabyte', async () => {
    const packed = gzipSync(Buffer.alloc(1024 * MEGABYTE, ' '));
    expect(packed.length).toBeLessThan(2 * MEGABYTE);
    const answer = await send(`${stack.apiUrl}/graphql`, packed, { 'content-encoding': 'gzip' });
    expect([answer.status, errorsIn(answer.body)[0]!.extensions.code]).toEqual([413, 'LIMIT_EXCEEDED']);
    expect(await peakMemoryOf(stack.apiPid)).toBeLessThan(1024 * MEGABYTE);
  });

  test('reads no more of an endless body than the limit', async () => {
    const endless = function* (): Iterable<Buffer> {
      for (let i = 0; i < 100_000; i++) yield Buffer.alloc(64 * 1024, ' ');
    };
    for (const route of ['/graphql', '/graphql/stream']) {
      const answer = await send(`${stack.apiUrl}${route}`, endless(), { accept: 'text/event-stream, */*' });
      expect([answer.status, errorsIn(answer.body)[0]!.extensions.code]).toEqual([413, 'LIMIT_EXCEEDED']);
    }
  });

  test('reserves no streams', async () => {
    const response = await fetch(`${stack.apiUrl}/graphql/stream`, { method: 'PUT' });
    expect(response.ok).toBe(false);
  });
});

async function statusOf(pid: number, field: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)![1]) * 1024;
}
const memoryOf = (pid: number): Promise<number> => statusOf(pid, 'VmRSS');
const peakMemoryOf = (pid: number): Promise<number> => statusOf(pid, 'VmHWM');

describe('what an operation costs is told', () => {
  test('when it is answered', async () => {
    const { extensions } = await askGraphQL(stack.apiUrl, NORMAL);
    // The list, and for each of five projects: edge, node, id and name.
    expect(extensions?.cost).toEqual({
      requested: 1 + 5 * (1 + 1 + 2),
      limit: 500_000,
      depth: 4,
      depthLimit: 15,
      breadth: 5,
      breadthLimit: 400,
    });
  });

  test('by the page that is asked for', async () => {
    const costOf = async (first: number) =>
      (await askGraphQL(stack.apiUrl, `{ projects(first: ${first}) { edges { cursor } } }`)).extensions!.cost!
        .requested;
    expect([await costOf(1), await costOf(100)]).toEqual([3, 201]);
  });

  test('when it is refused', async () => {
    const large = await askGraphQL(stack.apiUrl, '{ projects(first: 300000) { edges { cursor } } }');
    expect(large).toMatchObject({
      errors: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'complexity', allowed: 500_000, requested: 600_001 } }],
      extensions: { cost: { requested: 600_001, limit: 500_000, depth: 3, breadth: 3 } },
    });
    const wrong = await askGraphQL(stack.apiUrl, '{ projects { nothing } }');
    expect(wrong).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
      extensions: { cost: { depth: 2, breadth: 2 } },
    });
  });

  test('of a subscription', async () => {
    const client = createClient({ url: `${stack.apiUrl}/graphql/stream`, retryAttempts: 0 });
    const { value } = (await client
      .iterate({ query: 'subscription { runChanged(runId: "Project_1") { status } }' })
      .next()) as { value: GraphQLAnswer };
    client.dispose();
    expect(value).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      extensions: { cost: { depth: 2, breadth: 2 } },
    });
  });
});

describe('what tools ask', () => {
  test('a full introspection is within the limits', async () => {
    const full = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    const { errors, data } = await askGraphQL(stack.apiUrl, full);
    expect(errors).toBeUndefined();
    expect(data).toHaveProperty('__schema.types');
  });
});

describe('an error that nobody expected', () => {
  let production: Stack;
  beforeAll(async () => {
    production = await startStack({ NODE_ENV: 'production' });
    await production.pool.query('ALTER TABLE project RENAME TO lost');
  });
  afterAll(() => production.stop());

  test('is shown by its id alone in production', async () => {
    const { errors, extensions } = await askGraphQL(production.apiUrl, NORMAL);
    const [{ message, extensions: detail }] = errors as [NonNullable<typeof errors>[number]];
    expect(message).toBe(`Something went wrong here. Please report it with ${String(detail.requestId)}.`);
    expect(detail).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    expect(extensions?.cost?.requested).toBe(21);
  });

  test('is shown so in a stream too', async () => {
    const body = JSON.stringify({ query: NORMAL });
    const answer = await send(`${production.apiUrl}/graphql/stream`, body, { accept: 'text/event-stream' });
    expect(answer.body).not.toMatch(/prisma|relation|lost/i);
    expect(errorsIn(answer.body)).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('Something went wrong here.') as string,
        extensions: expect.objectContaining({ code: 'INTERNAL_SERVER_ERROR' }) as object,
      }),
    ]);
  });
});
