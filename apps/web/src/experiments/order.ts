import type { RunRowFragment } from '@/generated/graphql';

export const COLUMNS = ['queued', 'model', 'restoration', 'accuracy', 'macroF1', 'speed'] as const;
export type Column = (typeof COLUMNS)[number];

/** How the runs table is sorted and filtered; it lives in the page's address. */
export interface View {
  sort: Column;
  descending: boolean;
  /** Words that must all stand in the run's model, restoration or status. */
  search: string;
}

export function readView(params: URLSearchParams): View {
  const sort = params.get('sort') ?? '';
  return {
    sort: (COLUMNS as readonly string[]).includes(sort) ? (sort as Column) : 'queued',
    descending: params.get('order') === 'desc',
    search: params.get('search') ?? '',
  };
}

export function writeView(view: View): string {
  const params = new URLSearchParams();
  if (view.sort !== 'queued') params.set('sort', view.sort);
  if (view.descending) params.set('order', 'desc');
  if (view.search.trim() !== '') params.set('search', view.search);
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

const KEYS: Record<Column, (run: RunRowFragment) => string | number | null> = {
  queued: (run) => Number(run.id.slice(run.id.indexOf('_') + 1)),
  model: (run) => run.modelConfig?.name ?? run.name,
  restoration: (run) => run.restorationConfig?.name ?? '',
  accuracy: (run) => run.evaluation?.accuracy.value ?? null,
  macroF1: (run) => run.evaluation?.macroF1.value ?? null,
  speed: (run) => run.samplesPerSecond ?? null,
};

/** The runs that fit, in order. Those without a figure stand last, whichever way it is sorted. */
export function arrange(runs: readonly RunRowFragment[], { sort, descending, search }: View): RunRowFragment[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const key = KEYS[sort];
  const fits = (run: RunRowFragment): boolean => {
    const text =
      `${run.name} ${run.modelConfig?.name ?? ''} ${run.restorationConfig?.name ?? ''} ${run.status}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return runs.filter(fits).sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    const order = typeof x === 'string' ? x.localeCompare(String(y)) : x - Number(y);
    return descending ? -order : order;
  });
}

/** Puts a changed run in its place, or at the end when it is new; the others keep theirs. */
export function merge(runs: readonly RunRowFragment[], changed: RunRowFragment): RunRowFragment[] {
  const at = runs.findIndex((run) => run.id === changed.id);
  return at < 0 ? [...runs, changed] : runs.with(at, changed);
}
