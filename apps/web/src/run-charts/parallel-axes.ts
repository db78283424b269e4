import { idOf, labelOf } from '@/runs-table/columns';
import type { TableRow } from '@/runs-table/request';
import type { Brushed } from './brush';
import { numberOf, shownAs, shownWord, wordOf, type Dimension } from './dimensions';

export interface Axis {
  id: string;
  dimension: Dimension;
  label: string;
  kind: 'number' | 'word';
  isLog: boolean;
  /** Of words. */
  words: readonly string[];
  low: number;
  high: number;
  /** Its first and its last value, for people. */
  ends: readonly [string, string];
  /** Runs that have a value. */
  known: number;
  /** Where a run stands on it; of words its number. */
  placeOf: (row: TableRow) => number | undefined;
  /** @param interval as the chart gives it */
  brushed: (interval: readonly [number, number]) => Brushed;
  holds: (row: TableRow, of: Brushed) => boolean;
}

/** Words of one axis; more can't be read. */
const WORDS = 30;
/** Numbers that differ by so much are read by their ratio. */
const RATIO = 100;

/** An axis for each dimension that some run has: of numbers where all its values are, else of words. */
export function axesOf(rows: readonly TableRow[], dimensions: readonly Dimension[]): Axis[] {
  return dimensions.flatMap((dimension) => {
    const words = rows.map((row) => wordOf(row, dimension)).filter((word) => word !== undefined);
    const numbers = rows.map((row) => numberOf(row, dimension)).filter((number) => number !== undefined);
    if (words.length === 0) return [];
    return numbers.length === words.length || dimension.kind === 'METRIC'
      ? numberAxis(dimension, numbers)
      : wordAxis(dimension, words);
  });
}

function numberAxis(dimension: Dimension, numbers: readonly number[]): Axis[] {
  if (numbers.length === 0) return [];
  const low = numbers.reduce((a, b) => Math.min(a, b));
  const high = numbers.reduce((a, b) => Math.max(a, b));
  return [
    {
      id: idOf(dimension),
      dimension,
      label: labelOf(dimension),
      kind: 'number',
      isLog: low > 0 && high / low > RATIO,
      words: [],
      low,
      high,
      ends: [shownAs(dimension, low), shownAs(dimension, high)],
      known: numbers.length,
      placeOf: (row) => numberOf(row, dimension),
      brushed: ([from, to]) => ({ from: Math.min(from, to), to: Math.max(from, to) }),
      holds: (row, of) => {
        const number = numberOf(row, dimension);
        return number !== undefined && 'from' in of && number >= of.from && number <= of.to;
      },
    },
  ];
}

function wordAxis(dimension: Dimension, all: readonly string[]): Axis[] {
  const counts = new Map<string, number>();
  for (const word of all) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, WORDS)
    .map(([word]) => word)
    .sort();
  return [
    {
      id: idOf(dimension),
      dimension,
      label: labelOf(dimension),
      kind: 'word',
      isLog: false,
      words,
      low: 0,
      high: words.length - 1,
      ends: [shownWord(dimension, words[0]!), shownWord(dimension, words.at(-1)!)],
      known: all.length,
      placeOf: (row) => {
        const at = words.indexOf(wordOf(row, dimension) ?? '');
        return at < 0 ? undefined : at;
      },
      brushed: ([from, to]) => ({
        words: words.filter((_, i) => i >= Math.min(from, to) - 0.5 && i <= Math.max(from, to) + 0.5),
      }),
      holds: (row, of) => 'words' in of && of.words.includes(wordOf(row, dimension) ?? ''),
    },
  ];
}

/** From pale to strong along an axis of numbers. */
export function colourOf(axis: Axis | undefined, pale: string, strong: string): (place: number | undefined) => string {
  if (axis?.kind !== 'number') return () => strong;
  const scale = (value: number): number => (axis.isLog ? Math.log(value) : value);
  const [low, high] = [scale(axis.low), scale(axis.high)];
  return (place) =>
    place === undefined ? pale : mixed(pale, strong, high > low ? (scale(place) - low) / (high - low) : 1);
}

/** @param share of the second colour; both are `#rrggbb` */
function mixed(a: string, b: string, share: number): string {
  const channel = (colour: string, at: number): number => parseInt(colour.slice(at, at + 2), 16);
  const of = (at: number): number => Math.round(channel(a, at) * (1 - share) + channel(b, at) * share);
  return `rgb(${of(1)},${of(3)},${of(5)})`;
}
