import { browserClient } from '@/graphql/browser';
import { RunsPage, RunsPlaces } from './documents';
import type { Values } from './request';
import { PAGE, RunList, type Source } from './run-list';
import { firstPageOf, pageVariables, partOf, placesOf, type Asked, type FirstPage } from './scope';

/** Reads rows in the browser. @throws Error with a message for people */
export function sourceOf(asked: Asked, values: Values): Source {
  const { projectId, filter, search, order } = asked;
  return {
    async rows(at) {
      const variables = { ...pageVariables(asked, values), ...at, counted: false };
      const { node } = answered(await browserClient().query(RunsPage, variables).toPromise());
      if (node?.__typename !== 'Project') throw new Error('The project is not there any more.');
      return partOf(node.runs, values);
    },
    async places(at) {
      const variables = { projectId, filter, search, order, ...at };
      return placesOf(answered(await browserClient().query(RunsPlaces, variables).toPromise()));
    },
  };
}

export async function readFirstPage(asked: Asked, values: Values): Promise<FirstPage> {
  const variables = { ...pageVariables(asked, values), first: PAGE, counted: true };
  return firstPageOf(answered(await browserClient().query(RunsPage, variables).toPromise()), values);
}

export const listOf = (asked: Asked, values: Values, { part, count }: FirstPage): RunList =>
  new RunList(sourceOf(asked, values), JSON.stringify(values), part, count);

interface Answer<Data> {
  data?: Data | undefined;
  error?: { message: string; networkError?: Error | undefined; graphQLErrors: { message: string }[] } | undefined;
}

/** What was answered. @throws Error with a message for people */
export function answered<Data>({ data, error }: Answer<Data>): Data {
  if (error?.networkError) throw new Error('The server does not answer.');
  if (error) throw new Error(error.graphQLErrors.map(({ message }) => message).join(' '));
  if (data === undefined) throw new Error('No answer came.');
  return data;
}
