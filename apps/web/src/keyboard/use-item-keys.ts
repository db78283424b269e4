'use client';

import type { RefObject } from 'react';
import { useShortcuts, type Shortcut } from './shortcuts';

/** What marks the rows of a table, or the cards of a gallery, that keys go through. */
const ITEM = '[data-item]';
/** What of an item is opened; the first link in it unless something is marked so. */
const MAIN = '[data-item-main]';

interface Options {
  /** What the items are, in the singular: 'run'. */
  what: string;
  /** Whether items have a checkbox, which `x` then ticks. */
  select?: boolean;
}

/**
 * Goes through items by keys: `j` and `k` to the next and the one before, Enter opens, `x` ticks. The focus itself moves,
 * onto each item's link, so that Enter is the browser's own and a screen reader says where it is; what is outside the
 * view is scrolled into it, so that virtual lists go on.
 * @param container holds the items, each of which has the attribute `data-item`
 */
export function useItemKeys(container: RefObject<HTMLElement | null>, { what, select = false }: Options): void {
  const move = (by: number) => (): void => focusItem(container.current, by);
  const shortcuts: Shortcut[] = [
    { keys: 'j', label: `Next ${what}`, run: move(1) },
    { keys: 'k', label: `${capital(what)} before`, run: move(-1) },
    ...(select ? [{ keys: 'x', label: `Select the ${what}`, run: () => tick(container.current) }] : []),
  ];
  useShortcuts(`${capital(what)}s`, shortcuts);
}

function focusItem(container: HTMLElement | null, by: number): void {
  const items = [...(container?.querySelectorAll<HTMLElement>(ITEM) ?? [])];
  if (items.length === 0) return;
  const at = items.findIndex((item) => item.contains(document.activeElement));
  const next = at === -1 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by));
  const item = items[next]!;
  const main = item.querySelector<HTMLElement>(MAIN) ?? item.querySelector<HTMLElement>('a[href], button') ?? item;
  item.scrollIntoView({ block: 'nearest' });
  main.focus({ preventScroll: true });
}

function tick(container: HTMLElement | null): void {
  const item = document.activeElement?.closest<HTMLElement>(ITEM);
  if (!item || !container?.contains(item)) return;
  item.querySelector<HTMLElement>('input[type=checkbox]')?.click();
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
