'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { figure } from './figures';
import { smallCurves } from './small-curves';
import css from './runs-table.module.css';

interface Props {
  runId: string;
  metric: string;
  /** The run goes on. */
  grows: boolean;
}

const WIDTH = 100;
const HEIGHT = 22;
const EDGE = 2;

/** A metric of a run over its steps, as small as a word; each has its own axes. */
export function Sparkline({ runId, metric, grows }: Props) {
  const curve = useSyncExternalStore(
    smallCurves.subscribe,
    () => smallCurves.get(runId, metric),
    () => undefined,
  );
  useEffect(() => smallCurves.want(runId, metric, grows));
  if (curve === undefined) return <span className={css.bone} aria-label="Loading" role="img" />;
  const finite = curve?.values.filter(Number.isFinite) ?? [];
  if (!curve || finite.length === 0) return <span className="muted">–</span>;
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const [start, end] = [curve.steps[0]!, curve.steps.at(-1)!];
  const x = (step: number): number => (end === start ? WIDTH : ((step - start) / (end - start)) * WIDTH);
  const y = (value: number): number =>
    high === low ? HEIGHT / 2 : HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE);
  const points = curve.values.map((value, i) => (Number.isFinite(value) ? [x(curve.steps[i]!), y(value)] : undefined));
  const label = `${metric}: ${figure(finite[0]!)} to ${figure(finite.at(-1)!)}, from ${figure(low)} to ${figure(high)}, ${curve.total} points`;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      style={{ width: '100%', height: HEIGHT, overflow: 'visible' }}
    >
      <title>{label}</title>
      <path
        d={pathOf(points)}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="1.4"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** What is not finite breaks the line; a point alone is a dot. */
function pathOf(points: readonly (readonly number[] | undefined)[]): string {
  return points
    .map((point, i) => {
      if (!point) return '';
      const at = `${point[0]!.toFixed(1)} ${point[1]!.toFixed(1)}`;
      if (points[i - 1]) return `L${at}`;
      return points[i + 1] ? `M${at}` : `M${at}h1`;
    })
    .join('');
}
