import type { EstimateFragment } from '@/generated/graphql';
import { interval, percent } from './format';

type Estimate = Pick<EstimateFragment, 'value' | 'low' | 'high' | 'undefinedReason' | 'method'>;

/** A figure in percent with its interval below; '–' with the reason where it is undefined. */
export function EstimateCell({ estimate, best = false }: { estimate: Estimate | null | undefined; best?: boolean }) {
  if (estimate?.value == null) {
    return (
      <span className="muted" title={estimate?.undefinedReason ?? 'not computed yet'}>
        –
      </span>
    );
  }
  const { value, low, high, method } = estimate;
  return (
    <span className="number" style={{ display: 'inline-block' }}>
      <span style={{ fontWeight: best ? 700 : 500 }}>{percent(value)}</span>
      {low != null && high != null && (
        <span
          className="muted"
          style={{ display: 'block', fontSize: 12 }}
          title={`95 % interval (${method ?? 'unknown method'})`}
        >
          {interval(low, high)}
        </span>
      )}
    </span>
  );
}

/** The interval as a bar with the value as a tick, on an axis from 0 to 1 that all rows share. */
export function IntervalBar({ estimate }: { estimate: Estimate | null | undefined }) {
  const at = (x: number): string => `${(x * 100).toFixed(2)}%`;
  const { value, low, high } = estimate ?? {};
  return (
    <span
      aria-hidden="true"
      style={{
        position: 'relative',
        display: 'block',
        width: 132,
        height: 14,
        background: 'var(--line)',
        borderRadius: 2,
        opacity: value == null ? 0.4 : 1,
      }}
    >
      {[0.25, 0.5, 0.75].map((x) => (
        <span
          key={x}
          style={{ position: 'absolute', left: at(x), top: 0, bottom: 0, width: 1, background: 'var(--surface)' }}
        />
      ))}
      {value != null && low != null && high != null && (
        <>
          <span
            style={{
              position: 'absolute',
              left: at(low),
              width: at(high - low),
              top: 3,
              bottom: 3,
              background: 'var(--accent)',
              opacity: 0.45,
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
              background: 'var(--accent)',
            }}
          />
        </>
      )}
    </span>
  );
}
