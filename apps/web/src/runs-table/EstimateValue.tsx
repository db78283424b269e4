import { interval, percent } from '@/design/format';
import type { EstimateFragment } from '@/generated/graphql';
import { placeOn } from './axis';
import type { Extent } from './run-list';
import css from './runs-table.module.css';

interface Props {
  value: string | number | null;
  /** None while the run has no evaluation: then the metric is what its client has logged. */
  estimate: EstimateFragment | undefined;
  /** Of the bar. */
  axis: Extent;
  isCompact: boolean;
}

/** A share in percent, with its interval as figures and as a bar on an axis that all rows share. */
export function EstimateValue({ value, estimate, axis, isCompact }: Props) {
  const shown = estimate?.value ?? (typeof value === 'number' ? value : null);
  if (shown === null) {
    return (
      <span className="muted" title={estimate?.undefinedReason ?? 'not computed yet'}>
        –
      </span>
    );
  }
  const { low, high, method } = estimate ?? {};
  const hasInterval = low != null && high != null;
  const title = hasInterval ? `${interval(low, high)} % (95 % interval, ${method ?? 'unknown method'})` : undefined;
  return (
    <span className={css.estimate} title={title}>
      <span className={css.bar} aria-hidden="true" style={{ opacity: hasInterval ? 1 : 0.5 }}>
        {hasInterval && (
          <span className={css.barRange} style={{ left: at(axis, low), right: `calc(100% - ${at(axis, high)})` }} />
        )}
        {shown >= axis.low && shown <= axis.high && <span className={css.barValue} style={{ left: at(axis, shown) }} />}
      </span>
      <span style={{ textAlign: 'right', minWidth: isCompact ? 42 : 66 }}>
        <span style={{ fontWeight: 530 }}>{percent(shown)}</span>
        {!isCompact && hasInterval && (
          <span className={css.interval} style={{ display: 'block' }}>
            {interval(low, high)}
          </span>
        )}
        {isCompact && hasInterval && <span className="visually-hidden">, {interval(low, high)}</span>}
      </span>
    </span>
  );
}

const at = (axis: Extent, value: number): string => `${(placeOn(axis, value) * 100).toFixed(2)}%`;
