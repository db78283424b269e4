import type { Estimate } from '@/design/EstimateCell';
import { IntervalBar } from '@/design/IntervalBar';
import { points } from './verdict';

/** A difference in points of percent, with its interval below. */
export function DifferenceCell({ difference }: { difference: Estimate }) {
  const { value, low, high, method, undefinedReason } = difference;
  if (value == null) {
    return (
      <span className="muted" title={undefinedReason ?? undefined}>
        –
      </span>
    );
  }
  return (
    <span className="number" style={{ display: 'inline-block' }}>
      <span style={{ fontWeight: 500 }}>{points(value)}</span>
      {low != null && high != null && (
        <span
          className="muted"
          style={{ display: 'block', fontSize: 12 }}
          title={`95 % interval (${method ?? 'unknown method'})`}
        >
          {points(low)} to {points(high)}
        </span>
      )}
    </span>
  );
}

/**
 * The interval of a difference around zero. An interval that leaves zero out is coloured by its side.
 * @param reach the largest distance from zero of the bars that share this axis
 */
export function DifferenceBar({ difference, reach }: { difference: Estimate; reach: number }) {
  const { low, high } = difference;
  const tone = low != null && low > 0 ? 'right' : high != null && high < 0 ? 'wrong' : 'muted';
  return <IntervalBar interval={difference} from={-reach} to={reach} origin={0} tone={tone} />;
}

/** The largest distance from zero that intervals reach, so that their bars share an axis. */
export const reachOf = (differences: readonly Estimate[]): number =>
  Math.max(0, ...differences.flatMap(({ low, high }) => [Math.abs(low ?? 0), Math.abs(high ?? 0)]));
