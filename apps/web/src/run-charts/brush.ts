import { canonical, printSearch, readSearch, type RunFilter } from '@samplewise/domain/search';
import type { Dimension } from './dimensions';

/** A part of an axis; of words the words in it. */
export type Brushed = { from: number; to: number } | { words: readonly string[] };

/** Digits after which nobody sees a difference. */
const DIGITS = 6;

/** A search for the runs within what is brushed, beside what holds already. @returns undefined where nothing can be said */
export function narrowedSearch(
  search: string,
  brushed: readonly { dimension: Dimension; of: Brushed }[],
): string | undefined {
  const read = readSearch(search);
  if ('error' in read) return undefined;
  const conditions = brushed.flatMap(({ dimension, of }) => conditionOf(dimension, of) ?? []);
  return conditions.length === 0 ? undefined : printSearch(canonical({ and: [read.filter, ...conditions] }));
}

function conditionOf({ kind, key, aggregate }: Dimension, of: Brushed): RunFilter | undefined {
  if ('words' in of) {
    const words = { in: [...of.words] };
    if (kind === 'PARAM') return { param: { key, string: words } };
    if (kind === 'TAG') return { tag: { key, string: words } };
    if (key === 'status') return { status: of.words as ('FINISHED' | 'FAILED')[] };
    if (key === 'group') return { group: words };
    const field = ({ modelConfig: 'model', restorationConfig: 'restoration' } as const)[key];
    // Versions of one name are not told apart here.
    return field && { [field]: { in: of.words.map((word) => word.slice(0, word.lastIndexOf('@'))) } };
  }
  const number = { gte: rounded(of.from, Math.floor), lte: rounded(of.to, Math.ceil) };
  if (kind === 'PARAM') return { param: { key, number } };
  if (kind === 'METRIC') {
    if (aggregate === 'CURVE') return undefined;
    return { metric: { key, ...(aggregate && { aggregate }), number } };
  }
  if (key === 'duration' || key === 'seed') return { [key]: number };
  if (key === 'createdAt') {
    return { createdAt: { gte: new Date(of.from).toISOString(), lte: new Date(of.to).toISOString() } };
  }
  return undefined;
}

/** To so many digits, outwards: what was brushed stays in. */
function rounded(value: number, way: (value: number) => number): number {
  if (value === 0) return 0;
  const scale = 10 ** (DIGITS - Math.ceil(Math.log10(Math.abs(value))));
  return Number.isFinite(scale) ? Number((way(value * scale) / scale).toPrecision(DIGITS + 2)) : value;
}
