/** Pixels between cells, and below them. */
export const GAP = 10;
const LINE = 18;

export interface Layout {
  columns: number;
  /** From one row to the next. */
  rowHeight: number;
}

/**
 * How cells fill a width, as CSS's `repeat(auto-fill, minmax(wished, 1fr))` does.
 * @param runs whose answers stand below the pictures
 */
export function layoutOf(width: number, wished: number, runs: number): Layout {
  const columns = Math.max(1, Math.floor((width + GAP) / (wished + GAP)));
  const side = (width - GAP * (columns - 1)) / columns;
  // Marks of many runs take several lines.
  const perLine = Math.max(1, Math.floor((side + 2) / 10));
  const marks = runs > 1 ? 4 + 10 * Math.ceil(runs / perLine) : runs * LINE;
  return { columns, rowHeight: side + LINE + 2 + marks + GAP };
}
