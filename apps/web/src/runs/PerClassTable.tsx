'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { csvOfTable } from '@/charts/csv';
import { SaveButton } from '@/charts/SaveButton';
import { EstimateCell } from '@/design/EstimateCell';
import { count } from '@/design/format';
import { IntervalBar } from '@/design/IntervalBar';
import { SortHead } from '@/design/SortHead';
import { useAddress } from '@/design/use-address';
import type { EvaluationFiguresFragment } from '@/generated/graphql';
import { CLASS_COLUMNS, classRows, readClassSorting, type ClassColumn, type ClassRow } from './class-rows';
import { writeFilter } from './filter';

interface Props {
  evaluation: EvaluationFiguresFragment;
  /** Of the page that shows samples. */
  pathname: string;
}

/** How well each class does, sorted as the address says. */
export function PerClassTable({ evaluation, pathname }: Props) {
  const [params, change] = useAddress();
  const sorting = readClassSorting(params);
  const { by, descending } = sorting;
  const rows = useMemo(() => classRows(evaluation, { by, descending }), [evaluation, by, descending]);
  const columns = CLASS_COLUMNS.filter(({ ofScores }) => !ofScores || evaluation.scores);
  return (
    <>
      <div className="row spread" style={{ padding: '6px 10px' }}>
        <h2>By class</h2>
        <SaveButton name="classes.csv" text={() => csvOf(rows)} />
      </div>
      <div
        className="scroll"
        style={{ maxHeight: 560, overflowY: 'auto' }}
        tabIndex={0}
        role="group"
        aria-label="By class"
      >
        <table className="data" aria-label="Metrics by class">
          <thead>
            <tr>
              {columns.map(({ column, label, number, hint }) => (
                <SortHead
                  key={column}
                  column={column}
                  label={label}
                  number={number}
                  hint={hint}
                  sorting={sorting}
                  sort={(next) => change({ classes: `${next.by}${next.descending ? '.desc' : ''}` })}
                />
              ))}
              <th scope="col">
                <span className="visually-hidden">Recall, 0 to 100 %</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label}>
                {columns.map(({ column }) => (
                  <td key={column} className={column === 'label' ? undefined : 'number'}>
                    <Cell row={row} column={column} pathname={pathname} />
                  </td>
                ))}
                <td style={{ width: 120 }}>
                  <IntervalBar interval={row.recall} from={0} to={1} ticks={[0.25, 0.5, 0.75]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Cell({ row, column, pathname }: { row: ClassRow; column: ClassColumn; pathname: string }) {
  if (column === 'label') return <Link href={`${pathname}${writeFilter({ truth: row.label })}`}>{row.label}</Link>;
  if (column === 'support' || column === 'predicted') return <>{count(row[column])}</>;
  return <EstimateCell estimate={row[column]} />;
}

const csvOf = (rows: readonly ClassRow[]): string =>
  csvOfTable([
    ['class', 'samples', 'predicted', ...FIGURES.flatMap((of) => [of, `${of} low`, `${of} high`])],
    ...rows.map((row) => [
      row.label,
      row.support,
      row.predicted,
      ...FIGURES.flatMap((of) => [row[of]?.value ?? null, row[of]?.low ?? null, row[of]?.high ?? null]),
    ]),
  ]);

const FIGURES = ['precision', 'recall', 'f1', 'rocAuc', 'averagePrecision'] as const;
