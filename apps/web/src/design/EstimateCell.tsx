import type { EstimateFragment } from '@/generated/graphql';
import { figure, interval, percent } from './format';
import { IntervalBar as Bar } from './IntervalBar';

export type Estimate = Pick<EstimateFragment, 'value' | 'low' | 'high' | 'undefinedReason' | 'method'>;

/** In hundredths, or as it is. */
export type Unit = 'percent' | 'number';

const SHOWN = {
  percent: { value: percent, interval },
  number: { value: figure, interval: (low: number, high: number) => `${figure(low)} – ${figure(high)}` },
} as const;

interface Props {
  estimate: Estimate | null | undefined;
  best?: boolean;
  unit?: Unit;
}

/** A figure with its interval below; '–' with the reason where it is undefined. */
export function EstimateCell({ estimate, best = false, unit = 'percent' }: Props) {
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
      <span style={{ fontWeight: best ? 700 : 500 }}>{SHOWN[unit].value(value)}</span>
      {low != null && high != null && (
        <span
          className="muted"
          style={{ display: 'block', fontSize: 12 }}
          title={`95 % interval (${method ?? 'unknown method'})`}
        >
          {SHOWN[unit].interval(low, high)}
        </span>
      )}
    </span>
  );
}

/** The interval on an axis from 0 to 1 that all rows share. */
export function IntervalBar({ estimate }: { estimate: Estimate | null | undefined }) {
  return <Bar interval={estimate} from={0} to={1} ticks={[0.25, 0.5, 0.75]} />;
}
