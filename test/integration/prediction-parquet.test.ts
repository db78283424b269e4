import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { ByteWriter, parquetWriteBuffer } from 'hyparquet-writer';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mutate } from '../setup/ask.ts';
import { startStack, type Stack } from '../setup/stack.ts';
import { tinyProject } from '../setup/tiny-dataset.ts';

const PARQUET = 'application/vnd.apache.parquet';
/** Made by fixtures/predictions-pyarrow.py. */
const OF_PYARROW = path.join(import.meta.dirname, '../fixtures/predictions-pyarrow.parquet');

let stack: Stack;
let experimentId: string;
let runId: string;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  const { projectId, datasetVersionId } = await tinyProject(stack.client, 'Parquet');
  experimentId = (await stack.client.createExperiment({ projectId, name: 'Files', datasetVersionId })).id;
});
afterAll(() => stack.stop());
beforeEach(async () => {
  runId = await newRun();
});

async function newRun(): Promise<string> {
  const created = await mutate(stack, 'createRun', { experimentId }, '... on CreateRunPayload { run { id } }');
  return (created as { run: { id: string } }).run.id;
}

async function send(type: string, body: ArrayBuffer | Uint8Array<ArrayBuffer> | string, run = runId) {
  const response = await fetch(`${stack.apiUrl}/runs/${run}/predictions?batch=one`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  return { status: response.status, ...((await response.json()) as object) } as {
    status: number;
    sampleDone?: number;
    problems?: { code: string; place: string; message: string }[];
  };
}

async function stored(run = runId): Promise<object[]> {
  const { rows } = await stack.pool.query<object>(
    `SELECT sample_index, predicted, confidence, latency_micros, encode(scores, 'hex') AS scores
       FROM prediction WHERE run_id = $1 ORDER BY 1`,
    [run.slice('Run_'.length)],
  );
  return rows;
}

/** Scores of the seven classes, of which two have any. */
const scoresOf = (angry: number, happy: number): number[] => [angry, 0, 0, happy, 0, 0, 0];

const PLAIN = () =>
  parquetWriteBuffer({
    columnData: [
      { name: 'sample_index', data: [0, 2, 1], type: 'INT64' as const },
      { name: 'predicted', data: ['angry', 'happy', null], type: 'STRING' as const },
      { name: 'latency_micros', data: [120, null, 90], type: 'INT32' as const },
      { name: 'what we do not know', data: [{ a: 1 }, null, null], type: 'JSON' as const },
    ].map((column) => (column.type === 'INT64' ? { ...column, data: BigInt64Array.from([0n, 2n, 1n]) } : column)),
    rowGroupSize: 2,
  });

describe('a Parquet file of predictions', () => {
  test('has the columns of a CSV, in row groups', async () => {
    expect(await send(PARQUET, PLAIN())).toMatchObject({ status: 200, sampleDone: 3 });
    expect(await stored()).toMatchObject([
      { sample_index: 0, predicted: 0, latency_micros: 120, scores: null },
      { sample_index: 1, predicted: null, latency_micros: 90 },
      { sample_index: 2, predicted: 3, latency_micros: null },
    ]);
  });

  test('may have its scores as a list, written by pyarrow and packed by zstd', async () => {
    expect(await send(PARQUET, new Uint8Array(await readFile(OF_PYARROW)))).toMatchObject({ status: 200 });
    expect(await stored()).toMatchObject([
      { sample_index: 0, predicted: 0, confidence: 0.75 },
      { sample_index: 1, predicted: 3, confidence: 1 },
      { sample_index: 2, predicted: 3, confidence: 0.5 },
    ]);
  });

  test.each<[string, () => ArrayBuffer | Uint8Array<ArrayBuffer>, string, string]>([
    ['nothing', () => new Uint8Array(), 'row 1', 'no Parquet file'],
    ['another kind of file', () => new TextEncoder().encode('sample_index,predicted\n0,angry\n'), 'row 1', 'no Parquet file'],
    ['its end cut off', () => PLAIN().slice(0, -20), 'row 1', 'no Parquet file'],
    ['its middle cut out', () => cut(PLAIN()), 'row 1', 'can not be read'],
    ['a label that does not exist', () => written({ predicted: ['angry', 'bored', 'sad'] }), 'row 2, predicted', 'no such class'],
    ['too few scores', () => written({ scores: [scoresOf(1, 0), [1], scoresOf(0, 1)] }), 'row 2', '1 scores and 7 classes'],
    ['more rows than samples', () => written({}, [0, 1, 2, 3]), 'row 1', '3 samples, and the file has 4 rows'],
    ['no samples', () => parquetWriteBuffer({ columnData: [{ name: 'predicted', data: ['sad'] }] }), 'row 1', 'no column sample_index'],
    ['counts that are not true', () => lying(), 'row 1', 'can not be read'],
  ])('with %s is refused with its place, and nothing of it is stored', async (_name, file, place, message) => {
    const { status, problems } = await send(PARQUET, file());
    expect(problems).toMatchObject([{ place, message: expect.stringContaining(message) as string }]);
    expect(status).toBe(422);
    expect(await stored()).toEqual([]);
  }); // prettier-ignore

  test('that unpacks to far more than it has is refused, and the API goes on', async () => {
    const file = parquetWriteBuffer({
      columnData: [
        { name: 'sample_index', data: [0] },
        { name: 'predicted', data: ['x'.repeat(100 * 1024 * 1024)], type: 'STRING' },
      ],
    });
    const { status, problems } = await send(PARQUET, file);
    expect(status).toBe(422);
    expect(problems![0]!.message).toMatch(/of which there may be 67108864/);
    expect((await send(PARQUET, PLAIN())).status).toBe(200);
  });
});

describe('an export of predictions', () => {
  test.each([
    ['csv', 'text/csv'],
    ['ndjson', 'application/x-ndjson'],
    ['parquet', PARQUET],
  ])('as %s can be imported into another run, which then has the same', async (format, type) => {
    const confidence = [0.75, 1, 0.25];
    const scores = [scoresOf(0.75, 0.25), scoresOf(0, 1), scoresOf(0.75, 0.25)];
    await send(PARQUET, written({ scores, predicted: ['angry', 'happy', 'happy'], confidence }));
    const response = await fetch(`${stack.apiUrl}/runs/${runId}/predictions.${format}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${runId}.${format}"`);
    const file = await response.arrayBuffer();
    const other = await newRun();
    expect(await send(type, file, other)).toMatchObject({ status: 200, sampleDone: 3 });
    expect(await stored(other)).toEqual(await stored());
  });

  test('names samples and their truth', async () => {
    await send(PARQUET, PLAIN());
    const csv = await (await fetch(`${stack.apiUrl}/runs/${runId}/predictions.csv`)).text();
    expect(csv.split('\n').slice(0, 3)).toEqual([
      'sample_index,split,source,truth,predicted,status,confidence,latency_micros',
      '0,VALIDATION,row 1,angry,angry,PREDICTED,,120',
      '1,VALIDATION,row 2,happy,,ABSTAINED,,90',
    ]);
    const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-export-'));
    const file = path.join(folder, 'export.parquet');
    await writeFile(file, await (await fetch(`${stack.apiUrl}/runs/${runId}/predictions.parquet`)).bytes());
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
    expect(rows[2]).toMatchObject({ sample_index: 2, truth: 'neutral', predicted: 'happy', latency_micros: null });
    await rm(folder, { recursive: true });
  });

  test.each(['Run_999999/predictions.csv', 'Run_1/predictions.xml', 'Project_1/predictions.csv'])(
    'of %s is not there',
    async (address) => {
      expect((await fetch(`${stack.apiUrl}/runs/${address}`)).status).toBe(404);
    },
  );
});

interface Given {
  predicted?: string[];
  scores?: number[][];
  confidence?: number[];
}

/** A file of these columns, for three samples unless others are given. */
function written({ predicted, scores, confidence }: Given, samples = [0, 1, 2]): ArrayBuffer {
  return parquetWriteBuffer({
    schema: [
      { name: 'root', num_children: 1 + [predicted, scores, confidence].filter(Boolean).length },
      { name: 'sample_index', type: 'INT32', repetition_type: 'REQUIRED' },
      ...(predicted ? [{ name: 'predicted', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const] : []),
      ...(confidence ? [{ name: 'confidence', type: 'FLOAT', repetition_type: 'OPTIONAL' } as const] : []),
      ...(scores
        ? ([
            { name: 'scores', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
            { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
            { name: 'element', type: 'FLOAT', repetition_type: 'OPTIONAL' },
          ] as const)
        : []),
    ],
    columnData: [
      { name: 'sample_index', data: samples },
      ...(predicted ? [{ name: 'predicted', data: predicted }] : []),
      ...(confidence ? [{ name: 'confidence', data: confidence }] : []),
      ...(scores ? [{ name: 'scores', data: scores }] : []),
    ],
  });
} // prettier-ignore

/** Without its pages, which its end says to be there. */
function cut(file: ArrayBuffer): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(file.slice(0));
  bytes.fill(0xff, 4, 40);
  return bytes;
}

/** A page that says that it has a thousand million values, in a run-length of one. */
function lying(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(written({ predicted: ['angry', 'happy', 'sad'] }));
  // The header of the first page is behind the magic number: its fields are written as zigzag varints.
  const at = bytes.indexOf(6, 8); // three values
  const writer = new ByteWriter();
  writer.appendBytes(bytes.slice(0, at));
  writer.appendVarInt(2_000_000_000);
  writer.appendBytes(bytes.slice(at + 1));
  return writer.getBytes().slice();
}
