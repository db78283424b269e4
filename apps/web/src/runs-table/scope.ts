import { readSearch, type RunFilter, type RunOrder } from '@samplewise/domain/search';
import type { RunsPageQuery, RunsPageQueryVariables, RunsPlacesQuery } from '@/generated/graphql';
import type { Count, Part } from './run-list';
import { rowOf, type Values } from './request';
import type { Selection } from './selection';
import type { TableView } from './view';

/** Whose runs a table shows; global ids. */
export interface Scope {
  projectId: string;
  /** Only of this one. */
  experimentId?: string;
}

const NEWEST_FIRST: RunOrder[] = [{ field: 'ID', direction: 'DESC' }];

/** The scope as a filter; empty: all runs of the project. */
export const scopeFilter = ({ experimentId }: Scope): RunFilter =>
  experimentId === undefined ? {} : { experimentId: { eq: experimentId } };

/** Which runs are asked for, in which order. */
export interface Asked {
  projectId: string;
  scope: RunFilter;
  filter: RunFilter;
  search: string;
  order: RunOrder[];
}

/**
 * @param numeric params that are compared as numbers
 * @param group only runs of it
 */
export function askedOf(
  scope: Scope,
  { search, order }: Pick<TableView, 'search' | 'order'>,
  numeric: ReadonlySet<string>,
  group: RunFilter = {},
): Asked {
  const parts = [scopeFilter(scope), group].filter((part) => Object.keys(part).length > 0);
  return {
    projectId: scope.projectId,
    scope: scopeFilter(scope),
    filter: parts.length > 1 ? { and: parts } : (parts[0] ?? {}),
    search,
    order: order.length === 0 ? NEWEST_FIRST : order.map((term) => comparable(term, numeric)),
  };
}

/** An address does not say how a param is compared: as numbers where all of its values are. */
function comparable(term: RunOrder, numeric: ReadonlySet<string>): RunOrder {
  if (!term.param) return term;
  return { ...term, param: { key: term.param.key, ...(!numeric.has(term.param.key) && { text: true }) } };
}

export const pageVariables = (asked: Asked, values: Values): Omit<RunsPageQueryVariables, 'counted'> => ({
  ...(asked as Omit<RunsPageQueryVariables, 'counted' | keyof Values>),
  ...values,
});

/** Ids of one condition; the API takes no more. */
const FEW = 200;

/** Some few that are chosen are asked for by their numbers, rather than looked for among all. */
export function askedFor(asked: Asked, selection: Selection | undefined): Asked {
  if (!selection || selection.all || selection.ids.size > FEW) return asked;
  const these: RunFilter = { id: { in: [...selection.ids] } };
  return { ...asked, filter: Object.keys(asked.filter).length > 0 ? { and: [asked.filter, these] } : these };
}

/** Why a search can not be read, and where; nothing where it can. */
export function flawOf(search: string) {
  const read = readSearch(search);
  return 'error' in read ? read.error : undefined;
}

export interface FirstPage {
  part: Part;
  count: Count;
  /** The newest run of the scope, whatever is searched for; none: there are no runs. */
  newest: string | undefined;
}

type Connection = Extract<RunsPageQuery['node'], { __typename: 'Project' }>['runs'];

export function firstPageOf({ node }: RunsPageQuery, values: Values): FirstPage {
  if (node?.__typename !== 'Project') throw new Error('The project is not there any more.');
  return {
    part: partOf(node.runs, values),
    count: { rows: node.runs.totalCount ?? 0, isExact: node.runs.totalCountIsExact ?? false },
    newest: node.newest?.edges[0]?.node.id,
  };
}

export function partOf({ edges, pageInfo }: Connection, values: Values): Part {
  return {
    ids: edges.map(({ node }) => node.id),
    rows: edges.map(({ node }) => rowOf(node, values)),
    start: edges[0]?.cursor ?? null,
    end: edges.at(-1)?.cursor ?? null,
    hasNext: pageInfo.hasNextPage,
    hasPrevious: pageInfo.hasPreviousPage,
  };
}

export function placesOf({ node }: RunsPlacesQuery): Part {
  if (node?.__typename !== 'Project') throw new Error('The project is not there any more.');
  const { edges, pageInfo } = node.runs;
  return {
    ids: edges.map((edge) => edge.node.id),
    start: edges[0]?.cursor ?? null,
    end: edges.at(-1)?.cursor ?? null,
    hasNext: pageInfo.hasNextPage,
    hasPrevious: pageInfo.hasPreviousPage,
  };
}
