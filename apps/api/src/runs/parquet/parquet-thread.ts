import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetReadObjects,
  snappyUncompress,
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
} from 'hyparquet';
import { parentPort, workerData } from 'node:worker_threads';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';

export interface ParquetTask {
  file: string;
  /** The classes, in the order of a list of scores. */
  labels: readonly string[];
  /** Samples that the run is about. */
  rowLimit: number;
}

/** Rows as a CSV has them, Errors in the place of those that are none; nothing comes after `end` or an Error alone. */
export type ParquetAnswer = unknown[] | 'end' | Error;

/** Of one page, unpacked: writers aim at 1 MB. */
const PAGE_LIMIT = 64 * 1024 * 1024;
/** Of one column of one row group, unpacked. */
const COLUMN_LIMIT = 512 * 1024 * 1024;
const ROWS_IN_GROUP = 1_000_000;
const ROWS_AT_ONCE = 5000;
const PLAIN = ['sample_index', 'predicted', 'confidence', 'latency_micros'];
const SCORE_COLUMN = 'score:';

/** Each bounded by what the page says that it has, and that by PAGE_LIMIT. */
const compressors: Compressors = {
  SNAPPY: (input, length) => {
    const output = new Uint8Array(bounded(length));
    snappyUncompress(input, output);
    return output;
  },
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: atLeastOne(bounded(length)) }),
  ZSTD: (input, length) => zstdDecompressSync(input, { maxOutputLength: atLeastOne(bounded(length)) }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: atLeastOne(bounded(length)) }),
};

/** Node's own limit can not be 0, which is what a page of nothing but nulls has. */
const atLeastOne = (length: number): number => Math.max(length, 1);

function bounded(length: number): number {
  if (length >= 0 && length <= PAGE_LIMIT) return length;
  throw new Error(`a page has ${length} bytes, of which there may be ${PAGE_LIMIT}`);
}

/** What is asked for, row group by row group. */
async function* answers({ file, labels, rowLimit }: ParquetTask): AsyncGenerator<ParquetAnswer> {
  const buffer = await asyncBufferFromFile(file);
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(buffer);
  } catch (error) {
    yield new Error(`This is no Parquet file: ${reasonOf(error)}.`);
    return;
  }
  const columns = columnsOf(metadata);
  const wrong = flawOf(metadata, columns, rowLimit);
  if (wrong !== undefined) {
    yield new Error(wrong);
    return;
  }
  let rowStart = 0;
  for (const [group, { num_rows: rows }] of metadata.row_groups.entries()) {
    const rowEnd = rowStart + Number(rows);
    const read = await readGroup(buffer, metadata, columns, rowStart, rowEnd);
    if (read instanceof Error) {
      yield new Error(`Row group ${group + 1} can not be read: ${reasonOf(read)}.`);
      return;
    }
    for (let at = 0; at < read.length; at += ROWS_AT_ONCE) {
      yield read.slice(at, at + ROWS_AT_ONCE).map((record) => rowOf(record, columns, labels));
    }
    rowStart = rowEnd;
  }
  yield 'end';
}

async function readGroup(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: string[],
  rowStart: number,
  rowEnd: number,
): Promise<Record<string, unknown>[] | Error> {
  try {
    return await parquetReadObjects({ file, metadata, columns, rowStart, rowEnd, compressors });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Those that we know; others are not unpacked. */
const columnsOf = ({ schema }: FileMetaData): string[] => [
  ...new Set(
    schema
      .slice(1)
      .map(({ name }) => name)
      .filter((name) => PLAIN.includes(name) || name === 'scores' || name.startsWith(SCORE_COLUMN)),
  ),
];

/** What of its description is beyond bounds. What the pages hold instead shows when they are read. */
function flawOf({ num_rows: total, row_groups: groups }: FileMetaData, columns: string[], rowLimit: number) {
  if (!columns.includes('sample_index')) return 'The file has no column sample_index.';
  if (columns.includes('scores') && columns.some((name) => name.startsWith(SCORE_COLUMN))) {
    return `The file has scores as a list and as columns ${SCORE_COLUMN}<class>. Leave one of them out.`;
  }
  if (total > BigInt(rowLimit)) return `The run is about ${rowLimit} samples, and the file has ${total} rows.`;
  let rows = 0n;
  for (const [i, group] of groups.entries()) {
    const name = `Row group ${i + 1}`;
    rows += group.num_rows;
    if (group.num_rows < 0n || rows > total) return `${name} says that it has ${group.num_rows} rows of ${total}.`;
    if (group.num_rows > BigInt(ROWS_IN_GROUP)) {
      return `${name} has ${group.num_rows} rows. Write groups of at most ${ROWS_IN_GROUP}.`;
    }
    for (const { meta_data: column } of group.columns) {
      if (!column || !columns.includes(column.path_in_schema[0]!)) continue;
      const size = column.total_uncompressed_size;
      if (size > BigInt(COLUMN_LIMIT)) return `${name} has ${size} bytes in a column. Write smaller groups.`;
      if (column.codec !== 'UNCOMPRESSED' && !compressors[column.codec]) {
        return `${name} is packed by ${column.codec}. Use SNAPPY, ZSTD, GZIP or BROTLI.`;
      }
    }
  }
  if (!columns.some((name) => name === 'predicted' || name === 'scores' || name.startsWith(SCORE_COLUMN))) {
    return 'The file has neither a column predicted nor scores.';
  }
  return undefined;
}

/** As the rows of a CSV are: what is no number is left as it is, so that the report shows it. */
function rowOf(record: Record<string, unknown>, columns: string[], labels: readonly string[]): unknown {
  const { sample_index: sampleIndex, predicted, confidence, latency_micros: latency, scores } = record;
  const named = columns.filter((name) => name.startsWith(SCORE_COLUMN));
  let byClass: [string, unknown][] = named.map((name) => [name.slice(SCORE_COLUMN.length), number(record[name])]);
  if (Array.isArray(scores)) {
    if (scores.length !== labels.length) {
      return new Error(`There are ${scores.length} scores and ${labels.length} classes.`);
    }
    byClass = labels.map((label, c) => [label, number(scores[c])]);
  }
  return {
    sampleIndex: number(sampleIndex),
    ...(columns.includes('predicted') && { predicted }),
    ...(byClass.length > 0 && { scores: Object.fromEntries(byClass) }),
    ...(confidence != null && { confidence: number(confidence) }),
    ...(latency != null && { latencyMicros: number(latency) }),
  };
}

const number = (value: unknown): unknown =>
  typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message.slice(0, 200) : String(error));

const next = answers(workerData as ParquetTask);
parentPort!.on('message', () => {
  void next.next().then(({ value }) => {
    parentPort!.postMessage((value as ParquetAnswer | undefined) ?? 'end');
  });
});
