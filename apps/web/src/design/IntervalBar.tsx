import styles from './IntervalBar.module.css';

/** What an interval says, by its colour: nothing in particular, or on which side of zero it lies. */
type Tone = 'accent' | 'right' | 'wrong' | 'muted';

interface Props {
  interval: { value?: number | null; low?: number | null; high?: number | null } | null | undefined;
  /** The ends of the axis, which all bars of a column share. */
  from: number;
  to: number;
  /** Values with a fine line through the axis. */
  ticks?: readonly number[];
  /** A value with a strong line: what a difference is held against. */
  origin?: number;
  tone?: Tone;
}

/** An interval as a bar with the value as a tick. It repeats figures that stand beside it, and says nothing to readers. */
export function IntervalBar({ interval, from, to, ticks = [], origin, tone = 'accent' }: Props) {
  const at = (x: number): string =>
    `${(to > from ? (100 * (Math.min(to, Math.max(from, x)) - from)) / (to - from) : 50).toFixed(2)}%`;
  const { value, low, high } = interval ?? {};
  return (
    <span aria-hidden="true" className={styles.axis} data-tone={tone} data-empty={value == null || undefined}>
      {ticks.map((x) => (
        <span key={x} className={styles.tick} style={{ left: at(x) }} />
      ))}
      {origin !== undefined && <span className={styles.origin} style={{ left: at(origin) }} />}
      {low != null && high != null && (
        <span className={styles.interval} style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
      )}
      {value != null && <span className={styles.value} style={{ left: at(value) }} />}
    </span>
  );
}
