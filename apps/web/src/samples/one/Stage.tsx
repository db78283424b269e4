'use client';

import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { RestoredSampleFragment } from '@/generated/graphql';
import styles from './One.module.css';

interface Props {
  url: string;
  alt: string;
  /** Pixels, where they are known. */
  width: number | null | undefined;
  height: number | null | undefined;
  restorations: readonly RestoredSampleFragment[];
}

type Mode = 'slider' | 'side' | 'difference';
const MODES: { value: Mode; label: string }[] = [
  { value: 'slider', label: 'Slider' },
  { value: 'side', label: 'Side by side' },
  { value: 'difference', label: 'Difference' },
];
/** Pictures of fewer pixels are shown pixel by pixel. */
const FEW = 200;

/** The picture as large as its place, against what a restoration has made of it. */
export function Stage({ url, alt, width, height, restorations }: Props) {
  const [chosen, setChosen] = useState<string>(restorations[0]?.restorationConfig.id ?? '');
  const [mode, setMode] = useState<Mode>('slider');
  const restoration = restorations.find(({ restorationConfig }) => restorationConfig.id === chosen);
  const restored = restoration?.steps.at(-1);
  const shape = { aspectRatio: width && height ? `${width} / ${height}` : '1' };
  const soft = (width ?? 0) > FEW ? styles.soft : undefined;
  return (
    <section className="panel stack" style={{ gap: 10, padding: 12 }} aria-label="Picture">
      {!restored && (
        <div className={styles.frame} style={shape}>
          <img src={url} alt={alt} className={soft} />
        </div>
      )}
      {restored && mode === 'slider' && (
        <Slide before={url} after={restored.image.url} alt={alt} shape={shape} soft={soft} />
      )}
      {restored && mode === 'side' && (
        <div className={styles.side}>
          <Labelled url={url} alt={alt} tag="original" shape={shape} soft={soft} />
          <Labelled url={restored.image.url} alt={`${alt}, restored`} tag="restored" shape={shape} soft={soft} />
        </div>
      )}
      {restored && mode === 'difference' && (
        <div
          className={styles.frame}
          style={{ ...shape, background: 'black' }}
          role="img"
          aria-label={`${alt}, difference`}
        >
          {/* Black where the restoration changed nothing. Both are stretched over each other, whatever their sizes. */}
          <img src={url} alt="" className={`${styles.over} ${styles.soft}`} />
          <img
            src={restored.image.url}
            alt=""
            className={`${styles.over} ${styles.soft}`}
            style={{ mixBlendMode: 'difference' }}
          />
        </div>
      )}
      {restorations.length > 0 && (
        <div style={{ display: 'grid', gap: 8 }}>
          <NativeSelect
            size="xs"
            aria-label="Restoration"
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={[
              ...restorations.map(({ restorationConfig: { id, name, version } }) => ({
                value: id,
                label: version === 1 ? name : `${name}, version ${version}`,
              })),
              { value: '', label: 'Original alone' },
            ]}
          />
          {restored && (
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label="How they are compared"
              value={mode}
              onChange={(value) => setMode(value as Mode)}
              data={MODES}
            />
          )}
        </div>
      )}
      {restored?.quality && (
        <p className="muted" style={{ margin: 0, fontSize: 12.5 }}>
          Restored against original:{' '}
          {restored.quality.psnr == null ? 'equal' : `PSNR ${restored.quality.psnr.toFixed(2)} dB`}
          {restored.quality.ssim != null && `, SSIM ${restored.quality.ssim.toFixed(3)}`}
          {restored.faces != null && ` · ${restored.faces} ${restored.faces === 1 ? 'face' : 'faces'} found`}
        </p>
      )}
    </section>
  );
}

interface Shown {
  alt: string;
  shape: { aspectRatio: string };
  soft: string | undefined;
}

/** The one picture over the other, as far as a line that is moved by hand or by arrows. */
function Slide({ before, after, alt, shape, soft }: Shown & { before: string; after: string }) {
  const [at, setAt] = useState(50);
  return (
    <div className={styles.frame} style={shape}>
      <img src={before} alt={alt} className={`${styles.over} ${soft ?? ''}`} />
      <img
        src={after}
        alt={`${alt}, restored`}
        className={`${styles.over} ${soft ?? ''}`}
        style={{ clipPath: `inset(0 0 0 ${at}%)` }}
      />
      <span className={styles.tag} style={{ left: 6 }}>
        original
      </span>
      <span className={styles.tag} style={{ right: 6 }}>
        restored
      </span>
      <input
        type="range"
        className={styles.range}
        min={0}
        max={100}
        value={at}
        aria-label="How much of the original is shown"
        aria-valuetext={`${at} % original`}
        onChange={(event) => setAt(Number(event.currentTarget.value))}
      />
      <span className={styles.line} style={{ left: `${at}%` }} />
    </div>
  );
}

function Labelled({ url, alt, tag, shape, soft }: Shown & { url: string; tag: string }) {
  return (
    <div className={styles.frame} style={shape}>
      <img src={url} alt={alt} className={soft} />
      <span className={styles.tag} style={{ left: 6 }}>
        {tag}
      </span>
    </div>
  );
}
