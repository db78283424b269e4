'use client';

import { SegmentedControl } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import styles from '@/design/Heatmap.module.css';
import { count } from '@/design/format';
import { writeFilter, type Filter } from './filter';

interface Props {
  labels: readonly string[];
  /** Rows: truth; columns: prediction. */
  counts: readonly (readonly number[])[];
  /** Samples of each class without a prediction. */
  none: readonly number[];
  filter: Filter;
  pathname: string;
}

/** Truth against prediction; every cell leads to its samples. */
export function ConfusionMatrix({ labels, counts, none, filter, pathname }: Props) {
  const [unit, setUnit] = useState<'counts' | 'rows'>('counts');
  const withNone = none.some((n) => n > 0);
  return (
    <div>
      <div className="row spread" style={{ marginBottom: 8 }}>
        <span className="muted" style={{ fontSize: 13 }}>
          Rows are the truth, columns the prediction. Each cell opens its samples.
        </span>
        <SegmentedControl
          size="xs"
          aria-label="Unit of the cells"
          value={unit}
          onChange={(value) => setUnit(value)}
          data={[
            { value: 'counts', label: 'Counts' },
            { value: 'rows', label: '% of truth' },
          ]}
        />
      </div>
      <div className="scroll">
        <table className={styles.table} aria-label="Confusion matrix">
          <thead>
            <tr>
              <th scope="col">truth \ predicted</th>
              {labels.map((label) => (
                <th key={label} scope="col" style={{ textAlign: 'right' }}>
                  {label}
                </th>
              ))}
              {withNone && (
                <th scope="col" style={{ textAlign: 'right' }}>
                  none
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {labels.map((truth, t) => {
              const total = counts[t]!.reduce((a, b) => a + b, 0) + none[t]!;
              const cell = (value: number, to: Filter, right: boolean, name: string) => (
                <Cell
                  key={name}
                  share={total === 0 ? 0 : value / total}
                  text={unit === 'counts' ? count(value) : total === 0 ? '–' : ((value / total) * 100).toFixed(1)}
                  href={`${pathname}${writeFilter(to)}#samples`}
                  label={`${value} of ${total} ${truth} samples: ${name}`}
                  right={right}
                  active={filter.truth === truth && filter.predicted === to.predicted && filter.none === to.none}
                />
              );
              return (
                <tr key={truth}>
                  <th scope="row" style={{ textAlign: 'left' }}>
                    {truth}
                  </th>
                  {labels.map((predicted, p) =>
                    cell(counts[t]![p]!, { truth, predicted }, p === t, `predicted as ${predicted}`),
                  )}
                  {withNone && cell(none[t]!, { truth, none: true }, false, 'without a prediction')}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

interface CellProps {
  share: number;
  text: string;
  href: string;
  label: string;
  right: boolean;
  active: boolean;
}

function Cell({ share, text, href, label, right, active }: CellProps) {
  const colour = right ? 'var(--right)' : 'var(--wrong)';
  // At most 55 %, so that the figure keeps its contrast.
  const strength = (share * 55).toFixed(1);
  return (
    <td
      className={`${styles.cell} ${active ? styles.active : ''}`}
      style={{ background: `color-mix(in oklab, ${colour} ${strength}%, var(--ground))` }}
    >
      <Link
        href={href}
        aria-label={label}
        aria-current={active ? 'true' : undefined}
        scroll={false}
        style={share === 0 ? { color: 'var(--muted)' } : undefined}
      >
        {text}
      </Link>
    </td>
  );
}
