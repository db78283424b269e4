'use client';

import { RangeSlider } from '@mantine/core';
import { useState } from 'react';
import type { Range } from '../view';
import styles from '../Samples.module.css';

interface Props {
  label: string;
  min: number;
  max: number;
  /** Whether only whole numbers make sense. */
  whole?: boolean;
  /** Samples in bins of one width. */
  histogram?: readonly number[];
  range: Range | undefined;
  choose: (range: Range | undefined) => void;
}

/** A part of all values, over their distribution. */
export function RangeFilter({ label, min, max, whole = false, histogram = [], range, choose }: Props) {
  const step = whole ? 1 : stepOf(max - min);
  const [low, high] = [Math.floor(min / step) * step, Math.ceil(max / step) * step];
  const given: [number, number] = [range?.min ?? low, range?.max ?? high];
  const [drawn, setDrawn] = useState<[number, number]>();
  const [from, to] = drawn ?? given;
  const largest = Math.max(1, ...histogram);
  const digits = step >= 1 ? 0 : Math.ceil(-Math.log10(step));
  const words = (value: number): string => value.toFixed(digits);
  return (
    <div role="group" aria-label={label} style={{ padding: '2px 4px 6px' }}>
      <div className="row spread" style={{ fontSize: 12.5, marginBottom: 4 }}>
        <span>{label}</span>
        <span className="muted number">
          {words(from)} – {words(to)}
        </span>
      </div>
      {histogram.length > 0 && (
        <div className={styles.histogram} aria-hidden="true">
          {histogram.map((samples, bin) => {
            const middle = min + ((bin + 0.5) / histogram.length) * (max - min);
            return (
              <span
                key={bin}
                data-inside={middle >= from && middle <= to}
                style={{ height: `${(Math.sqrt(samples / largest) * 100).toFixed(1)}%` }}
              />
            );
          })}
        </div>
      )}
      <RangeSlider
        size="xs"
        min={low}
        max={high}
        step={step}
        minRange={0}
        label={null}
        value={[from, to]}
        onChange={setDrawn}
        onChangeEnd={([start, end]) => {
          setDrawn(undefined);
          const chosen = {
            ...(start > low && { min: Number(words(start)) }),
            ...(end < high && { max: Number(words(end)) }),
          };
          choose(Object.keys(chosen).length > 0 ? chosen : undefined);
        }}
        thumbFromLabel={`${label}, from`}
        thumbToLabel={`${label}, to`}
        styles={{ root: { margin: '0 8px' } }}
      />
    </div>
  );
}

/** A round number, of which some hundred make up the whole. */
function stepOf(width: number): number {
  if (width <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(width / 100));
  return [1, 2, 5, 10].map((n) => n * power).find((step) => width / step <= 200)!;
}
