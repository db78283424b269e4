import type { EstimateFragment } from '@/generated/graphql';
import { points } from './verdict';

type Difference = Pick<EstimateFragment, 'value' | 'low' | 'high' | 'undefinedReason' | 'method'>;

/** A difference in points of percent, with its interval below. */
export function DifferenceCell({ difference }: { difference: Difference }) {
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

const WIDTH = 150;

/**
 * The interval of a difference around zero. An interval that leaves zero out is coloured by its side.
 * @param reach the largest distance from zero of the bars that share this axis
 */
export function DifferenceBar({ difference, reach }: { difference: Difference; reach: number }) {
  const { value, low, high } = difference;
  const at = (x: number): string => `${(50 + (Math.max(-reach, Math.min(reach, x)) / reach) * 50).toFixed(2)}%`;
  const shown = value != null && low != null && high != null && reach > 0;
  const colour = shown && low > 0 ? 'var(--right)' : shown && high < 0 ? 'var(--wrong)' : 'var(--muted)';
  return (
    <span
      aria-hidden="true"
      style={{
        position: 'relative',
        display: 'block',
        width: WIDTH,
        height: 14,
        background: 'var(--line)',
        borderRadius: 2,
      }}
    >
      <span style={{ position: 'absolute', left: '50%', top: -2, bottom: -2, width: 1, background: 'var(--ink)' }} />
      {shown && (
        <>
          <span
            style={{
              position: 'absolute',
              left: at(low),
              right: `calc(100% - ${at(high)})`,
              top: 3,
              bottom: 3,
              background: colour,
              opacity: 0.5,
              borderRadius: 2,
            }}
          />
          <span
            style={{
              position: 'absolute',
              left: `calc(${at(value)} - 1px)`,
              width: 2,
              top: 0,
              bottom: 0,
              background: colour,
            }}
          />
        </>
      )}
    </span>
  );
}

/** The largest distance from zero that intervals reach, so that their bars share an axis. */
export const reachOf = (differences: readonly Difference[]): number =>
  Math.max(0, ...differences.flatMap(({ low, high }) => [Math.abs(low ?? 0), Math.abs(high ?? 0)]));
