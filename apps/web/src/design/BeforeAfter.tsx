'use client';

import { useState } from 'react';
import styles from './BeforeAfter.module.css';

interface Props {
  before: { url: string; alt: string };
  after: { url: string; alt: string };
  /** Pixels of the page; as wide as its place unless given. */
  side?: number;
  /** Width over height; a square unless given. */
  shape?: number;
  /** Whether the pictures have many pixels, which are made fewer softly. */
  soft?: boolean;
  /** What is slid, for who does not see it. */
  label: string;
}

/** Two pictures of the same, one over the other, with an edge between them that is slid by pointer or arrow keys. */
export function BeforeAfter({ before, after, side, shape = 1, soft = false, label }: Props) {
  const [at, setAt] = useState(50);
  return (
    <div className={styles.frame} style={{ width: side ?? '100%', aspectRatio: shape }} data-soft={soft}>
      <img src={before.url} alt={before.alt} loading="lazy" />
      <img src={after.url} alt={after.alt} loading="lazy" style={{ clipPath: `inset(0 0 0 ${at}%)` }} />
      <span aria-hidden="true" className={styles.edge} style={{ left: `${at}%` }} />
      <input
        type="range"
        min={0}
        max={100}
        step={5}
        value={at}
        aria-label={label}
        aria-valuetext={`${at} % before, ${100 - at} % after`}
        onChange={(event) => setAt(Number(event.currentTarget.value))}
        className={styles.slider}
      />
    </div>
  );
}
