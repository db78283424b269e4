import 'server-only';
import { notFound } from 'next/navigation';
import { readOnServer } from '@/graphql/server';
import { arrangementOf, viewsOf, type Initial } from './arrangement';
import { RunsPage, RunsTableHead } from './documents';
import { valuesOf } from './request';
import { PAGE } from './run-list';
import { askedOf, flawOf, pageVariables, scopeFilter, type Scope } from './scope';

/** A page's `searchParams`. */
export type Address = Record<string, string | string[] | undefined>;

/** Reads the first rows of a table as its address wants them. What can not be read is told in the table's place. */
export async function loadRunsTable(scope: Scope, address: Address): Promise<Initial> {
  const { node } = await readOnServer(RunsTableHead, { projectId: scope.projectId, scope: scopeFilter(scope) });
  if (node?.__typename !== 'Project') notFound();
  const known = { ...node, views: viewsOf(node) };
  const { view, numeric } = arrangementOf(known, paramsOf(address), scope.experimentId !== undefined);
  if (flawOf(view.search)) return { project: node, page: undefined, problem: undefined };
  const variables = pageVariables(askedOf(scope, view, numeric), valuesOf(view.columns));
  try {
    const page = await readOnServer(RunsPage, { ...variables, first: PAGE, counted: true });
    return { project: node, page, problem: undefined };
  } catch (error) {
    // Such as a search that takes too long: the page stands, and says so where the rows would be.
    return { project: node, page: undefined, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The first of each. */
function paramsOf(address: Address): URLSearchParams {
  const entries = Object.entries(address).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
  return new URLSearchParams(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
