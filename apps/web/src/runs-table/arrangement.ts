import type { RunsPageQuery, RunsTableHeadQuery, RunsViewFragment } from '@/generated/graphql';
import { bareId } from '@/design/format';
import { numericParams, usualColumns } from './usual';
import { baseOf, readView, savedIn, type Base, type TableView } from './view';

/** The project, as a table of its runs needs to know it. */
export type TableProject = Extract<RunsTableHeadQuery['node'], { __typename: 'Project' }>;

/** What the server has read for the first view. */
export interface Initial {
  project: TableProject;
  /** None where it could not be read. */
  page: RunsPageQuery | undefined;
  /** Why. */
  problem: string | undefined;
}

/** How a table stands: what its address says, over a saved view, over what is usual. */
export interface Arrangement {
  view: TableView;
  base: Base;
  /** The saved view that the address names, or the default one. */
  saved: RunsViewFragment | undefined;
  /** Bare id of the default view. */
  usual: string | undefined;
  numeric: ReadonlySet<string>;
}

type Known = Pick<TableProject, 'runColumns'> & { views: readonly RunsViewFragment[] };

export function arrangementOf(
  { runColumns, views }: Known,
  params: URLSearchParams,
  ofExperiment: boolean,
): Arrangement {
  const usualView = views.find(({ isDefault }) => isDefault);
  const usual = usualView && bareId(usualView.id);
  const saved = views.find(({ id }) => bareId(id) === savedIn(params, usual));
  const base = baseOf(saved, usualColumns(runColumns.columns, ofExperiment));
  const view = readView(params, saved && bareId(saved.id), base);
  return { view, base, saved, usual, numeric: numericParams(runColumns.columns) };
}

/** The first ones by name, and the default one in any case. */
export function viewsOf({ savedViews, defaultView }: TableProject): RunsViewFragment[] {
  const views = savedViews.edges.map(({ node }) => node);
  return defaultView && !views.some(({ id }) => id === defaultView.id) ? [...views, defaultView] : views;
}
