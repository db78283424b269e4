import { canonical, parseOrder, printOrder, printSearch, readSearch, viewColumns } from '@samplewise/domain/search';
import type { RunFilter, RunOrder, ViewColumn } from '@samplewise/domain/search';
import type { RunsViewFragment } from '@/generated/graphql';
import { readColumns, uniqueColumns, writeColumns } from './columns';
import { readGroup, writeGroup, type GroupBy } from './group';

/** How a table of runs is seen. All of it lives in the page's address, or in the saved view that the address names. */
export interface TableView {
  /** In the search language. */
  search: string;
  /** Empty: the newest first. */
  order: readonly RunOrder[];
  /** From left to right. */
  columns: readonly ViewColumn[];
  group: GroupBy | undefined;
  isCompact: boolean;
  /** Bare id of a saved view. */
  saved: string | undefined;
}

/** Said by the address where the project's default view is not wanted. */
const NO_VIEW = 'none';
const PARAMETERS = ['view', 'q', 'sort', 'cols', 'by', 'rows'] as const;

/** What holds where the address says nothing. */
export type Base = Pick<TableView, 'search' | 'order' | 'columns'>;

/** A saved view as the table takes it; its typed filter is a search, too. @param usual columns, where it names none */
export function baseOf(view: RunsViewFragment | undefined, usual: readonly ViewColumn[]): Base {
  if (!view) return { search: '', order: [], columns: usual };
  const columns = viewColumns.safeParse(view.columns);
  const chosen = columns.success ? uniqueColumns(columns.data) : [];
  return {
    search: searchOf(view.filter as RunFilter, view.search),
    order: view.order as RunOrder[],
    columns: chosen.length === 0 ? usual : withName(chosen),
  };
}

function searchOf(filter: RunFilter, search: string): string {
  if (Object.keys(filter).length === 0) return search;
  const read = readSearch(search);
  return printSearch(canonical({ and: [filter, ...('filter' in read ? [read.filter] : [])] }));
}

/** A table without the runs' names leads nowhere. */
function withName(columns: readonly ViewColumn[]): ViewColumn[] {
  const isName = ({ kind, key }: ViewColumn): boolean => kind === 'FIELD' && key === 'name';
  return columns.some(isName) ? [...columns] : [{ kind: 'FIELD', key: 'name', pinned: true }, ...columns];
}

/** Which saved view an address names. @param usual the project's default one */
export function savedIn(params: URLSearchParams, usual: string | undefined): string | undefined {
  const named = params.get('view') ?? usual;
  return named === NO_VIEW ? undefined : named;
}

export function readView(params: URLSearchParams, saved: string | undefined, base: Base): TableView {
  const sort = params.get('sort');
  const columns = readColumns(params.get('cols') ?? '');
  return {
    search: params.get('q') ?? base.search,
    order: sort === null ? base.order : readOrder(sort),
    columns: columns.length === 0 ? base.columns : withName(columns),
    group: readGroup(params.get('by')),
    isCompact: params.get('rows') === 'compact',
    saved,
  };
}

function readOrder(text: string): RunOrder[] {
  try {
    return parseOrder(text);
  } catch {
    return []; // an address that was cut, or written by hand
  }
}

/**
 * The address of a view, of which only what differs from its base is told; the address's other parameters stay.
 * @param usual the project's default view
 */
export function writeView(
  params: URLSearchParams,
  { search, order, columns, group, isCompact, saved }: TableView,
  base: Base,
  usual: string | undefined,
): string {
  const next = new URLSearchParams(params);
  for (const name of PARAMETERS) next.delete(name);
  if (saved !== usual) next.set('view', saved ?? NO_VIEW);
  if (search !== base.search) next.set('q', search);
  if (printOrder(order) !== printOrder(base.order)) next.set('sort', printOrder(order));
  if (writeColumns(columns) !== writeColumns(base.columns)) next.set('cols', writeColumns(columns));
  if (group) next.set('by', writeGroup(group));
  if (isCompact) next.set('rows', 'compact');
  return readable(next);
}

/** The address of another saved view, or of none: how rows are grouped and how high they are stays. */
export function showView(params: URLSearchParams, id: string | undefined, usual: string | undefined): string {
  const next = new URLSearchParams(params);
  for (const name of ['view', 'q', 'sort', 'cols']) next.delete(name);
  if (id !== usual) next.set('view', id ?? NO_VIEW);
  return readable(next);
}

/** Neither a comma nor a colon needs an escape in a query, and links are read by people. */
function readable(params: URLSearchParams): string {
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text === '' ? '' : `?${text}`;
}

/** Whether something was changed of what is saved. */
export const isChanged = (view: TableView, base: Base): boolean =>
  view.search !== base.search ||
  printOrder(view.order) !== printOrder(base.order) ||
  writeColumns(view.columns) !== writeColumns(base.columns);
