type Place = readonly [row: number, column: number];

const PAGE = 10;

/** Where a key leads from a cell of a matrix; undefined where it leads nowhere. */
export function nextCell(
  [row, column]: Place,
  [rows, columns]: Place,
  { key, ctrlKey, altKey, metaKey }: { key: string; ctrlKey: boolean; altKey: boolean; metaKey: boolean },
): Place | undefined {
  if (altKey || metaKey) return undefined;
  const all = ctrlKey;
  const steps: Readonly<Record<string, Place>> = {
    ArrowUp: [all ? 0 : row - 1, column],
    ArrowDown: [all ? rows : row + 1, column],
    ArrowLeft: [row, all ? 0 : column - 1],
    ArrowRight: [row, all ? columns : column + 1],
    Home: [all ? 0 : row, 0],
    End: [all ? rows : row, columns],
    PageUp: [row - PAGE, column],
    PageDown: [row + PAGE, column],
  };
  const next = steps[key];
  if (!next) return undefined;
  const within = (at: number, size: number): number => Math.max(0, Math.min(size - 1, at));
  return [within(next[0], rows), within(next[1], columns)];
}
