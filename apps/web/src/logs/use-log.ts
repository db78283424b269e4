'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { browserClient } from '@/graphql/browser';
import { LogPage, RunLogs } from './documents';
import type { LogFilter } from './filter';
import { LogStore, type LogState, type ReadLogPage } from './log-store';

/** A run's log through a filter; another filter begins anew. @param live whether lines may still come */
export function useLog(runId: string, filter: LogFilter, live: boolean): { store: LogStore; state: LogState } {
  const { level, stream, search } = filter;
  const store = useMemo(
    () =>
      new LogStore(readerOf(runId), {
        ...(level && { level }),
        ...(stream && { stream }),
        ...(search !== undefined && { search }),
      }),
    [runId, level, stream, search],
  );
  const state = useSyncExternalStore(store.subscribe, store.state, store.state);
  const known = state.total !== undefined;

  useEffect(() => {
    store.want(0, 0);
  }, [store]);

  useEffect(() => {
    if (!live || !known) return undefined;
    const subscription = browserClient()
      .subscription(RunLogs, { runId, after: store.state().lineCount })
      .subscribe(({ data }) => {
        if (data) store.add(data.runLogs.lines);
      });
    return () => subscription.unsubscribe();
  }, [store, runId, live, known]);

  return { store, state };
}

const readerOf =
  (id: string): ReadLogPage =>
  async (filter, after, first) => {
    const { data, error } = await browserClient()
      .query(LogPage, { id, first, after, ...filter })
      .toPromise();
    if (data?.node?.__typename !== 'Run') throw new Error(error?.message ?? 'no answer came');
    const { lineCount, incomplete, pageInfo, edges } = data.node.logs;
    const lines = edges.map(({ node }) => node);
    return { lineCount, incomplete, lines, hasNextPage: pageInfo.hasNextPage, endCursor: pageInfo.endCursor ?? null };
  };
