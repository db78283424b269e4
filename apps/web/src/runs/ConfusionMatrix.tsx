'use client';

import { SegmentedControl } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { csvOfTable } from '@/charts/csv';
import { SaveButton } from '@/charts/SaveButton';
import { count } from '@/design/format';
import { MatrixGrid } from '@/design/MatrixGrid';
import type { MatrixCell } from '@/design/MatrixRow';
import { useAddress } from '@/design/use-address';
import { NORMALISATIONS, shareOf, totalsOf, type Matrix, type Normalisation } from './confusion';
import { writeFilter, type Filter } from './filter';
import { MostConfused } from './MostConfused';

interface Props {
  matrix: Matrix;
  /** Which samples the page shows, if it shows any. */
  filter?: Filter;
  /** Of the page that shows samples. */
  pathname: string;
}

/** Truth against prediction; every cell leads to its samples. */
export function ConfusionMatrix({ matrix, filter = {}, pathname }: Props) {
  const [params, change] = useAddress();
  const given = params.get('cells');
  const by: Normalisation = given === 'truth' || given === 'prediction' ? given : 'counts';
  const { labels, none } = matrix;
  const columns = useMemo(() => (none.some((n) => n > 0) ? [...labels, 'none'] : labels), [labels, none]);
  const totals = useMemo(() => totalsOf(matrix), [matrix]);
  const { truth: ofTruth, predicted: ofPrediction, none: without } = filter;

  const cell = useCallback(
    (t: number, p: number): MatrixCell => {
      const truth = labels[t]!;
      const predicted = labels[p];
      const value = predicted === undefined ? none[t]! : matrix.counts[t]![p]!;
      // Coloured by the share of the truth where counts are shown, so that small classes are seen.
      const share = shareOf(matrix, totals, t, p, by === 'counts' ? 'truth' : by);
      const said = predicted === undefined ? 'without a prediction' : `predicted as ${predicted}`;
      const to: Filter = predicted === undefined ? { truth, none: true } : { truth, predicted };
      return {
        text: by === 'counts' ? count(value) : share === null ? '–' : (share * 100).toFixed(1),
        // At most 55 %, so that the figure keeps its contrast.
        colour: tint(t === p ? '--right' : '--wrong', (share ?? 0) * 55),
        label: `${value} of ${totals.truth[t]!} ${truth} samples: ${said}`,
        href: `${pathname}${writeFilter(to)}`,
        current: ofTruth === truth && ofPrediction === to.predicted && without === to.none,
        quiet: value === 0,
      };
    },
    [labels, none, matrix, totals, by, pathname, ofTruth, ofPrediction, without],
  );

  return (
    <div className="stack" style={{ gap: 10 }}>
      <div className="row spread">
        <span className="muted" style={{ fontSize: 13 }}>
          Rows are the truth, columns the prediction. Each cell opens its samples.
        </span>
        <span className="row" style={{ gap: 8 }}>
          <SegmentedControl
            size="xs"
            aria-label="Unit of the cells"
            value={by}
            onChange={(value) => change({ cells: value === 'counts' ? undefined : value })}
            data={Object.entries(NORMALISATIONS).map(([value, label]) => ({ value, label }))}
          />
          <SaveButton
            name="confusion-matrix.csv"
            text={() =>
              csvOfTable([
                ['truth', ...labels, 'none'],
                ...labels.map((label, t) => [label, ...matrix.counts[t]!, none[t]!]),
              ])
            }
          />
        </span>
      </div>
      <MatrixGrid
        label="Confusion matrix"
        corner="truth \ predicted"
        rows={labels}
        columns={columns}
        cell={cell}
        hint="Point at a square, or go through them by the arrow keys."
      />
      <MostConfused matrix={matrix} pathname={pathname} />
    </div>
  );
}

const tint = (colour: string, strength: number): string =>
  `color-mix(in oklab, var(${colour}) ${strength.toFixed(1)}%, var(--ground))`;
