import type { ViewColumn } from '@samplewise/domain/search';
import { isFigureColumn, widthOf } from './columns';
import type { Extent } from './run-list';

/** Where the columns of a table stand, and which of them are seen. Pixels. */
export interface Layout {
  checkWidth: number;
  pinned: readonly ViewColumn[];
  /** Of all columns, in their order: the pinned ones come first. */
  widths: readonly number[];
  /** Of all columns: whether figures stand in it, and the axis of its bars. */
  isFigure: readonly boolean[];
  axes: readonly Extent[];
  /** Of the pinned ones. */
  lefts: readonly number[];
  /** Unpinned ones that are seen, or nearly. */
  seen: readonly { column: ViewColumn; index: number; width: number }[];
  /** Between the pinned ones and the first that is seen. */
  skipped: number;
  /** Of a row. */
  width: number;
}

const CHECK = 38;
/** Share of the box that pinned columns may take. */
const MOST_PINNED = 0.55;
const LEAST_PINNED = 110;
/** Columns beyond the edges, so that scrolling shows no gap. */
const BEYOND = 400;

/** Pinned ones first, each kind in its order. */
export function arrange(columns: readonly ViewColumn[]): ViewColumn[] {
  return [...columns.filter(({ pinned }) => pinned), ...columns.filter(({ pinned }) => !pinned)];
}

interface Given {
  /** What is seen: pixels scrolled to the right, and the width of the box. */
  view: { left: number; width: number };
  /** Params of which every value is a number. */
  numeric: ReadonlySet<string>;
  /** Of the bars of each column. */
  axes: readonly Extent[];
}

/** @param columns arranged */
export function layoutOf(columns: readonly ViewColumn[], { view, numeric, axes }: Given): Layout {
  const widths = columns.map(widthOf);
  const pinned = pinnedOf(columns, widths, view.width);
  let left = CHECK;
  const lefts = pinned.map((_, i) => (left += widths[i]!) - widths[i]!);
  const pinnedWidth = left;
  let at = pinnedWidth;
  let skipped = 0;
  const seen: Layout['seen'][number][] = [];
  for (const [i, column] of columns.entries()) {
    if (i < pinned.length) continue;
    const width = widths[i]!;
    const isSeen = at + width > view.left - BEYOND && at < view.left + view.width + BEYOND;
    if (isSeen) seen.push({ column, index: i, width });
    else if (seen.length === 0) skipped += width;
    at += width;
  }
  return {
    checkWidth: CHECK,
    pinned,
    widths,
    isFigure: columns.map((column) => isFigureColumn(column, numeric.has(column.key))),
    axes,
    lefts,
    seen,
    skipped,
    width: at,
  };
}

/** Pinned columns must leave room for the others: on a narrow screen only the first stays, and not as wide. */
function pinnedOf(columns: readonly ViewColumn[], widths: number[], room: number): ViewColumn[] {
  const pinned = columns.filter((column) => column.pinned);
  const wanted = pinned.reduce((sum, _, i) => sum + widths[i]!, CHECK);
  if (wanted <= room * MOST_PINNED) return pinned;
  if (pinned.length > 0) widths[0] = Math.min(widths[0]!, Math.max(LEAST_PINNED, room * MOST_PINNED - CHECK));
  return pinned.slice(0, 1);
}
