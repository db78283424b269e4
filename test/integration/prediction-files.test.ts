import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mutate } from '../setup/ask.ts';
import { startStack, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

let stack: Stack;
let experimentId: string;
let runId: string;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  const { projectId, datasetVersionId } = await tinyProject(stack.client, 'Files');
  experimentId = (await stack.client.createExperiment({ projectId, name: 'Files', datasetVersionId })).id;
});
afterAll(() => stack.stop());
beforeEach(async () => {
  const { run } = (await mutate(stack, 'createRun', { experimentId }, '... on CreateRunPayload { run { id } }')) as {
    run: { id: string };
  };
  runId = run.id;
});

const CSV = 'text/csv';
const JSON_LINES = 'application/x-ndjson';

async function send(type: string, body: string | Buffer, headers: object = {}, batch = 'one') {
  const response = await fetch(`${stack.apiUrl}/runs/${runId}/predictions?batch=${batch}`, {
    method: 'POST',
    headers: { 'content-type': type, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, ...((await response.json()) as object) } as {
    status: number;
    sampleDone?: number;
    repeated?: boolean;
    errors?: { message: string }[];
    problems?: { code: string; place: string }[];
  };
}

async function stored(): Promise<unknown[]> {
  const { rows } = await stack.pool.query<object>(
    'SELECT sample_index, predicted, confidence, latency_micros, scores IS NOT NULL AS scored FROM prediction WHERE run_id = $1 ORDER BY 1',
    [runId.slice('Run_'.length)],
  );
  return rows;
}

const csv = 'sample_index,predicted,confidence,latency_micros\n0,angry,0.5,120\n2,happy,,\n1,,,90\n';

describe('a file of predictions', () => {
  test('may be a CSV', async () => {
    expect(await send(CSV, csv)).toEqual({ status: 200, sampleDone: 3, repeated: false });
    expect(await stored()).toEqual([
      { sample_index: 0, predicted: 0, confidence: 0.5, latency_micros: 120, scored: false },
      { sample_index: 1, predicted: null, confidence: null, latency_micros: 90, scored: false },
      { sample_index: 2, predicted: 3, confidence: null, latency_micros: null, scored: false },
    ]);
    expect(await send(CSV, csv)).toEqual({ status: 200, sampleDone: 3, repeated: true });
  });

  test('may be a CSV with scores, from which the prediction follows', async () => {
    const scored = 'sample_index,score:angry,score:happy\n0,0.75,0.25\n1,0.25,0.75\n2,0,1\n';
    expect(await send(CSV, scored)).toMatchObject({ status: 200, sampleDone: 3 });
    expect(await stored()).toMatchObject([
      { predicted: 0, confidence: 0.75, scored: true },
      { predicted: 3, confidence: 0.75, scored: true },
      { predicted: 3, confidence: 1, scored: true },
    ]);
  });

  test.each([
    ['as it is', (text: string) => Buffer.from(text), {}],
    ['packed by gzip', gzipSync, { 'content-encoding': 'gzip' }],
    ['packed by zstd', zstdCompressSync, { 'content-encoding': 'zstd' }],
  ])('may be NDJSON, %s', async (_name, pack, headers) => {
    const lines = [
      { sampleIndex: 0, scores: { angry: 1 } },
      { sampleIndex: 1, predicted: 'happy', scores: { happy: 0.5, sad: 0.5 }, latencyMicros: 7 },
      { sampleIndex: 2, predicted: null, scores: {} },
    ];
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    expect(await send(JSON_LINES, pack(text), headers)).toMatchObject({ status: 200, sampleDone: 3 });
    expect(await stored()).toMatchObject([
      { predicted: 0, confidence: 1 },
      { predicted: 3, latency_micros: 7 },
      { predicted: null, scored: false },
    ]);
  });

  test('is refused with every wrong row, and nothing of it is stored', async () => {
    const { status, problems } = await send(CSV, 'sample_index,predicted\nx,angry\n1,bored\n2,happy\n');
    expect(status).toBe(422);
    expect(problems).toMatchObject([
      { code: 'INVALID_VALUE', place: 'row 1, sampleIndex' },
      { code: 'UNKNOWN_LABEL', place: 'row 2, predicted' },
    ]);
    expect(await stored()).toEqual([]);
  });

  test.each<[string, string, string, string]>([
    ['a sample twice', CSV, 'sample_index,predicted\n0,angry\n0,sad\n', 'row 2, sampleIndex'],
    ['a sample that is not there', CSV, 'sample_index,predicted\n0,angry\n9,sad\n', 'row 2, sampleIndex'],
    ['more rows than samples', CSV, `sample_index,predicted\n${'0,angry\n'.repeat(9)}`, 'row 4'],
    ['scores that do not sum up', CSV, 'sample_index,score:sad\n0,1\n1,0.5\n', 'row 2, scores'],
    ['scores in some rows only', JSON_LINES, '{"sampleIndex":0,"scores":{"sad":1}}\n{"sampleIndex":1}', 'row 2'],
    ['a row that is no JSON', JSON_LINES, '{"sampleIndex":0,"predicted":"sad"}\n{', 'row 2'],
    ['an unknown field', JSON_LINES, '{"sampleIndex":0,"label":"sad"}', 'row 1'],
    ['an endless line', JSON_LINES, `"${'x'.repeat(2_000_000)}`, 'row 1'],
    ['a row that is too long', CSV, 'sample_index,predicted\n0,angry,sad\n', 'row 1'],
    ['nothing', CSV, '', 'input.sampleIndex'],
  ])('with %s is refused by its row', async (_name, type, body, place) => {
    const { status, problems } = await send(type, body);
    expect(status).toBe(422);
    expect(problems![0]).toMatchObject({ place });
    expect(await stored()).toEqual([]);
  });

  test('that is packed badly, of another kind, or for no run is refused', async () => {
    const whole = gzipSync(csv);
    const cut = whole.subarray(0, whole.length - 12);
    for (const type of [CSV, JSON_LINES]) {
      expect((await send(type, cut, { 'content-encoding': 'gzip' })).errors![0]!.message).toContain('unpacked');
    }
    expect((await send(CSV, csv, { 'content-encoding': 'br' })).status).toBe(415);
    expect((await send('application/json', '{}')).status).toBe(415);
    expect((await send(CSV, csv, {}, '')).status).toBe(400);
    runId = 'Run_999999';
    expect((await send(CSV, csv)).status).toBe(404);
    runId = 'Project_1';
    expect((await send(CSV, csv)).status).toBe(404);
  });

  test('whose sender goes away leaves nothing, and the API well', async () => {
    const socket = connect(Number(new URL(stack.apiUrl).port), '127.0.0.1');
    socket.write(
      `POST /runs/${runId}/predictions?batch=cut HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\nsample_index,predicted\n0,angry\n`,
    );
    await setTimeout(200);
    socket.destroy();
    await setTimeout(200);
    expect(await stored()).toEqual([]);
    expect((await send(CSV, csv)).status).toBe(200);
  });
});
