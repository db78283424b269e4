'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { SamplePages } from './sample-pages';
import { readView, writeView } from './view';

/**
 * The samples of a view. While another view is on its way the former one stays, so that nothing jumps.
 * @param address the view, as it is written
 * @param first of the view that the server has rendered
 */
export function useSamplePages(address: string, first: SamplePages): { pages: SamplePages; waiting: boolean } {
  const wanted = useMemo(() => {
    if (address === writeView(first.view)) return first;
    return new SamplePages(first.versionId, readView(new URLSearchParams(address)));
  }, [address, first]);
  useSyncExternalStore(wanted.subscribe, wanted.changes, wanted.changes);
  const [shown, setShown] = useState(first);
  const waiting = wanted.total === undefined && wanted.error === undefined;
  if (!waiting && shown !== wanted) setShown(wanted);
  useEffect(() => {
    if (wanted.total === undefined) wanted.want(0, 0);
  }, [wanted]);
  return { pages: shown, waiting };
}
