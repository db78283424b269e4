'use client';

import { useSyncExternalStore } from 'react';

/** What is on its way to the page that somebody has asked for. */
export type Pending = 'page' | 'view' | undefined;

/** After so long without an end, nothing more is shown of it: it may have led back to where it began. */
const GIVE_UP_MILLISECONDS = 15_000;

let pending: Pending;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function tell(next: Pending): void {
  clearTimeout(timer);
  if (next !== undefined) timer = setTimeout(() => tell(undefined), GIVE_UP_MILLISECONDS);
  if (pending === next) return;
  pending = next;
  for (const listener of listeners) listener();
}

/** @param url as the router was given it; another view of the same page differs after the `?` alone */
export function navigationBegins(url: string): void {
  const to = new URL(url, location.href);
  if (to.pathname !== location.pathname) tell('page');
  else if (to.search !== location.search) tell('view');
}

export const navigationEnds = (): void => tell(undefined);

/** undefined while nothing is on its way. */
export const usePendingNavigation = (): Pending =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => pending,
    () => undefined,
  );
