'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import type { RunsViewFragment } from '@/generated/graphql';
import { arrangementOf, type Arrangement, type TableProject } from './arrangement';
import { showView, writeView, type TableView } from './view';

export interface Arranging extends Arrangement {
  /** @param isStep it can be gone back to by the browser's button */
  change: (to: Partial<TableView>, isStep?: boolean) => void;
  /** Goes to a saved view as it was saved. @param id bare; undefined: to none */
  show: (id: string | undefined) => void;
}

/** Not the router's way: rows are read by the table itself. */
function go(address: string, isStep: boolean): void {
  if (isStep) window.history.pushState(null, '', address);
  else window.history.replaceState(null, '', address);
}

/** How the table stands, by the page's address, and a way to change it. */
export function useArrangement(
  { runColumns }: TableProject,
  views: readonly RunsViewFragment[],
  ofExperiment: boolean,
): Arranging {
  const pathname = usePathname();
  const params = useSearchParams();
  const arrangement = useMemo(
    () => arrangementOf({ runColumns, views }, new URLSearchParams(params), ofExperiment),
    [runColumns, views, params, ofExperiment],
  );
  const change = useCallback(
    (to: Partial<TableView>, isStep = false) => {
      // What the address says now: two changes of one turn must both hold.
      const now = new URLSearchParams(window.location.search);
      const { view, base, usual } = arrangementOf({ runColumns, views }, now, ofExperiment);
      go(`${pathname}${writeView(now, { ...view, ...to }, base, usual)}`, isStep);
    },
    [pathname, runColumns, views, ofExperiment],
  );
  const { usual } = arrangement;
  const show = useCallback(
    (id: string | undefined) =>
      go(`${pathname}${showView(new URLSearchParams(window.location.search), id, usual)}`, true),
    [pathname, usual],
  );
  return useMemo(() => ({ ...arrangement, change, show }), [arrangement, change, show]);
}
