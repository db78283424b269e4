'use client';

import { useEffect, useMemo, useState } from 'react';
import type { RunFilter, RunOrder, ViewColumn } from '@samplewise/domain/search';
import type { RunsGroupsQueryVariables } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { idOf, isCurve, isSameOrder, orderOf } from './columns';
import { groupFilter, groupInput, type GroupBy } from './group';
import { GroupedList, type Group } from './grouped-list';
import { RunsGroups } from './groups.documents';
import type { Values } from './request';
import { RunList, UNREAD } from './run-list';
import type { Asked } from './scope';
import { answered, sourceOf } from './source';

/** The API's limits. */
const GROUPS = 200;
const METRICS = 20;

export interface ShownGroups {
  groups: GroupedList | undefined;
  /** There may be more groups than these. */
  isCut: boolean;
  error: string | undefined;
}

interface Given {
  by: GroupBy | undefined;
  asked: Asked | undefined;
  columns: readonly ViewColumn[];
  order: readonly RunOrder[];
  values: Values;
  /** Changes when everything is to be read anew. */
  times: number;
}

/** Groups of the runs that fit, the largest first, or by the metric by which the table is sorted. */
export function useGroups({ by, asked, columns, order, values, times }: Given): ShownGroups {
  const [read, setRead] = useState<Read>();
  /** Values of the groups that are open: another order, or other columns, close none. */
  const [opened] = useState(() => new Set<string | null>());
  const metrics = useMemo(
    () => columns.filter((column) => column.kind === 'METRIC' && !isCurve(column)).slice(0, METRICS),
    [columns],
  );
  const byKey = by && JSON.stringify(by);
  const askedKey = asked && JSON.stringify(asked);
  const valuesKey = JSON.stringify(values);
  const key = byKey && askedKey && [byKey, askedKey, metrics.map(idOf).join(), times].join(' ');

  useEffect(() => {
    if (key === undefined || byKey === undefined || askedKey === undefined) return undefined;
    let gone = false;
    readGroups(JSON.parse(byKey) as GroupBy, JSON.parse(askedKey) as Asked, metrics).then(
      (groups) => {
        if (!gone) setRead({ by: byKey, groups, metrics, error: undefined });
      },
      (failure: unknown) => {
        const error = failure instanceof Error ? failure.message : String(failure);
        if (!gone)
          setRead((before) => ({ by: byKey, groups: [], metrics, ...(before?.by === byKey && before), error }));
      },
    );
    return () => {
      gone = true;
    };
    // The key says all that is asked for.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);

  // Those of another search stay until the others are there; those by something else do not.
  const current = read?.by === byKey ? read : undefined;
  const groups = useMemo(() => {
    if (!current || byKey === undefined || askedKey === undefined) return undefined;
    const shared = JSON.parse(byKey) as GroupBy;
    const request = JSON.parse(askedKey) as Asked;
    const wanted = JSON.parse(valuesKey) as Values;
    return new GroupedList(sorted(current.groups, order, current.metrics), opened, (group) => {
      const inner = { ...request, filter: both(request.filter, groupFilter(shared, group.value)) };
      return new RunList(sourceOf(inner, wanted), valuesKey, UNREAD, { rows: group.runs, isExact: true });
    });
  }, [current, byKey, askedKey, valuesKey, order, opened]);
  return { groups, isCut: current !== undefined && current.groups.length >= GROUPS, error: current?.error };
}

interface Read {
  /** By what, as JSON. */
  by: string;
  groups: readonly Group[];
  metrics: readonly ViewColumn[];
  error: string | undefined;
}

const both = (a: RunFilter, b: RunFilter): RunFilter => (Object.keys(a).length > 0 ? { and: [a, b] } : b);

async function readGroups(by: GroupBy, { projectId, filter, search }: Asked, metrics: readonly ViewColumn[]) {
  const variables = {
    projectId,
    by: groupInput(by),
    filter,
    search,
    metrics: metrics.map(({ key, aggregate }) => ({ key, ...(aggregate && { aggregate }) })),
    first: GROUPS,
  } as RunsGroupsQueryVariables;
  const { node } = answered(await browserClient().query(RunsGroups, variables).toPromise());
  if (node?.__typename !== 'Project') throw new Error('The project is not there any more.');
  return node.runGroups.map((group): Group => ({
    value: group.value,
    runs: group.runs,
    figures: new Map(group.metrics.map((figures, i) => [idOf(metrics[i]!), figures])),
  }));
}

/** By the mean of the metric by which the table is sorted; those without one come last. */
function sorted(groups: readonly Group[], order: readonly RunOrder[], metrics: readonly ViewColumn[]): Group[] {
  const [term] = order;
  const column = term && metrics.find((metric) => isSameOrder(orderOf(metric, true)!, term));
  if (!column) return [...groups];
  const id = idOf(column);
  const mean = (group: Group): number | null => {
    const value = group.figures.get(id)?.mean;
    return value == null ? null : Number(value);
  };
  return groups.toSorted((a, b) => {
    const [x, y] = [mean(a), mean(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return term.direction === 'DESC' ? y - x : x - y;
  });
}
