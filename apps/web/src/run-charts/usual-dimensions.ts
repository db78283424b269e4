import type { KnownColumn } from '@/runs-table/usual';
import type { Dimension } from './dimensions';

const AXES = 6;
/** The machinery's own metrics. */
const INTERNAL = /^(executor|restoration|system)\//;

/** What is drawn unless somebody chooses: quality, what it costs, and the params that differ. */
export function usualDimensions(known: readonly KnownColumn[]): {
  bar: Dimension;
  x: Dimension;
  y: Dimension;
  axes: Dimension[];
} {
  const metrics = known.filter(({ kind, key }) => kind === 'METRIC' && !INTERNAL.test(key));
  const has = (key: string): boolean => metrics.some((metric) => metric.key === key);
  const first = has('accuracy') ? 'accuracy' : (metrics.toSorted((a, b) => b.runs - a.runs)[0]?.key ?? 'accuracy');
  const quality: Dimension = { kind: 'METRIC', key: first };
  const params = known
    .filter(({ kind, differs, numeric }) => kind === 'PARAM' && differs && numeric)
    .toSorted((a, b) => b.runs - a.runs)
    .map(({ key }): Dimension => ({ kind: 'PARAM', key }));
  const cost: Dimension = { kind: 'FIELD', key: has('samples_per_second') ? 'cost.wall_seconds' : 'duration' };
  return {
    bar: quality,
    x: cost,
    y: quality,
    axes: [
      ...(has('accuracy') ? [{ kind: 'FIELD', key: 'modelConfig' } as const] : []),
      ...params.slice(0, AXES - 3),
      cost,
      quality,
    ],
  };
}
