'use client';

import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { BeforeAfter } from '@/design/BeforeAfter';
import type { RestoredSampleFragment } from '@/generated/graphql';
import { DifferencePicture } from '@/runs/DifferencePicture';
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
  const results = resultsOf(restorations);
  const [chosen, setChosen] = useState(results[0]?.value ?? '');
  const [mode, setMode] = useState<Mode>('slider');
  const restored = results.find(({ value }) => value === chosen)?.step;
  const shape = width && height ? width / height : 1;
  const soft = (width ?? 0) > FEW;
  return (
    <section className="panel stack" style={{ gap: 10, padding: 12 }} aria-label="Picture">
      {!restored && <Picture url={url} alt={alt} shape={shape} soft={soft} />}
      {restored && mode === 'slider' && (
        <BeforeAfter
          before={{ url, alt }}
          after={{ url: restored.image.url, alt: `${alt}, restored` }}
          shape={shape}
          soft={soft}
          label="How much of the original is shown"
        />
      )}
      {restored && mode === 'side' && (
        <div className={styles.side}>
          <Picture url={url} alt={alt} tag="original" shape={shape} soft={soft} />
          <Picture url={restored.image.url} alt={`${alt}, restored`} tag="restored" shape={shape} soft={soft} />
        </div>
      )}
      {restored && mode === 'difference' && (
        <DifferencePicture original={url} restored={restored.image.url} alt={`${alt}, difference`} shape={shape} />
      )}
      {restorations.length > 0 && (
        <div style={{ display: 'grid', gap: 8 }}>
          <NativeSelect
            size="xs"
            aria-label="Restoration"
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={[...results.map(({ value, label }) => ({ value, label })), { value: '', label: 'Original alone' }]}
          />
          {restored && (
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label="How they are compared"
              value={mode}
              onChange={(value) => setMode(value)}
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

type Step = RestoredSampleFragment['steps'][number];

/** What can stand beside the original: what each restoration ends with, and what is between its steps. */
function resultsOf(restorations: readonly RestoredSampleFragment[]): { value: string; label: string; step: Step }[] {
  return restorations.flatMap(({ restorationConfig: { id, name, version }, steps }) => {
    const words = version === 1 ? name : `${name}, version ${version}`;
    return steps
      .map((step, i) => ({
        value: `${id} ${i}`,
        label: i === steps.length - 1 ? words : `${words}: after step ${i + 1}, ${step.kind}`,
        step,
      }))
      .reverse();
  });
}

interface PictureProps {
  url: string;
  alt: string;
  tag?: string;
  shape: number;
  soft: boolean;
}

function Picture({ url, alt, tag, shape, soft }: PictureProps) {
  return (
    <div className={styles.frame} style={{ aspectRatio: shape }}>
      <img src={url} alt={alt} className={soft ? styles.soft : undefined} />
      {tag !== undefined && <span className={styles.tag}>{tag}</span>}
    </div>
  );
}
