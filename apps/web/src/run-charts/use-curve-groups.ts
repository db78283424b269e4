'use client';

import { useEffect, useState } from 'react';
import type { RunFilter } from '@samplewise/domain/search';
import type { CurveGroup } from '@/curves/CurvesPanel';
import { groupFilter, groupValue, type GroupBy } from '@/runs-table/group';
import type { Group } from '@/runs-table/grouped-list';
import type { Values } from '@/runs-table/request';
import type { Asked } from '@/runs-table/scope';
import { sourceOf } from '@/runs-table/source';

/** Groups, and runs of each, that are drawn: with their metrics they are as many points as the server gives at once. */
const GROUPS = 8;
const RUNS = 20;

/** The runs of the first groups, for curves; undefined until they are there. */
export function useCurveGroups(
  by: GroupBy | undefined,
  groups: readonly Group[] | undefined,
  asked: Asked | undefined,
  values: Values,
): readonly CurveGroup[] | undefined {
  const key = by && groups && asked && JSON.stringify([by, groups.slice(0, GROUPS).map(({ value }) => value), asked]);
  const [read, setRead] = useState<{ key: string; groups: readonly CurveGroup[] }>();
  const valuesKey = JSON.stringify(values);
  useEffect(() => {
    if (key === undefined) return undefined;
    let gone = false;
    const [shared, shown, request] = JSON.parse(key) as [GroupBy, (string | null)[], Asked];
    const idsOf = async (value: string | null): Promise<readonly string[]> => {
      const inner = groupFilter(shared, value);
      const filter: RunFilter = Object.keys(request.filter).length > 0 ? { and: [request.filter, inner] } : inner;
      const source = sourceOf({ ...request, filter }, JSON.parse(valuesKey) as Values);
      return (await source.places({ first: RUNS })).ids;
    };
    void Promise.all(shown.map(idsOf)).then(
      (ids) => {
        if (gone) return;
        const named = shown.map((value, place) => ({ name: groupValue(shared, value), place, runIds: ids[place]! }));
        setRead({ key, groups: named });
      },
      // The groups themselves say that they can't be read.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [key, valuesKey]);
  return read?.key === key ? read?.groups : undefined;
}
