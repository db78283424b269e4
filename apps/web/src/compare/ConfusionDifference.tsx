'use client';

import { useCallback, useMemo } from 'react';
import { csvOfTable } from '@/charts/csv';
import { SaveButton } from '@/charts/SaveButton';
import { MatrixGrid } from '@/design/MatrixGrid';
import type { MatrixCell } from '@/design/MatrixRow';
import type { ConfusionFragment } from '@/generated/graphql';
import { writeFilter } from '@/runs/filter';

interface Props {
  reference: ConfusionFragment;
  run: ConfusionFragment;
  /** Of the run's page that shows samples. */
  pathname: string;
}

/** How many samples more or fewer the run has in each cell. Both matrices are of the same samples. */
export function ConfusionDifference({ reference, run, pathname }: Props) {
  const { labels } = reference;
  const rows = useMemo(
    () =>
      labels.map((_, t) => [
        ...labels.map((__, p) => run.counts[t]![p]! - reference.counts[t]![p]!),
        run.none[t]! - reference.none[t]!,
      ]),
    [labels, reference, run],
  );
  const most = useMemo(() => Math.max(1, ...rows.flat().map(Math.abs)), [rows]);
  const withNone = reference.none.some((n) => n > 0) || run.none.some((n) => n > 0);
  const columns = useMemo(() => (withNone ? [...labels, 'none'] : labels), [withNone, labels]);

  const cell = useCallback(
    (t: number, p: number): MatrixCell => {
      const change = rows[t]![p]!;
      const truth = labels[t]!;
      const predicted = labels[p];
      // More in the diagonal is good, more elsewhere is not.
      const colour = change > 0 === (p === t) ? 'var(--right)' : 'var(--wrong)';
      const strength = ((Math.abs(change) / most) * 55).toFixed(1);
      return {
        text: signed(change),
        colour: change === 0 ? 'var(--ground)' : `color-mix(in oklab, ${colour} ${strength}%, var(--ground))`,
        label: `${signed(change)} ${truth} samples ${predicted === undefined ? 'without a prediction' : `predicted as ${predicted}`}`,
        href: `${pathname}${writeFilter(predicted === undefined ? { truth, none: true } : { truth, predicted })}`,
        quiet: change === 0,
      };
    },
    [rows, labels, most, pathname],
  );

  return (
    <div className="stack" style={{ gap: 10 }}>
      <div className="row spread">
        <span className="muted" style={{ fontSize: 13 }}>
          Samples more or fewer in each cell, which opens those of the run.
        </span>
        <SaveButton
          name="confusion-difference.csv"
          text={() => csvOfTable([['truth', ...labels, 'none'], ...labels.map((label, t) => [label, ...rows[t]!])])}
        />
      </div>
      <MatrixGrid
        label="Difference of the confusion matrices"
        corner="truth \ predicted"
        rows={labels}
        columns={columns}
        cell={cell}
        hint="Point at a square, or go through them by the arrow keys."
      />
    </div>
  );
}

const signed = (change: number): string => (change > 0 ? `+${change}` : change < 0 ? `−${-change}` : '0');
