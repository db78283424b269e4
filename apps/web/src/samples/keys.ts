interface Grid {
  columns: number;
  /** Cells of a screen. */
  perPage: number;
  total: number;
}

/** To which place a key leads from another one; undefined: nowhere. */
export function placeAfter(key: string, place: number, { columns, perPage, total }: Grid): number | undefined {
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: perPage,
    PageUp: -perPage,
    Home: -place,
    End: total - 1 - place,
  };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (step === undefined || total === 0) return undefined;
  const next = place + step;
  // Down from the last full row leads to the last sample; up from the first row nowhere.
  if (next < 0) return key === 'ArrowUp' ? undefined : 0;
  return Math.min(total - 1, next);
}
