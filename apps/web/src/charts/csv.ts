import type { Line } from './LineChart';

/** A field as RFC 4180 has it; a leading formula sign is defused, since spreadsheets would run it. */
function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line of a file. */
export const csvLine = (fields: readonly (string | number | null)[]): string => `${fields.map(field).join(',')}\r\n`;

/** All points of a chart, one a row. */
export function csvOf(lines: readonly Pick<Line, 'name' | 'points'>[], x: string, y: string): string {
  const rows = lines.flatMap(({ name, points }) => points.map(([at, value]) => [name, at, value] as const));
  return csvOfTable([['run', x, y], ...rows]);
}

/** Rows of a table, its heads first. */
export const csvOfTable = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map(csvLine).join('');
