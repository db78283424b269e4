import { stringify } from 'csv-stringify';
import { ByteWriter, parquetWriteRows, type BasicType } from 'hyparquet-writer';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PredictionFormat } from '../prediction-file.ts';
import type { ExportedRow, RunOfExport } from './read-rows.ts';

type Rows = AsyncIterable<ExportedRow>;

/** Columns as an import takes them, and what they are in Parquet; the sample's own are left alone by an import. */
const COLUMNS: readonly (readonly [name: string, type: BasicType, of: (row: ExportedRow) => unknown])[] = [
  ['sample_index', 'INT32', (row) => row.sampleIndex],
  ['split', 'STRING', (row) => row.split],
  ['source', 'STRING', (row) => row.source],
  ['truth', 'STRING', (row) => row.truth],
  ['predicted', 'STRING', (row) => row.predicted],
  ['status', 'STRING', (row) => row.status],
  ['confidence', 'FLOAT', (row) => row.confidence],
  ['latency_micros', 'INT32', (row) => row.latencyMicros],
];
/** Values of one row group in memory. */
const GROUP_VALUES = 1_000_000;
const GROUP_ROWS = 100_000;

/** Writes all rows and ends the target, which is never given more than it takes. */
export const WRITERS: Readonly<
  Record<PredictionFormat, (rows: Rows, run: RunOfExport, target: Writable) => Promise<void>>
> = { csv: writeCsv, ndjson: writeJsonLines, parquet: writeParquet };

const scoreColumns = ({ labels, scored }: RunOfExport): string[] =>
  scored ? labels.map((label) => `score:${label}`) : [];

async function writeCsv(rows: Rows, run: RunOfExport, target: Writable): Promise<void> {
  const none = run.labels.map(() => null);
  async function* records() {
    yield [...COLUMNS.map(([name]) => name), ...scoreColumns(run)];
    for await (const row of rows) {
      yield [...COLUMNS.map(([, , of]) => of(row)), ...(run.scored ? (row.scores ?? none) : [])];
    }
  }
  await pipeline(Readable.from(records()), stringify(), target);
}

async function writeJsonLines(rows: Rows, { labels }: RunOfExport, target: Writable): Promise<void> {
  async function* lines() {
    for await (const { confidence, latencyMicros, scores, ...row } of rows) {
      const line = {
        ...row,
        ...(confidence !== null && { confidence }),
        ...(latencyMicros !== null && { latencyMicros }),
        ...(scores && { scores: Object.fromEntries(labels.map((label, c) => [label, scores[c]])) }),
      };
      yield `${JSON.stringify(line)}\n`;
    }
  }
  await pipeline(Readable.from(lines()), target);
}

async function writeParquet(rows: Rows, run: RunOfExport, target: Writable): Promise<void> {
  const scores = scoreColumns(run);
  async function* records() {
    for await (const row of rows) {
      const record: Record<string, unknown> = Object.fromEntries(COLUMNS.map(([name, , of]) => [name, of(row)]));
      scores.forEach((name, c) => (record[name] = row.scores?.[c] ?? null));
      yield record;
    }
  }
  const writer = new ByteWriter();
  const chunks = flushing(writer, target);
  const columns = [
    ...COLUMNS.map(([name, type]) => ({ name, type, nullable: true })),
    ...scores.map((name) => ({ name, type: 'FLOAT' as const, nullable: true })),
  ];
  const rowGroupSize = Math.max(1, Math.min(GROUP_ROWS, Math.floor(GROUP_VALUES / columns.length)));
  await parquetWriteRows({ writer: chunks, rows: records(), columns, rowGroupSize });
}

/** Hands on what is written after each row group, and waits where the target is full. */
function flushing(writer: ByteWriter, target: Writable): ByteWriter {
  const flush = (): Promise<void> => {
    const bytes = new Uint8Array(writer.buffer.slice(0, writer.index));
    writer.index = 0;
    return new Promise((resolve, reject) => {
      target.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  };
  return Object.assign(writer, {
    flush,
    finish: async () => {
      await flush();
      await new Promise<void>((resolve) => target.end(resolve));
    },
  });
}
