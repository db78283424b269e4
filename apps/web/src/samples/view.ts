import type {
  Agreement,
  ImageStatisticName,
  SampleFilterInput,
  SampleOrderBy,
  SampleOrderDirection,
  Split,
} from '@/generated/graphql';

/** Both ends inclusive; one that is left out is open. */
export interface Range {
  min?: number;
  max?: number;
}

export type Only = 'right' | 'wrong' | 'none';
export type RangeName = 'brightness' | 'contrast' | 'sharpness' | 'width' | 'height';

/** Which samples a gallery shows, and how; it lives in the address, so that each view is a link. */
export interface SampleView {
  splits: Split[];
  /** True classes. */
  labels: string[];
  ranges: Partial<Record<RangeName, Range>>;
  blank: boolean;
  unreadable: boolean;
  leakedFrom: Split[];
  /** Bare numbers of runs whose answers are shown. */
  runs: string[];
  /** Of the first of them. */
  predicted: string[];
  only?: Only;
  confidence?: Range;
  /** Of all of them. */
  agreement: Agreement[];
  order: { by: SampleOrderBy; direction: SampleOrderDirection };
}

export const SPLITS: readonly Split[] = ['TRAIN', 'VALIDATION', 'TEST'];
export const RANGES: readonly RangeName[] = ['brightness', 'contrast', 'sharpness', 'width', 'height'];
export const statisticOf = (name: RangeName): ImageStatisticName => name.toUpperCase() as ImageStatisticName;
export const AGREEMENTS: readonly Agreement[] = [
  'ALL_RIGHT',
  'ALL_WRONG',
  'SOME_RIGHT',
  'SAME_ANSWER',
  'OTHER_ANSWERS',
];
const ORDERS: readonly SampleOrderBy[] = [
  'INDEX',
  'CONFIDENCE',
  'HARDNESS',
  'BRIGHTNESS',
  'CONTRAST',
  'SHARPNESS',
  'WIDTH',
  'HEIGHT',
];
const ONLY: readonly Only[] = ['right', 'wrong', 'none'];
/** As the API takes them. */
export const MOST_RUNS = 20;

export const EVERYTHING: SampleView = {
  splits: [],
  labels: [],
  ranges: {},
  blank: false,
  unreadable: false,
  leakedFrom: [],
  runs: [],
  predicted: [],
  agreement: [],
  order: { by: 'INDEX', direction: 'ASC' },
};

const needsRuns = (by: SampleOrderBy): boolean => by === 'CONFIDENCE' || by === 'HARDNESS';

/** What can not be understood is left out: an old link must not break the page. */
export function readView(params: URLSearchParams): SampleView {
  const among = <T extends string>(known: readonly T[], name: string): T[] =>
    known.filter((value) => params.getAll(name).includes(value.toLowerCase()));
  const runs = [...new Set(params.getAll('run'))].filter((run) => /^[1-9]\d{0,17}$/.test(run)).slice(0, MOST_RUNS);
  const view: SampleView = {
    ...EVERYTHING,
    splits: among(SPLITS, 'split'),
    labels: params.getAll('label'),
    ranges: Object.fromEntries(
      RANGES.flatMap((name) => {
        const range = readRange(params.get(name));
        return range ? [[name, range]] : [];
      }),
    ),
    blank: params.has('blank'),
    unreadable: params.has('unreadable'),
    leakedFrom: among(SPLITS, 'leaked'),
    runs,
    predicted: runs.length > 0 ? params.getAll('predicted') : [],
    agreement: runs.length > 1 ? among(AGREEMENTS, 'agree') : [],
    order: readOrder(params.get('order'), runs.length > 0),
  };
  const only = ONLY.find((value) => value === params.get('only'));
  const confidence = readRange(params.get('confidence'));
  if (only && runs.length > 0) view.only = only;
  if (confidence && runs.length > 0) view.confidence = confidence;
  return view;
}

function readOrder(text: string | null, withRuns: boolean): SampleView['order'] {
  const [, name, down] = /^([a-z]+)(-down)?$/.exec(text ?? '') ?? [];
  const by = ORDERS.find((order) => order.toLowerCase() === name);
  if (!by || (needsRuns(by) && !withRuns)) return EVERYTHING.order;
  return { by, direction: down ? 'DESC' : 'ASC' };
}

/** `0.2-0.8`, `0.2-`, `-0.8` */
function readRange(text: string | null): Range | undefined {
  const [, min = '', max = ''] = /^(\d*\.?\d*)-(\d*\.?\d*)$/.exec(text ?? '') ?? [];
  if (min === '' && max === '') return undefined;
  const range = { ...(min !== '' && { min: Number(min) }), ...(max !== '' && { max: Number(max) }) };
  return (range.min ?? 0) <= (range.max ?? Infinity) ? range : undefined;
}

/** The view's part of an address, with its `?`; empty for everything. */
export function writeView(view: SampleView, more: Readonly<Record<string, string>> = {}): string {
  const params = new URLSearchParams();
  const each = (name: string, values: readonly string[]): void => {
    for (const value of values) params.append(name, value);
  };
  const small = (values: readonly string[]): string[] => values.map((value) => value.toLowerCase());
  each('split', small(view.splits));
  each('label', view.labels);
  for (const name of RANGES) if (view.ranges[name]) params.set(name, writeRange(view.ranges[name]));
  if (view.blank) params.set('blank', 'y');
  if (view.unreadable) params.set('unreadable', 'y');
  each('leaked', small(view.leakedFrom));
  each('run', view.runs);
  if (view.runs.length > 0) {
    each('predicted', view.predicted);
    if (view.only) params.set('only', view.only);
    if (view.confidence) params.set('confidence', writeRange(view.confidence));
  }
  if (view.runs.length > 1) each('agree', small(view.agreement));
  const { by, direction } = view.order;
  const orderly = view.runs.length > 0 || !needsRuns(by);
  if (orderly && (by !== 'INDEX' || direction === 'DESC')) {
    params.set('order', `${by.toLowerCase()}${direction === 'DESC' ? '-down' : ''}`);
  }
  for (const [name, value] of Object.entries(more)) params.set(name, value);
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

const writeRange = ({ min, max }: Range): string => `${min ?? ''}-${max ?? ''}`;

/** The same without classes that the version does not have. */
export function withLabels(view: SampleView, labels: readonly string[]): SampleView {
  const known = (names: readonly string[]): string[] => names.filter((name) => labels.includes(name));
  return { ...view, labels: known(view.labels), predicted: known(view.predicted) };
}

/** How many conditions a view has, beside runs whose answers are only shown. */
export function conditionCount(view: SampleView): number {
  const { splits, labels, ranges, blank, unreadable, leakedFrom, predicted, only, confidence, agreement } = view;
  const lists = [splits, labels, leakedFrom, predicted, agreement].filter((list) => list.length > 0);
  return lists.length + Object.keys(ranges).length + [blank, unreadable, only, confidence].filter(Boolean).length;
}

/** As the API takes it. */
export function searchOf(view: SampleView): { filter: SampleFilterInput; order: SampleView['order'] } {
  const { splits, labels, ranges, blank, unreadable, leakedFrom, runs, predicted, only, confidence, agreement } = view;
  const answer = {
    ...(predicted.length > 0 && { predicted }),
    ...(only === 'none' && { answered: false }),
    ...((only === 'right' || only === 'wrong') && { correct: only === 'right' }),
    ...(confidence && { confidence }),
  };
  return {
    filter: {
      ...(splits.length > 0 && { splits }),
      ...(labels.length > 0 && { labels }),
      ...ranges,
      ...(blank && { blank }),
      ...(unreadable && { unreadable }),
      ...(leakedFrom.length > 0 && { leakedFrom }),
      ...(runs.length > 0 && { runs: runs.map((run, i) => ({ runId: `Run_${run}`, ...(i === 0 && answer) })) }),
      ...(runs.length > 1 && agreement.length > 0 && { agreement }),
    },
    order: view.order,
  };
}
