import { CsvError, parse } from 'csv-parse';
import { pipeline, Readable } from 'node:stream';
import { InvalidInput, problem, type Problem } from '@samplewise/domain';
import type { ProblemList } from '../problem-list.ts';

/** Far above a FER row (10 kB), far below what an unclosed quote could swallow. */
const LARGEST_ROW_BYTES = 1024 * 1024;

export interface TableRow<C extends string> {
  /** 1 for the first row after the header. */
  number: number;
  /** `row 12 (line 13)` */
  place: string;
  /** Fields by column, without surrounding blanks; undefined where an optional column is absent. */
  fields: Readonly<Record<C, string | undefined>>;
}

export interface Columns<C extends string> {
  required: readonly C[];
  optional?: readonly C[];
}

/**
 * Reads a CSV with a header; names of columns in any order, any case, with or without blanks around them. Rows with
 * too few or too many fields go to `problems` and are left out.
 * @throws InvalidInput when there is no header, a column is missing or the quotes don't match
 */
export async function* readTable<C extends string>(
  chunks: AsyncIterable<Buffer>,
  fileName: string,
  columns: Columns<C>,
  problems: ProblemList,
): AsyncGenerator<TableRow<C>> {
  let layout: Layout<C> | undefined;
  let number = 0;
  for await (const { record, line } of readRecords(chunks, fileName)) {
    if (layout === undefined) {
      layout = findColumns(record, fileName, columns);
      continue;
    }
    const place = `row ${++number} (line ${line})`;
    if (record.length === layout.width) yield { number, place, fields: pick(record, layout) };
    else problems.add(wrongLength(record, layout, place));
  }
  if (layout === undefined) throw new InvalidInput(empty(fileName));
}

interface RawRecord {
  record: string[];
  line: number;
}

async function* readRecords(chunks: AsyncIterable<Buffer>, fileName: string): AsyncGenerator<RawRecord> {
  const parser = parse({
    bom: true,
    info: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LARGEST_ROW_BYTES,
  });
  // Errors of the source end the parser too and are thrown by the loop.
  const rows = pipeline(Readable.from(chunks), parser, () => undefined) as AsyncIterable<{
    record: string[];
    info: { lines: number };
  }>;
  try {
    for await (const { record, info } of rows) yield { record, line: info.lines };
  } catch (error) {
    throw error instanceof CsvError ? new InvalidInput(malformed(error, fileName)) : error;
  }
}

interface Layout<C extends string> {
  header: readonly string[];
  width: number;
  positions: readonly (readonly [C, number])[];
}

function findColumns<C extends string>(record: readonly string[], fileName: string, columns: Columns<C>): Layout<C> {
  const header = record.map((name) => name.trim());
  const optional = columns.optional ?? [];
  const positions = [...columns.required, ...optional].map((column) => {
    const at = header.flatMap((name, i) => (name.toLowerCase() === column.toLowerCase() ? [i] : []));
    if (at.length > 1) throw new InvalidInput(ambiguous(column, fileName));
    return [column, at[0] ?? -1] as const;
  });
  const missing = positions.filter(([column, at]) => at < 0 && columns.required.includes(column));
  const [first, ...more] = missing.map(([column]) => missingColumn(column, header, fileName, columns));
  if (first) throw new InvalidInput(first, ...more);
  return { header, width: record.length, positions: positions.filter(([, at]) => at >= 0) };
}

function pick<C extends string>(record: readonly string[], layout: Layout<C>): Record<C, string | undefined> {
  return Object.fromEntries(layout.positions.map(([column, at]) => [column, record[at]?.trim()])) as Record<
    C,
    string | undefined
  >;
}

function wrongLength(record: readonly string[], { width, header }: Layout<string>, place: string): Problem {
  const short = record.length < width;
  return problem(
    short ? 'SHORT_ROW' : 'LONG_ROW',
    `The row has ${record.length} ${record.length === 1 ? 'field' : 'fields'}, the header has ${width}.`,
    {
      place,
      value: record.join(','),
      mend: short
        ? `Give it all of ${header.join(', ')}.`
        : 'Remove what is too much, or put quotes around a field that has a comma in it.',
    },
  );
}

function missingColumn(
  column: string,
  header: readonly string[],
  fileName: string,
  { required, optional = [] }: Columns<string>,
): Problem {
  const also = optional.length > 0 ? ` and may have ${optional.join(', ')}` : '';
  return problem('MISSING_COLUMN', `There is no column '${column}'.`, {
    place: `${fileName}, header`,
    value: header.join(','),
    mend: `The header needs ${required.join(', ')}${also}, in any order.`,
  });
}

function ambiguous(column: string, fileName: string): Problem {
  return problem('MALFORMED_CSV', `The column '${column}' is there more than once.`, {
    place: `${fileName}, header`,
    mend: 'Remove or rename one of them.',
  });
}

function malformed(error: CsvError, fileName: string): Problem {
  const line = typeof error.lines === 'number' ? `, line ${error.lines}` : '';
  return problem('MALFORMED_CSV', `This is not a well-formed CSV: ${error.message}.`, {
    place: `${fileName}${line}`,
    mend: 'Fields are separated by commas; one with a comma, a quote or a line break in it stands in double quotes.',
  });
}

function empty(fileName: string): Problem {
  return problem('EMPTY_SOURCE', 'The file is empty.', {
    place: fileName,
    mend: 'Upload a file with a header and rows.',
  });
}
