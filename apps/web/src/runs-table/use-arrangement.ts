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

/** How the table stands, by the page's address, and a way to change it. */
export function useArrangement(
  project: TableProject,
  views: readonly RunsViewFragment[],
  ofExperiment: boolean,
): Arranging {
  const pathname = usePathname();
  const params = useSearchParams();
  const arrangement = useMemo(
    () => arrangementOf({ ...project, views }, new URLSearchParams(params), ofExperiment),
    [project, views, params, ofExperiment],
  );
  const { view, base, usual } = arrangement;
  const change = useCallback(
    (to: Partial<TableView>, isStep = false) => {
      const address = `${pathname}${writeView(new URLSearchParams(params), { ...view, ...to }, base, usual)}`;
      // Not the router's way: rows are read by the table itself.
      if (isStep) window.history.pushState(null, '', address);
      else window.history.replaceState(null, '', address);
    },
    [pathname, params, view, base, usual],
  );
  const show = useCallback(
    (id: string | undefined) =>
      window.history.pushState(null, '', `${pathname}${showView(new URLSearchParams(params), id, usual)}`),
    [pathname, params, usual],
  );
  return useMemo(() => ({ ...arrangement, change, show }), [arrangement, change, show]);
}
