'use client';

import { useEffect, useState } from 'react';
import type { TableRow, Values } from '@/runs-table/request';
import type { Asked } from '@/runs-table/scope';
import { sourceOf } from '@/runs-table/source';

const PAGE = 200;
/** More points can not be told apart, and make the page slow. */
export const DRAWN = 1000;

export interface ChartRows {
  rows: readonly TableRow[];
  /** There are more than were read. */
  isCut: boolean;
  isLoading: boolean;
  error: string | undefined;
}

interface Read extends Omit<ChartRows, 'isLoading'> {
  key: string;
}

/**
 * The first runs of an order, with what charts draw of them; those of the reading before stay until they are there.
 * @param times changes when they are to be read anew
 */
export function useChartRows(asked: Asked | undefined, values: Values, times: number): ChartRows {
  const [read, setRead] = useState<Read>();
  const key = asked && JSON.stringify([asked, values, times]);
  useEffect(() => {
    if (key === undefined) return undefined;
    let gone = false;
    const [request, wanted] = JSON.parse(key) as [Asked, Values];
    void readRows(request, wanted).then(
      (rows) => {
        if (!gone) setRead({ key, ...rows, error: undefined });
      },
      (error: unknown) => {
        if (!gone)
          setRead({ key, rows: [], isCut: false, error: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => {
      gone = true;
    };
  }, [key]);
  return {
    rows: read?.rows ?? NONE,
    isCut: read?.isCut ?? false,
    isLoading: key !== undefined && read?.key !== key,
    error: read?.error,
  };
}

const NONE: readonly TableRow[] = [];

async function readRows(asked: Asked, values: Values): Promise<{ rows: TableRow[]; isCut: boolean }> {
  const source = sourceOf(asked, values);
  const rows: TableRow[] = [];
  let after: string | null = null;
  for (;;) {
    const part = await source.rows({ first: PAGE, ...(after !== null && { after }) });
    rows.push(...(part.rows ?? []));
    if (!part.hasNext || part.end === null) return { rows, isCut: false };
    if (rows.length >= DRAWN) return { rows, isCut: true };
    after = part.end;
  }
}
