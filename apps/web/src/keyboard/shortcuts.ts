'use client';

import { useEffect, useId, useRef, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** Presses with blanks between: `g e`, `j`, `mod+k`; see keys.ts. */
  keys: string;
  /** What it does, for the list of all shortcuts: 'Next run'. */
  label: string;
  run: () => void;
  /** Also while somebody types; for those with Ctrl or Cmd. */
  whileTyping?: boolean;
}

/** The shortcuts of one part of the page, under the heading that the list of all shows. */
export interface ShortcutGroup {
  name: string;
  shortcuts: readonly Shortcut[];
}

const groups = new Map<string, ShortcutGroup>();
const listeners = new Set<() => void>();
let known: readonly ShortcutGroup[] = [];

function changed(): void {
  known = [...groups.values()];
  for (const listener of listeners) listener();
}

/** All that hold at present, of the page as a whole first. */
export const currentShortcuts = (): readonly ShortcutGroup[] => known;

export const useAllShortcuts = (): readonly ShortcutGroup[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    currentShortcuts,
    () => [],
  );

/**
 * Adds shortcuts for as long as the component is there. Of the same keys, those that were added last go first.
 * @param shortcuts may be made anew at each render; an empty list adds nothing
 */
export function useShortcuts(name: string, shortcuts: readonly Shortcut[]): void {
  const id = useId();
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  // What they do may change at each render; only what they are is told.
  const told = shortcuts.map(({ keys, label }) => `${keys}\t${label}`).join('\n');
  useEffect(() => {
    if (told === '') return undefined;
    const stable = latest.current.map((shortcut, i) => ({ ...shortcut, run: () => latest.current[i]?.run() }));
    groups.set(id, { name, shortcuts: stable });
    changed();
    return () => {
      groups.delete(id);
      changed();
    };
  }, [id, name, told]);
}
