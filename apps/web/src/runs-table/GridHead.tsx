'use client';

import { Checkbox } from '@mantine/core';
import type { RunOrder, ViewColumn } from '@samplewise/domain/search';
import { useState } from 'react';
import { idOf } from './columns';
import type { GroupBy } from './group';
import { HeadCell } from './HeadCell';
import type { Layout } from './layout';
import css from './runs-table.module.css';

interface Props {
  columns: readonly ViewColumn[];
  layout: Layout;
  order: readonly RunOrder[];
  numeric: ReadonlySet<string>;
  chosen: 'none' | 'some' | 'all';
  chooseAll: (on: boolean) => void;
  setOrder: (order: RunOrder[]) => void;
  setColumns: (columns: ViewColumn[]) => void;
  setDraft: (column: ViewColumn) => void;
  groupBy: (by: GroupBy) => void;
}

/** The heads of the columns. Tab reaches one of them, the arrows go from one to the next. */
export function GridHead({ columns, layout, order, numeric, chosen, chooseAll, ...actions }: Props) {
  const [active, setActive] = useState(0);
  const reached = Math.min(active, columns.length - 1);
  const cell = (column: ViewColumn, index: number, width: number, left?: number) => (
    <HeadCell
      key={idOf(column)}
      column={column}
      columns={columns}
      index={index}
      width={width}
      {...(left !== undefined && { left })}
      isLastPinned={left !== undefined && index === layout.pinned.length - 1}
      order={order}
      isNumeric={column.kind === 'PARAM' && numeric.has(column.key)}
      isActive={index === reached}
      axis={layout.axes[index]!}
      {...actions}
    />
  );
  return (
    <div role="rowgroup" className={css.head} style={{ width: layout.width, minWidth: '100%' }}>
      <div
        role="row"
        aria-rowindex={1}
        className={css.row}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
          if (step === 0 || event.altKey || !(event.target as Element).hasAttribute('data-head')) return;
          const next = Math.min(columns.length - 1, Math.max(0, reached + step));
          event.preventDefault();
          setActive(next);
          event.currentTarget.querySelector<HTMLElement>(`[data-head="${next}"]`)?.focus();
        }}
        onFocus={(event) => {
          const head = (event.target as Element).getAttribute('data-head');
          if (head !== null) setActive(Number(head));
        }}
      >
        <div
          role="columnheader"
          aria-colindex={1}
          className={`${css.cell} ${css.pinned} ${css.check}`}
          style={{ width: layout.checkWidth, left: 0 }}
        >
          <Checkbox
            size="xs"
            aria-label="Choose all runs that fit"
            checked={chosen === 'all'}
            indeterminate={chosen === 'some'}
            onChange={() => chooseAll(chosen !== 'all')}
          />
        </div>
        {layout.pinned.map((column, i) => cell(column, i, layout.widths[i]!, layout.lefts[i]))}
        <div aria-hidden="true" style={{ flex: 'none', width: layout.skipped }} />
        {layout.seen.map(({ column, index, width }) => cell(column, index, width))}
      </div>
    </div>
  );
}
