import { createClient } from 'graphql-sse';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send, type GraphQLAnswer } from '../setup/http.ts';
import { startStack, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

const PROJECTS = 'query Projects { projects(first: 2) { edges { node { slug } } } }';
const IMPORTED = 'subscription Imported($id: ID!) { importChanged(importId: $id) { status } }';
const TOO_WIDE = `query TooWide { ${'__typename '.repeat(500)} }`;
const TOKEN = 'a-token-of-the-page-0123456789';

let folder: string;
let open: Stack;
let strict: Stack;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-manifest-'));
  const manifest = path.join(folder, 'persisted-documents.json');
  const operations = [PROJECTS, IMPORTED, TOO_WIDE].map((text) => [`sha256:${digest(text)}`, text]);
  await writeFile(manifest, JSON.stringify(Object.fromEntries(operations)));
  open = await startStack({ SAMPLEWISE_OPERATION_MANIFESTS: manifest });
  strict = await startStack({
    SAMPLEWISE_OPERATION_MANIFESTS: manifest,
    SAMPLEWISE_OPERATIONS: 'persisted',
    SAMPLEWISE_API_TOKEN: TOKEN,
  });
});
afterAll(async () => {
  await open.stop();
  await strict.stop();
  await rm(folder, { recursive: true });
});

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const byDigest = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

async function ask(stack: Stack, body: object, headers: Record<string, string> = {}) {
  const { status, body: text } = await send(`${stack.apiUrl}/graphql`, JSON.stringify(body), headers);
  return { status, ...(JSON.parse(text) as GraphQLAnswer) };
}

test.each([
  ['its SHA-256, as Apollo clients have it', byDigest(digest(PROJECTS))],
  ['its document id, as GraphQL over HTTP has it', { documentId: `sha256:${digest(PROJECTS)}` }],
  ['both, of which the id goes first', { ...byDigest(digest(PROJECTS)), query: '{ nothing }' }],
])('an operation of the manifest is run by %s', async (_name, body) => {
  expect(await ask(open, body)).toMatchObject({ status: 200, data: { projects: { edges: [] } } });
});

test('an unknown id asks for the text, with which the operation is run: a page of another build goes on', async () => {
  const unknown = byDigest('0'.repeat(64));
  const { errors } = await ask(open, unknown);
  expect(errors).toMatchObject([
    { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
  ]);
  expect(await ask(open, { ...unknown, query: '{ __typename }' })).toMatchObject({ data: { __typename: 'Query' } });
});

test('limits hold for what the manifest has', async () => {
  const { errors } = await ask(open, { documentId: digest(TOO_WIDE) });
  expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'breadth' } }]);
});

test('subscriptions have ids too', async () => {
  await open.startExecutor();
  const { projectId } = await tinyProject(open.client, 'Known');
  const { rows } = await open.pool.query<{ id: string }>('SELECT id FROM dataset_import');
  expect(projectId).toBe('Project_1');
  const stream = createClient({ url: `${open.apiUrl}/graphql/stream`, retryAttempts: 0 });
  const events = stream.iterate({
    query: '',
    variables: { id: `DatasetImport_${rows[0]!.id}` },
    ...byDigest(digest(IMPORTED)),
  });
  const { value } = (await events.next()) as { value: { data: object } };
  expect(value.data).toEqual({ importChanged: { status: 'FINISHED' } });
  stream.dispose();
});

test('where only known operations are run, pages can not ask for another, and programs can', async () => {
  const program = { authorization: `Bearer ${TOKEN}` };
  const page = { ...program, 'x-samplewise-page': '1' };
  expect(await ask(strict, byDigest(digest(PROJECTS)), page)).toMatchObject({ data: { projects: {} } });
  expect(await ask(strict, { query: PROJECTS }, page)).toMatchObject({ data: { projects: {} } });
  const others = [{ query: '{ __typename }' }, { query: '{ __typename }', ...byDigest('0'.repeat(64)) }];
  for (const other of others) {
    expect(await ask(strict, other, page)).toMatchObject({
      status: 403,
      errors: [{ extensions: { code: 'PERSISTED_QUERY_REQUIRED' } }],
    });
    expect(await ask(strict, other, program)).toMatchObject({ data: { __typename: 'Query' } });
  }
  const address = `?query={__typename}&documentId=${digest(PROJECTS)}`;
  const byAddress = await fetch(`${strict.apiUrl}/graphql${address}`, {
    headers: { ...page, 'apollo-require-preflight': '1' },
  });
  expect(byAddress.status).toBe(403);
});
