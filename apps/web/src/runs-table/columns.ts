import { COST_MEASURES, COST_PHASES, type CostOrder, type RunOrder, type ViewColumn } from '@samplewise/domain/search';
import { FIELDS, type FieldColumn } from './fields';

export type { ViewColumn };
type Aggregate = NonNullable<ViewColumn['aggregate']>;

/** What of a run a column shows, as an order: a column is sorted by what it shows. */
export type Subject = Omit<ViewColumn, 'width' | 'pinned'>;

/** Metrics whose evaluation has an interval for them; see `Run.estimates`. */
export const ESTIMATED: readonly string[] = ['accuracy', 'balanced_accuracy', 'macro_f1'];

const COLUMN_LIMIT = 500;
const KINDS = { PARAM: 'p', METRIC: 'm', TAG: 't' } as const;
const AGGREGATES: readonly Aggregate[] = ['MIN', 'MAX', 'STEP', 'CURVE'];

/** Names a column within a table, and in an address: `name`, `m:accuracy`, `m:loss@MIN`. */
export function idOf({ kind, key, aggregate }: Subject): string {
  // These have a meaning behind the key.
  const written = encodeURIComponent(key).replace(/[~!]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  if (kind === 'FIELD') return written;
  return `${KINDS[kind]}:${written}${aggregate === undefined || aggregate === 'LAST' ? '' : `@${aggregate}`}`;
}

/** Columns as an address has them: `name!,m:accuracy~160`; `!` is pinned, `~` a width in pixels. */
export function writeColumns(columns: readonly ViewColumn[]): string {
  return columns.map((c) => `${idOf(c)}${c.width === undefined ? '' : `~${c.width}`}${c.pinned ? '!' : ''}`).join(',');
}

/** @returns those that can be read, each once */
export function readColumns(text: string): ViewColumn[] {
  const columns = text
    .split(',')
    .slice(0, COLUMN_LIMIT)
    .flatMap((part) => readColumn(part) ?? []);
  return uniqueColumns(columns);
}

/** The first of each. */
export function uniqueColumns<C extends Subject>(columns: readonly C[]): C[] {
  return [...new Map([...columns].reverse().map((column) => [idOf(column), column])).values()].reverse();
}

function readColumn(text: string): ViewColumn | undefined {
  const [, kind, key, aggregate, width, pinned] = /^(?:([pmt]):)?([^@~!,]+)(?:@([A-Z]+))?(?:~(\d{2,4}))?(!)?$/.exec(
    text,
  ) ?? [undefined];
  const decoded = key === undefined ? undefined : decode(key);
  if (decoded === undefined) return undefined;
  const known = AGGREGATES.find((name) => name === aggregate);
  const named = (Object.keys(KINDS) as (keyof typeof KINDS)[]).find((name) => KINDS[name] === kind);
  if (named === undefined && fieldOf(decoded) === undefined) return undefined;
  return {
    kind: named ?? 'FIELD',
    key: decoded,
    ...(known && named === 'METRIC' && { aggregate: known }),
    ...(width !== undefined && { width: clampWidth(Number(width)) }),
    ...(pinned !== undefined && { pinned: true }),
  };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // half a percent sign: somebody has cut the address
  }
}

const WIDTHS = { least: 56, most: 800 };
export const clampWidth = (pixels: number): number => Math.round(Math.min(WIDTHS.most, Math.max(WIDTHS.least, pixels)));

/** A field, or a cost such as `cost.inference.wall_seconds`. */
export function fieldOf(key: string): FieldColumn | undefined {
  return FIELDS[key] ?? costField(key);
}

const COSTS: Readonly<Record<CostOrder['measure'], string>> = {
  WALL_SECONDS: 'Seconds',
  CPU_SECONDS: 'CPU seconds',
  PEAK_MEMORY: 'Peak memory',
  ENERGY: 'Energy (J)',
  PRICE: 'Price',
};
const PHASES: Readonly<Record<NonNullable<CostOrder['phase']>, string>> = {
  PREPROCESSING: 'Preprocessing',
  TRAINING: 'Training',
  INFERENCE: 'Inference',
  EVALUATION: 'Evaluation',
};

/** Of `cost.price`, or `cost.inference.wall_seconds`. */
export function costOf(key: string): CostOrder | undefined {
  const [prefix, ...path] = key.toUpperCase().split('.');
  const measure = COST_MEASURES.find((name) => name === path.at(-1));
  const phase = COST_PHASES.find((name) => name === path[0]);
  if (prefix !== 'COST' || !measure || path.length > 2 || (path.length === 2 && !phase)) return undefined;
  return { measure, ...(path.length === 2 && { phase }) };
}

function costField(key: string): FieldColumn | undefined {
  const cost = costOf(key);
  if (!cost) return undefined;
  const of = cost.phase === undefined ? 'All phases' : PHASES[cost.phase];
  return {
    label: `${of}: ${COSTS[cost.measure].toLowerCase()}`,
    width: 130,
    number: true,
    hint: cost.phase === undefined ? 'Of all phases together' : `Of the phase ${of.toLowerCase()}`,
  };
}

/** Every cost, of all phases together and of each of them. */
export const COST_KEYS: readonly string[] = [undefined, ...COST_PHASES].flatMap((phase) =>
  COST_MEASURES.map((measure) => ['cost', ...(phase ? [phase] : []), measure].join('.').toLowerCase()),
);

const AGGREGATE_LABELS: Readonly<Record<Aggregate, string>> = {
  LAST: '',
  MIN: ' (min)',
  MAX: ' (max)',
  STEP: ' (step)',
  CURVE: ' over its steps',
};

export function labelOf({ kind, key, aggregate }: Subject): string {
  if (kind === 'FIELD') return fieldOf(key)?.label ?? key;
  return `${METRIC_LABELS[kind === 'METRIC' ? key : ''] ?? key}${AGGREGATE_LABELS[aggregate ?? 'LAST']}`;
}

/** Metrics of the platform's own, in words. */
const METRIC_LABELS: Readonly<Record<string, string>> = {
  accuracy: 'Accuracy %',
  balanced_accuracy: 'Balanced accuracy %',
  macro_f1: 'Macro F1 %',
  samples_per_second: 'Samples/s',
};

export function hintOf({ kind, key, aggregate }: Subject): string {
  if (kind === 'FIELD') return fieldOf(key)?.hint ?? '';
  if (kind === 'METRIC' && aggregate === 'CURVE') return `The metric ${key} over its steps`;
  if (kind === 'METRIC' && ESTIMATED.includes(key)) return `The metric ${key}, with its 95 % interval`;
  return `The ${kind.toLowerCase()} ${key}`;
}

const WIDTH_OF_KIND = { PARAM: 120, METRIC: 112, TAG: 120 } as const;

export function widthOf({ width, ...subject }: ViewColumn): number {
  if (width !== undefined) return width;
  if (subject.kind === 'FIELD') return fieldOf(subject.key)?.width ?? 120;
  if (isCurve(subject)) return 150;
  return hasInterval(subject) ? 196 : WIDTH_OF_KIND[subject.kind];
}

/** All points of a metric, drawn small. */
export const isCurve = ({ kind, aggregate }: Subject): boolean => kind === 'METRIC' && aggregate === 'CURVE';

export const hasInterval = ({ kind, key, aggregate }: Subject): boolean =>
  kind === 'METRIC' && ESTIMATED.includes(key) && (aggregate === undefined || aggregate === 'LAST');

/** By what the API sorts this column; none where it can not. @param isNumeric of a param: its values are numbers */
export function orderOf({ kind, key, aggregate }: Subject, isNumeric: boolean): RunOrder | undefined {
  if (kind === 'PARAM') return { param: { key, ...(!isNumeric && { text: true }) } };
  if (kind === 'TAG') return { tag: key };
  if (kind === 'METRIC')
    return aggregate === 'CURVE' ? undefined : { metric: { key, ...(aggregate && { aggregate }) } };
  const cost = costOf(key);
  if (cost) return { cost };
  const field = FIELDS[key]?.order;
  return field && { field };
}

/** Whether two orders are by the same, whatever their direction and however it is compared. */
export const isSameOrder = (a: RunOrder, b: RunOrder): boolean => bare(a) === bare(b);
const bare = ({ field, param, tag, metric, cost }: RunOrder): string =>
  JSON.stringify([field, param?.key, tag, metric?.key, metric?.aggregate ?? 'LAST', cost?.measure, cost?.phase]);

/** Figures stand on the right, under each other. @param isNumeric of a param: its values are numbers */
export const isFigureColumn = ({ kind, key, aggregate }: Subject, isNumeric: boolean): boolean =>
  (kind === 'METRIC' && aggregate !== 'CURVE') ||
  (kind === 'PARAM' && isNumeric) ||
  (kind === 'FIELD' && fieldOf(key)?.number === true);
