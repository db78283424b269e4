/** Places numbers on a line. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly logarithmic: boolean;
  /** Where a number is, in units of the picture. */
  at(value: number): number;
  /** A few round numbers within it. */
  readonly ticks: readonly number[];
}

/** @param extent in units of the picture */
export function scale(
  values: readonly number[],
  extent: readonly [number, number],
  { margin = 0.06, log = false } = {},
): Scale {
  const logarithmic = log && values.every((value) => value > 0) && Math.max(...values) > 20 * Math.min(...values);
  const on = (value: number): number => (logarithmic ? Math.log10(value) : value);
  const [least, most] = [on(Math.min(...values)), on(Math.max(...values))];
  const width = most - least || Math.abs(most) || 1;
  const [low, high] = [least - margin * width, most + margin * width];
  const [start, end] = extent;
  const at = (value: number): number => round(start + ((on(value) - low) / (high - low)) * (end - start));
  const back = (value: number): number => (logarithmic ? 10 ** value : value);
  return {
    from: back(low),
    to: back(high),
    logarithmic,
    at,
    ticks: logarithmic ? decades(low, high) : steps(low, high),
  };
}

/** Three to seven multiples of 1, 2 or 5 times a power of ten. */
function steps(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

/** 1, 2 and 5 times each power of ten, or the powers alone where these are many. */
function decades(low: number, high: number): number[] {
  const factors = high - low > 2.5 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(low); power <= high; power++) {
    for (const factor of factors) {
      const value = Number((factor * 10 ** power).toPrecision(12));
      if (Math.log10(value) >= low && Math.log10(value) <= high) ticks.push(value);
    }
  }
  return ticks;
}

/** A hundredth of a pixel is fine enough. */
export const round = (value: number): number => Math.round(value * 100) / 100;
