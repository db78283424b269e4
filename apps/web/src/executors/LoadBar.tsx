import styles from './Executors.module.css';

interface Props {
  name: string;
  /** 0 to 1. */
  share: number;
  /** A part of it. */
  part?: number;
  words: string;
}

/** How much of something is in use. */
export function LoadBar({ name, share, part, words }: Props) {
  const width = (of: number): string => `${Math.min(100, Math.max(0, of * 100)).toFixed(1)}%`;
  return (
    <div>
      <div className="row spread" style={{ fontSize: 12.5, gap: 8 }}>
        <span className="muted">{name}</span>
        <span className="number">{words}</span>
      </div>
      <div aria-hidden="true" className={styles.axis}>
        <span className={styles.bar} style={{ width: width(share) }} />
        {part !== undefined && <span className={styles.part} style={{ width: width(part) }} />}
      </div>
    </div>
  );
}
