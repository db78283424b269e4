'use client';

import { useSyncExternalStore } from 'react';

/** What lies over the page. */
export type Overlay = 'palette' | 'shortcuts' | undefined;

let overlay: Overlay;
const listeners = new Set<() => void>();

function show(next: Overlay): void {
  overlay = next;
  for (const listener of listeners) listener();
}

export const openPalette = (): void => show('palette');
export const openShortcuts = (): void => show('shortcuts');
export const closeOverlay = (): void => show(undefined);

export const useOverlay = (): Overlay =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => overlay,
    () => undefined,
  );
