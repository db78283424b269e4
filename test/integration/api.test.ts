import { InvalidInput } from '@samplewise/domain';
import { createClient } from 'graphql-sse';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failingModel } from '../setup/models.ts';
import { startStack, type Stack } from '../setup/stack.ts';
import { ferCsv, tinyProject } from '../setup/tiny-dataset.ts';

let stack: Stack;
let project: Awaited<ReturnType<typeof tinyProject>>;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  project = await tinyProject(stack.client, 'Api');
});
afterAll(() => stack.stop());

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

async function ask(query: string, variables: object = {}): Promise<Answer> {
  const response = await fetch(`${stack.apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

async function problemsOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(InvalidInput);
  return (error as InvalidInput).problems;
}

describe('uploads and blobs', () => {
  test('the same bytes have the same digest, and come back whole, in part, or not at all when known', async () => {
    const bytes = Buffer.from('samplewise'.repeat(1000));
    const first = await stack.client.upload(Readable.from([bytes]));
    expect(await stack.client.upload(Readable.from([bytes]))).toEqual(first);
    const url = `${stack.apiUrl}/blobs/${first.digest}`;
    const whole = await fetch(url);
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);
    expect(whole.headers.get('content-type')).toBe('application/octet-stream');
    expect(whole.headers.get('content-disposition')).toContain('attachment');
    const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
    expect([part.status, await part.text()]).toEqual([206, 'samplewise']);
    expect(part.headers.get('content-range')).toBe('bytes 10-19/10000');
    expect((await fetch(url, { headers: { range: 'bytes=10000-' } })).status).toBe(416);
    const known = await fetch(url, { headers: { 'if-none-match': whole.headers.get('etag')!, 'cache-control': '' } });
    expect(known.status).toBe(304);
  });

  test.each(['0'.repeat(64), '..%2f..%2fetc%2fpasswd', 'x'])('there is no blob %s', async (digest) => {
    expect((await fetch(`${stack.apiUrl}/blobs/${digest}`)).status).toBe(404);
  });

  test('a form of a foreign page is not an upload', async () => {
    const response = await fetch(`${stack.apiUrl}/uploads`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'x',
    });
    expect(response.status).toBe(415);
  });
});

describe('a subscription', () => {
  test('tells of a run until it has ended, and then ends', async () => {
    const model = await uploadFailingModel();
    const plan = { modelConfigIds: [model], restorationConfigIds: [project.noneId] };
    const { projectId, datasetVersionId } = project;
    const experiment = await stack.client.createExperiment({ projectId, name: 'Followed', datasetVersionId, plan });
    const [run] = await stack.client.queueRuns(experiment.id);
    const client = createClient({ url: `${stack.apiUrl}/graphql/stream`, retryAttempts: 0 });
    const seen: string[] = [];
    for await (const { data, errors } of client.iterate<{ runChanged: { status: string } }>({
      query: 'subscription ($id: ID!) { runChanged(runId: $id) { status } }',
      variables: { id: run!.id },
    })) {
      expect(errors).toBeUndefined();
      seen.push(data!.runChanged.status);
    }
    client.dispose();
    expect(seen.at(-1)).toBe('FAILED');
  });

  test('of something that is not there says so', async () => {
    const client = createClient({ url: `${stack.apiUrl}/graphql/stream`, retryAttempts: 0 });
    const iterator = client.iterate({ query: 'subscription { runChanged(runId: "Project_1") { status } }' });
    const answer: unknown = await iterator.next();
    client.dispose();
    expect(JSON.stringify(answer)).toContain('runId');
  });

  async function uploadFailingModel(): Promise<string> {
    const { digest } = await stack.client.upload(Readable.from([failingModel.bytes]));
    const { config } = await stack.client.createModelConfig({
      projectId: project.projectId,
      name: 'failing',
      spec: failingModel.spec(digest),
    });
    return config.id;
  }
});

describe('what the API refuses', () => {
  test('a model config whose fields are wrong, naming each', async () => {
    const { projectId } = project;
    const spec = {
      kind: 'onnx-classifier',
      weights: { digest: 'x' },
      labels: ['a', 'a'],
      input: { width: 0, height: 9 },
    };
    const places = (await problemsOf(stack.client.createModelConfig({ projectId, name: 'bad', spec }))).map(
      (p) => p.place,
    );
    expect(places).toEqual(
      expect.arrayContaining(['input.spec.weights.digest', 'input.spec.labels', 'input.spec.input.width']),
    );
  });

  test('weights that were not uploaded, saying how', async () => {
    const { projectId } = project;
    const spec = {
      kind: 'onnx-classifier',
      weights: { digest: 'a'.repeat(64) },
      labels: ['a', 'b'],
      input: { width: 9, height: 9 },
    };
    const [problem] = await problemsOf(stack.client.createModelConfig({ projectId, name: 'absent', spec }));
    expect(problem).toMatchObject({ code: 'NOT_FOUND', place: 'input.spec.weights.digest' });
    expect(problem.mend).toContain('/uploads');
  });

  test('an experiment on a dataset of another project', async () => {
    const other = await tinyProject(stack.client, 'Other');
    const { datasetVersionId } = project;
    const work = stack.client.createExperiment({ projectId: other.projectId, name: 'Foreign', datasetVersionId });
    expect((await problemsOf(work)).map((p) => p.place)).toContain('input.datasetVersionId');
  });

  test('a query of endless depth or length, before it is run', async () => {
    const deep = `{ project(team: "local", slug: "api") { ${'experiments(first: 1) { edges { node { project { '.repeat(30)} id ${'} } } }'.repeat(30)} } }`;
    expect((await ask(deep)).errors?.[0]?.message).toMatch(/depth|complex/i);
    const long = `{ ${Array.from({ length: 2000 }, (_, i) => `a${i}: __typename`).join(' ')} }`;
    expect((await ask(long)).errors).toHaveLength(1);
  });

  test('a query by a form of a foreign page', async () => {
    const response = await fetch(`${stack.apiUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
  });
});

describe('imports', () => {
  const start = async (format: 'fer-csv' | 'image-folder' | 'image-manifest', fileName: string, body: Readable) => {
    const { digest: uploadDigest } = await stack.client.upload(body);
    const { projectId } = project;
    const queued = await stack.client.importDataset({
      projectId,
      dataset: fileName,
      version: 'one',
      format,
      fileName,
      uploadDigest,
    });
    return stack.client.waitForImport(queued.id);
  };

  test('a folder of images by class becomes samples with their labels', async () => {
    const picture = (grey: number) =>
      sharp({ create: { width: 9, height: 7, channels: 3, background: { r: grey, g: grey, b: 9 } } })
        .png()
        .toBuffer();
    const archive = pack();
    for (const [i, name] of ['train/cat/1.png', 'train/dog/2.png', 'test/cat/3.png'].entries()) {
      archive.entry({ name }, await picture(i * 40));
    }
    archive.finalize();
    const imported = await start('image-folder', 'pets.tar', Readable.from(archive));
    expect(imported).toMatchObject({ status: 'FINISHED', datasetVersion: { sampleCount: 3 } });
  });

  test('whose rows are wrong names each, and leaves nothing', async () => {
    const csv = ferCsv([0, 3, 6]).replace('\n3,', '\n9,').replace(/6,2 2/, '6,2 256');
    const imported = await start('fer-csv', 'broken.csv', Readable.from([csv]));
    expect(imported.status).toBe('FAILED');
    expect(imported.problems.map((p) => p.code).sort()).toEqual(['PIXEL_RANGE', 'UNKNOWN_LABEL']);
    for (const problem of imported.problems) expect(problem.place).toMatch(/row \d/);
    const { rows } = await stack.pool.query(`SELECT 1 FROM dataset WHERE name = 'broken.csv'`);
    expect(rows).toEqual([]);
  });
});
