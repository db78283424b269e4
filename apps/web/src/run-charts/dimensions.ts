import { COST_KEYS, costOf, hasInterval, idOf, labelOf, readColumns, type Subject } from '@/runs-table/columns';
import { figure } from '@/runs-table/figures';
import { plainValue, type TableRow } from '@/runs-table/request';
import type { KnownColumn } from '@/runs-table/usual';
import { bytes, duration, percent } from '@/design/format';

/** What a run is drawn by: something that is a number, or, on an axis of its own, a word. */
export type Dimension = Subject;

const FIELDS = ['duration', 'seed', 'sampleTotal', 'createdAt'];

interface Choice {
  value: string;
  label: string;
}

/** What can be drawn, for a choice. @param withWords also what is no number */
export function choicesOf(known: readonly KnownColumn[], withWords = false): { group: string; items: Choice[] }[] {
  const choice = (column: Subject): Choice => ({ value: idOf(column), label: labelOf(column) });
  const keyed = (kind: KnownColumn['kind']): Choice[] =>
    known
      .filter((column) => column.kind === kind && (withWords || column.numeric))
      .map(({ key }) => choice({ kind, key }));
  const words = withWords ? ['modelConfig', 'restorationConfig', 'status', 'group'] : [];
  return [
    { group: 'Metrics', items: keyed('METRIC') },
    { group: 'Params', items: keyed('PARAM') },
    { group: 'Costs', items: COST_KEYS.map((key) => choice({ kind: 'FIELD', key })) },
    { group: 'Fields', items: [...words, ...FIELDS].map((key) => choice({ kind: 'FIELD', key })) },
    ...(withWords ? [{ group: 'Tags', items: keyed('TAG') }] : []),
  ].filter(({ items }) => items.length > 0);
}

export const dimensionOf = (id: string | null): Dimension | undefined =>
  id === null ? undefined : readColumns(id).map(({ kind, key, aggregate }) => ({ kind, key, aggregate }))[0];

/** A run's number; undefined where it has none that could be drawn. */
export function numberOf(row: TableRow, dimension: Dimension): number | undefined {
  const value = plainValue(row, dimension);
  if (value === null || value === undefined || value === '') return undefined;
  const number = isTime(dimension) ? Date.parse(String(value)) : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** A run's word. */
export function wordOf(row: TableRow, dimension: Dimension): string | undefined {
  const value = plainValue(row, dimension);
  return value === null || value === undefined ? undefined : String(value);
}

export const isTime = ({ kind, key }: Dimension): boolean => kind === 'FIELD' && key.endsWith('At');

/** A number of a dimension in its unit. */
export function shownAs(dimension: Dimension, value: number): string {
  if (hasInterval(dimension)) return percent(value);
  if (isTime(dimension)) return new Date(value).toISOString().slice(0, 16).replace('T', ' ');
  const measure = dimension.kind === 'FIELD' ? costOf(dimension.key)?.measure : undefined;
  if (measure === 'PEAK_MEMORY') return bytes(value);
  if (measure === 'WALL_SECONDS' || measure === 'CPU_SECONDS' || dimension.key === 'duration') return duration(value);
  return figure(value);
}

/** Whether less is better: costs, losses and errors. */
export function isLowerBetter({ kind, key }: Dimension): boolean {
  if (kind === 'FIELD') return costOf(key) !== undefined || key === 'duration';
  return kind === 'METRIC' && /(^|[/_.-])(loss|error|err|perplexity|mse|mae|rmse|latency|brier|ece)\b/i.test(key);
}

/** The same in few characters, for the ticks of an axis. */
export const tickOf = (dimension: Dimension, value: number): string =>
  hasInterval(dimension) ? String(Math.round(value * 1000) / 10) : shownAs(dimension, value);

/** A word as people know it: a config of one version needs none. */
export const shownWord = ({ key }: Dimension, word: string): string =>
  key === 'modelConfig' || key === 'restorationConfig' ? word.replace(/@1$/, '').replace(/@(\d+)$/, ' v$1') : word;
