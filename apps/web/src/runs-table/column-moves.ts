import type { ViewColumn } from '@samplewise/domain/search';
import { clampWidth, idOf, widthOf } from './columns';

/** Moves a column before or behind another one; it is pinned where that one is. */
export function placeBeside(columns: readonly ViewColumn[], id: string, target: string, behind: boolean): ViewColumn[] {
  const moved = columns.find((column) => idOf(column) === id);
  const beside = columns.find((column) => idOf(column) === target);
  if (!moved || !beside || moved === beside) return [...columns];
  const others = columns.filter((column) => column !== moved);
  const placed = { ...moved, pinned: beside.pinned };
  return others.toSpliced(others.indexOf(beside) + (behind ? 1 : 0), 0, placed);
}

/** One place to the left or to the right, among those that are pinned as it is. */
export function shift(columns: readonly ViewColumn[], id: string, by: -1 | 1): ViewColumn[] {
  const at = columns.findIndex((column) => idOf(column) === id);
  const neighbour = columns[at + by];
  if (at < 0 || !neighbour || Boolean(neighbour.pinned) !== Boolean(columns[at]!.pinned)) return [...columns];
  return placeBeside(columns, id, idOf(neighbour), by > 0);
}

const change = (columns: readonly ViewColumn[], id: string, to: (column: ViewColumn) => ViewColumn): ViewColumn[] =>
  columns.map((column) => (idOf(column) === id ? to(column) : column));

/** @param width pixels; undefined: its usual one */
export const resize = (columns: readonly ViewColumn[], id: string, width: number | undefined): ViewColumn[] =>
  change(columns, id, (column) => ({ ...column, width: width === undefined ? undefined : clampWidth(width) }));

export const widen = (columns: readonly ViewColumn[], id: string, by: number): ViewColumn[] =>
  change(columns, id, (column) => ({ ...column, width: clampWidth(widthOf(column) + by) }));

export const pin = (columns: readonly ViewColumn[], id: string, isPinned: boolean): ViewColumn[] =>
  change(columns, id, (column) => ({ ...column, pinned: isPinned || undefined }));

export const hide = (columns: readonly ViewColumn[], id: string): ViewColumn[] =>
  columns.filter((column) => idOf(column) !== id);
