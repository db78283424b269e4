'use client';

import { useEffect, useState } from 'react';
import type { RunsChangedQueryVariables } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { ExperimentRunChanges, ProjectRunChanges, RunsChanged } from './documents';
import { rowOf, type Values } from './request';
import type { Rows } from './run-list';
import type { Asked, Scope } from './scope';

/** Changes that come within this time are read together. */
const GATHER_MILLISECONDS = 700;
/** Of one reading; the API takes no more. */
const AT_ONCE = 200;

interface Following {
  scope: Scope;
  list: Rows | undefined;
  /** The newest run when the list was read. */
  newest: string | undefined;
  asked: Asked | undefined;
  values: Values;
}

/**
 * Keeps the rows of a list up to date, in their places. Runs that were begun since, and fit, are counted only.
 * @returns how many there are
 */
export function useLive({ scope, list, newest, asked, values }: Following): { fresh: number } {
  const { projectId, experimentId } = scope;
  const [fresh, setFresh] = useState<Fresh>();
  const askedKey = asked && JSON.stringify(asked);
  const valuesKey = JSON.stringify(values);

  useEffect(() => {
    if (!list || askedKey === undefined) return undefined;
    const now = { list, asked: JSON.parse(askedKey) as Asked, values: JSON.parse(valuesKey) as Values };
    const changed = new Set<string>();
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let gone = false;

    const read = async (): Promise<void> => {
      const ids = [...changed].slice(0, AT_ONCE);
      for (const id of ids) changed.delete(id);
      const known = ids.filter((id) => list.has(id));
      const unknown = ids.filter((id) => !list.has(id) && isAfter(id, newest));
      if (known.length > 0 || unknown.length > 0) {
        const { data } = await browserClient()
          .query(RunsChanged, variablesOf(now, known, unknown))
          .toPromise();
        if (gone || !data) return;
        const rows = data.nodes.filter((node) => node?.__typename === 'Run').map((run) => rowOf(run, now.values));
        if (rows.length > 0) list.update(rows);
        const found = data.node?.__typename === 'Project' ? data.node.runs.edges.map(({ node }) => node.id) : [];
        if (found.length > 0) setFresh((before) => added(before, list, found));
      }
      waiting = changed.size > 0 ? later() : undefined;
    };
    const later = (): ReturnType<typeof setTimeout> => setTimeout(() => void read(), GATHER_MILLISECONDS);
    const tell = (id: string): void => {
      changed.add(id);
      waiting ??= later();
    };
    const subscription =
      experimentId === undefined
        ? browserClient()
            .subscription(ProjectRunChanges, { projectId })
            .subscribe(({ data }) => data && tell(data.projectRunChanged.id))
        : browserClient()
            .subscription(ExperimentRunChanges, { experimentId })
            .subscribe(({ data }) => data && tell(data.experimentRunChanged.id));
    return () => {
      gone = true;
      clearTimeout(waiting);
      subscription.unsubscribe();
    };
  }, [projectId, experimentId, list, newest, askedKey, valuesKey]);

  return { fresh: fresh?.list === list ? (fresh?.ids.size ?? 0) : 0 };
}

/** New runs, beside the list in which they are not. */
interface Fresh {
  list: Rows;
  ids: ReadonlySet<string>;
}

const added = (before: Fresh | undefined, list: Rows, found: readonly string[]): Fresh => ({
  list,
  ids: new Set([...(before?.list === list ? before.ids : []), ...found]),
});

const numberOf = (id: string): bigint => BigInt(id.slice(id.indexOf('_') + 1));
const isAfter = (id: string, newest: string | undefined): boolean =>
  newest === undefined || numberOf(id) > numberOf(newest);

function variablesOf(
  { asked, values }: { asked: Asked; values: Values },
  known: string[],
  unknown: string[],
): RunsChangedQueryVariables {
  // An empty list would mean all runs; no run has this number.
  const fresh = unknown.length > 0 ? { in: unknown } : { eq: 'Run_999999999999999999' };
  const filter = { and: [asked.filter, { id: fresh }].filter((part) => Object.keys(part).length > 0) };
  return {
    projectId: asked.projectId,
    known,
    fresh: filter,
    search: asked.search,
    ...values,
  };
}
