import { request } from 'node:http';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { extract } from 'tar-stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, expectProblem, mutate } from '../setup/ask.ts';
import { trainings } from '../setup/client-run.ts';
import { startStack, type Stack } from '../setup/stack.ts';
import { noise, sha256, upload } from '../setup/uploads.ts';

let stack: Stack;
let begin: (input?: object) => Promise<string>;
let runId: string;
let projectId: string;

beforeAll(async () => {
  stack = await startStack();
  ({ begin, projectId } = await trainings(stack, 'Artifacts'));
});
afterAll(() => stack.stop());
beforeEach(async () => {
  runId = await begin();
});

let batches = 0;
async function log(artifacts: object[], batchId = `batch ${batches++}`): Promise<{ path: string; version: number }[]> {
  const fields = '... on LogArtifactsPayload { repeated artifacts { id path version size mediaType name url } }';
  const result = await mutate(stack, 'logArtifacts', { runId, batchId, artifacts }, fields);
  return (result as { artifacts: { path: string; version: number }[] }).artifacts;
}

async function put(files: Record<string, string | Uint8Array>): Promise<void> {
  const artifacts = [];
  for (const [path, bytes] of Object.entries(files)) artifacts.push({ path, digest: await upload(stack, bytes) });
  await log(artifacts);
}

async function read(fields: string): Promise<Record<string, unknown>> {
  const { data, errors } = await ask(stack, `query ($id: ID!) { node(id: $id) { ... on Run { ${fields} } } }`, {
    id: runId,
  });
  if (errors) throw new Error(errors[0]!.message);
  return (data as { node: Record<string, unknown> }).node;
}

async function list(args: string) {
  const { artifacts } = await read(
    `artifacts(${args}) { pageInfo { endCursor hasNextPage } edges { node { name path isFolder fileCount size artifact { version } } } }`,
  );
  const { edges, pageInfo } = artifacts as {
    edges: { node: { name: string; fileCount: number; size: string; isFolder: boolean; path: string } }[];
    pageInfo: { endCursor: string; hasNextPage: boolean };
  };
  return { entries: edges.map(({ node }) => node), ...pageInfo };
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${stack.apiUrl}/runs/${runId}/artifacts/${path}`, { headers });

describe('files of a run', () => {
  test('lie in folders, and are listed page by page', async () => {
    await put({
      'a-b.txt': '1',
      'a/x': '22',
      'a/y/z': '333',
      'ä.txt': '4444',
      'b.txt': '55555',
    });
    const { entries } = await list('first: 10');
    expect(entries.map(({ name, isFolder, fileCount, size }) => [name, isFolder, fileCount, size])).toEqual([
      ['a', true, 2, '5'],
      ['a-b.txt', false, 1, '1'],
      ['b.txt', false, 1, '5'],
      ['ä.txt', false, 1, '4'],
    ]);
    expect((await list('prefix: "a/"')).entries).toMatchObject([
      { name: 'x', path: 'a/x', artifact: { version: 1 } },
      { name: 'y', path: 'a/y', isFolder: true, artifact: null },
    ]);
    const names: string[] = [];
    for (let after = ''; ;) {
      const page = await list(`recursive: true, first: 2${after}`);
      names.push(...page.entries.map(({ path }) => path));
      if (!page.hasNextPage) break;
      after = `, after: "${page.endCursor}"`;
    }
    expect(names).toEqual(['a-b.txt', 'a/x', 'a/y/z', 'b.txt', 'ä.txt']);
    expect((await list('last: 1')).entries).toMatchObject([{ name: 'ä.txt' }]);
    expect((await list('prefix: "nothing"')).entries).toEqual([]);
    await expect(list('prefix: "../x"')).rejects.toThrow('prefix');
  });

  test('get a new version when they are logged again; a batch counts once', async () => {
    const [one, two] = [await upload(stack, 'one'), await upload(stack, 'two')];
    const first = { path: 'model.bin', digest: one, name: 'Model', type: 'model', metadata: { epoch: 3 } };
    await log([first], 'first');
    await log([first], 'first');
    expect(await log([{ path: 'model.bin', digest: two }])).toMatchObject([{ version: 2, name: 'model.bin' }]);
    await expectProblem(log([{ path: 'other', digest: two }], 'first'), 'CONFLICT', 'input.batchId');
    expect(
      await read(
        'artifact(path: "model.bin") { version latest } old: artifact(path: "model.bin", version: 1) { name type metadata url }',
      ),
    ).toEqual({
      artifact: { version: 2, latest: true },
      old: {
        name: 'Model',
        type: 'model',
        metadata: { epoch: 3 },
        url: `/runs/${runId}/artifacts/model.bin?version=1`,
      },
    });
    const { artifactVersions } = await read('artifactVersions(path: "model.bin") { edges { node { version } } }');
    expect(artifactVersions).toEqual({ edges: [{ node: { version: 2 } }, { node: { version: 1 } }] });
    expect(await (await get('model.bin')).text()).toBe('two');
    expect(await (await get('model.bin?version=1')).text()).toBe('one');
  });

  test.each<[string, string]>([
    ['a way out', '../secret'],
    ['a way out in the middle', 'a/../../secret'],
    ['the root', '/etc/passwd'],
    ['a drive', 'C:/windows'],
    ['a backslash', 'a\\b'],
    ['an empty part', 'a//b'],
    ['a dot', './a'],
    ['nothing', ''],
    ['a slash at the end', 'a/'],
    ['a line break', 'a\nb'],
    ['letters that turn the direction', 'photo\u202egnp.exe'],
    ['a part that is too long', 'x'.repeat(256)],
    ['too many parts', Array(33).fill('x').join('/')],
  ])('are refused when the path has %s', async (_name, path) => {
    await expectProblem(log([{ path, digest: 'a'.repeat(64) }]), 'INVALID_VALUE', 'input.artifacts.0.path');
  });

  test('are refused where they could not lie beside each other, or were not uploaded', async () => {
    const digest = await upload(stack, 'x');
    await log([{ path: 'Dir/File.txt', digest }]);
    const refused = (path: string, place = 'input.artifacts.0.path') =>
      expectProblem(log([{ path, digest }]), 'CONFLICT', place);
    await refused('dir/file.TXT');
    await refused('Dir');
    await refused('Dir/File.txt/below');
    const both = [
      { path: 'n', digest },
      { path: 'N', digest },
    ];
    await expectProblem(log(both), 'CONFLICT', 'input.artifacts.1.path');
    await expectProblem(log([both[0]!, both[0]!]), 'CONFLICT', 'input.artifacts.1.path');
    await expectProblem(
      log([
        { path: 'n', digest },
        { path: 'n/m', digest },
      ]),
      'CONFLICT',
      'input.artifacts.1.path',
    );
    await expectProblem(log([{ path: 'n', digest: 'a'.repeat(64) }]), 'NOT_FOUND', 'input.artifacts.0.digest');
    // Composed and decomposed letters are one name.
    await log([{ path: 'e\u0301.txt', digest }]);
    expect(await log([{ path: '\u00e9.txt', digest }])).toMatchObject([{ path: '\u00e9.txt', version: 2 }]);
    expect((await list('first: 9')).entries.map(({ name }) => name)).toEqual(['Dir', 'é.txt']);
  });

  test('go into the bin and come back with their versions', async () => {
    await put({ 'a.txt': '1', 'b.txt': '2' });
    await put({ 'a.txt': '3' });
    const change = (name: string, paths: string[]) =>
      mutate(stack, name, { runId, paths }, `... on ${name[0]!.toUpperCase()}${name.slice(1)}Payload { run { id } }`);
    await expectProblem(change('deleteArtifacts', ['a.txt', 'c.txt']), 'NOT_FOUND', 'input.paths.1');
    await change('deleteArtifacts', ['a.txt']);
    expect((await list('first: 9')).entries.map(({ name }) => name)).toEqual(['b.txt']);
    expect((await get('a.txt')).status).toBe(404);
    expect((await get('a.txt?version=1')).status).toBe(404);
    await change('restoreArtifacts', ['a.txt']);
    expect(await read('artifact(path: "a.txt") { version }')).toEqual({ artifact: { version: 2 } });
    await expectProblem(change('restoreArtifacts', ['a.txt']), 'NOT_FOUND', 'input.paths.0');
  });

  test('belong to their run: without it they are gone, and by their id they are found', async () => {
    await put({ 'a.txt': '1' });
    const { artifact } = (await read('artifact(path: "a.txt") { id }')) as { artifact: { id: string } };
    const byId = `{ node(id: "${artifact.id}") { ... on Artifact { path run { id experiment { project { id } } } } } }`;
    const run = { id: runId, experiment: { project: { id: projectId } } };
    expect(await ask(stack, byId)).toMatchObject({ data: { node: { path: 'a.txt', run } } });
    await mutate(stack, 'deleteRuns', { runIds: [runId] }, '... on DeleteRunsPayload { runs { id } }');
    expect(await ask(stack, byId)).toMatchObject({ data: { node: null } });
    expect((await get('a.txt')).status).toBe(404);
    expect((await fetch(`${stack.apiUrl}/runs/${runId}/artifacts.tar`)).status).toBe(404);
  });
});

describe('a download', () => {
  const bytes = noise(10_000);
  beforeEach(() => put({ 'deep/data.bin': bytes, 'page.html': '<script>alert(1)</script>', 'note.txt': 'grün' }));

  test('gives any range, and nothing to who has it', async () => {
    const whole = await get('deep/data.bin');
    expect(whole.headers.get('etag')).toBe(`"${sha256(bytes)}"`);
    expect(sha256(new Uint8Array(await whole.arrayBuffer()))).toBe(sha256(bytes));
    const part = await get('deep/data.bin', { range: 'bytes=9000-' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 9000-9999/10000']);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(9000));
    expect((await get('deep/data.bin', { range: 'bytes=10000-' })).status).toBe(416);
    expect((await get('deep/data.bin', { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
    // fetch would ask not to be served from a cache.
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'if-none-match': `"${sha256(bytes)}"` };
      request(`${stack.apiUrl}/runs/${runId}/artifacts/deep/data.bin`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(304);
    const head = await fetch(`${stack.apiUrl}/runs/${runId}/artifacts/deep/data.bin`, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe('10000');
  });

  test('can not run in a page', async () => {
    const page = await get('page.html');
    expect(page.headers.get('content-disposition')).toMatch(/^attachment; filename="?page.html"?$/);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const note = await get('note.txt');
    expect([note.headers.get('content-type'), note.headers.get('content-disposition')]).toEqual(['text/plain; charset=utf-8', null]); // prettier-ignore
    expect((await get('note.txt?download=true')).headers.get('content-disposition')).toContain('attachment');
  });

  test('of what is not there, or leads elsewhere, is refused', async () => {
    for (const path of ['nothing', 'deep', '..%2F..%2Fetc%2Fpasswd', 'a%00b'])
      expect((await get(path)).status).toBe(404);
    expect((await get('note.txt?version=0')).status).toBe(400);
    runId = 'Run_999999';
    expect((await get('note.txt')).status).toBe(404);
  });

  test('of a folder is an archive', async () => {
    const archiveOf = async (prefix: string) => {
      const response = await fetch(`${stack.apiUrl}/runs/${runId}/artifacts.tar${prefix}`);
      const files: Record<string, number> = {};
      for await (const entry of Readable.from([Buffer.from(await response.arrayBuffer())]).pipe(extract())) {
        files[entry.header.name] = entry.header.size!;
        entry.resume();
      }
      return files;
    };
    expect(await archiveOf('')).toEqual({ 'deep/data.bin': 10_000, 'note.txt': 5, 'page.html': 25 });
    expect(await archiveOf('?prefix=deep/')).toEqual({ 'data.bin': 10_000 });
    expect((await fetch(`${stack.apiUrl}/runs/${runId}/artifacts.tar?prefix=../x`)).status).toBe(400);
  });
});

test('a file is shown by what is in it', async () => {
  const wide = Array.from({ length: 60 }, (_, i) => `${i},"a, b",${i * 2}`).join('\n');
  await put({
    'a.txt': 'line\n'.repeat(2000),
    'empty.txt': '',
    'b.json': '{"b":[1,2]}',
    'broken.json': '{"b":',
    'c.csv': `x,y,z\n${wide}\n`,
    'd.png': await sharp({ create: { width: 7, height: 5, channels: 3, background: 'red' } })
      .png()
      .toBuffer(),
    'fake.png': 'no picture',
    'e.bin': noise(1000),
    'f.onnx': noise(300),
    'cut.txt': `${'x'.repeat(64 * 1024 - 1)}é`,
  });
  const PREVIEW = `preview { __typename
    ... on TextPreview { text complete } ... on JsonPreview { json: text complete }
    ... on TablePreview { columns rows complete } ... on ImagePreview { width height image { url } }
    ... on BinaryPreview { format hex } }`;
  const preview = async (path: string) =>
    ((await read(`artifact(path: "${path}") { ${PREVIEW} }`)).artifact as { preview: Record<string, unknown> }).preview;
  expect(await preview('a.txt')).toEqual({ __typename: 'TextPreview', complete: false, text: 'line\n'.repeat(1000).slice(0, -1) }); // prettier-ignore
  expect(await preview('empty.txt')).toEqual({ __typename: 'TextPreview', complete: true, text: '' });
  expect(await preview('b.json')).toMatchObject({ json: '{\n  "b": [\n    1,\n    2\n  ]\n}', complete: true });
  expect(await preview('broken.json')).toMatchObject({ __typename: 'TextPreview', text: '{"b":' });
  const table = await preview('c.csv');
  expect(table).toMatchObject({ __typename: 'TablePreview', columns: ['x', 'y', 'z'], complete: false });
  expect((table.rows as string[][]).length).toBe(50);
  expect((table.rows as string[][])[1]).toEqual(['1', 'a, b', '2']);
  expect(await preview('d.png')).toMatchObject({ __typename: 'ImagePreview', width: 7, height: 5 });
  expect(await preview('fake.png')).toMatchObject({ __typename: 'TextPreview', text: 'no picture' });
  expect(await preview('e.bin')).toEqual({ __typename: 'BinaryPreview', format: null, hex: noise(1000).toString('hex', 0, 256) }); // prettier-ignore
  expect(await preview('f.onnx')).toMatchObject({ __typename: 'BinaryPreview', format: 'ONNX model' });
  expect(await preview('cut.txt')).toMatchObject({ __typename: 'TextPreview', complete: false });
});
