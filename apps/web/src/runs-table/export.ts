import type { ViewColumn } from '@samplewise/domain/search';
import { csvLine } from '@/charts/csv';
import { bareId } from '@/design/format';
import { hasInterval, isCurve } from './columns';
import { isFigure } from './figures';
import { plainValue, valuesOf, type TableRow } from './request';
import { askedFor, type Asked } from './scope';
import { isChosen, type Selection } from './selection';
import { sourceOf } from './source';

const PAGE = 200;
/** Rows of one file. */
export const MOST_EXPORTED = 100_000;

export type Format = 'csv' | 'json';

interface Exported {
  asked: Asked;
  columns: readonly ViewColumn[];
  /** Only these; all that fit unless given. */
  selection?: Selection;
  format: Format;
  /** Rows so far. */
  onProgress: (rows: number) => void;
  signal: AbortSignal;
}

/** A table's rows with its columns as a file. They are read page by page; only their texts are kept. */
export async function exportRuns({
  asked,
  columns: shown,
  selection,
  format,
  onProgress,
  signal,
}: Exported): Promise<Blob> {
  // A drawing is no value.
  const columns = shown.filter((column) => !isCurve(column));
  const source = sourceOf(askedFor(asked, selection), valuesOf(columns));
  const parts: string[] = format === 'csv' ? [csvLine(headsOf(columns))] : [];
  let rows = 0;
  let after: string | null = null;
  for (;;) {
    const part = await source.rows({ first: PAGE, ...(after !== null && { after }) });
    signal.throwIfAborted();
    for (const row of part.rows ?? []) {
      if (selection && !isChosen(selection, row.run.id)) continue;
      if (++rows > MOST_EXPORTED)
        throw new Error(`At most ${MOST_EXPORTED.toLocaleString('en')} rows: search for fewer.`);
      parts.push(format === 'csv' ? csvLine(cellsOf(row, columns)) : JSON.stringify(objectOf(row, columns)));
    }
    onProgress(rows);
    if (!part.hasNext || part.end === null) break;
    after = part.end;
  }
  return format === 'csv'
    ? new Blob(parts, { type: 'text/csv' })
    : new Blob([`[\n${parts.join(',\n')}\n]\n`], { type: 'application/json' });
}

/** A column that has an interval has two more beside it. */
function headsOf(columns: readonly ViewColumn[]): string[] {
  const heads = columns.flatMap((column) => {
    const name = nameOf(column);
    return hasInterval(column) ? [name, `${name}.low`, `${name}.high`] : [name];
  });
  return ['run', ...heads];
}

/** As the search language calls it. */
function nameOf({ kind, key, aggregate }: ViewColumn): string {
  if (kind === 'FIELD') return key;
  return `${kind.toLowerCase()}.${key}${aggregate === undefined || aggregate === 'LAST' ? '' : `.${aggregate.toLowerCase()}`}`;
}

function cellsOf(row: TableRow, columns: readonly ViewColumn[]): (string | number | null)[] {
  const cells = columns.flatMap((column) => {
    const value = numeric(plainValue(row, column) ?? null);
    if (!hasInterval(column)) return [value];
    const estimate = row.estimates.get(column.key);
    return [value, estimate?.low ?? null, estimate?.high ?? null];
  });
  return [Number(bareId(row.run.id)), ...cells];
}

/** Params are texts; what is a number is one in a file, too, unless it has more digits than numbers have. */
const numeric = (value: string | number | null): string | number | null =>
  typeof value === 'string' && isFigure(value) && value.length <= 15 ? Number(value) : value;

function objectOf(row: TableRow, columns: readonly ViewColumn[]): object {
  const entries = columns.map((column): [string, unknown] => {
    const value = plainValue(row, column) ?? null;
    const estimate = hasInterval(column) ? row.estimates.get(column.key) : undefined;
    return [nameOf(column), estimate ? { value, low: estimate.low, high: estimate.high } : value];
  });
  return { run: row.run.id, ...Object.fromEntries(entries) };
}
