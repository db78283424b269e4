import { IntervalBar } from '@/design/IntervalBar';
import { interval, percent } from '@/design/format';
import type { Metric } from './metrics';
import styles from './KeyFigures.module.css';

/** The figures that a run is known by, large, each with its interval. */
export function KeyFigures({ metrics }: { metrics: readonly Metric[] }) {
  return (
    <ul className={styles.figures} aria-label="Key figures">
      {metrics.map(({ name, hint, estimate }) => {
        const { value, low, high, method, undefinedReason } = estimate ?? {};
        return (
          <li key={name} className="panel" title={hint}>
            <span className={styles.name}>{name}</span>
            <span className={styles.value}>
              {value == null ? '–' : percent(value)}
              {value != null && <small> %</small>}
            </span>
            <IntervalBar interval={estimate} from={0} to={1} ticks={[0.25, 0.5, 0.75]} />
            <span className={styles.interval} title={method ?? undefined}>
              {value == null
                ? (undefinedReason ?? 'not computed')
                : low == null || high == null
                  ? 'without an interval'
                  : `${interval(low, high)} at 95 %`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
