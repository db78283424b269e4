'use client';

import { Checkbox } from '@mantine/core';
import type { ViewColumn } from '@samplewise/domain/search';
import { memo, type CSSProperties, type MouseEvent } from 'react';
import { bareId } from '@/design/format';
import { Bone, Cell } from './Cell';
import { idOf } from './columns';
import type { Layout } from './layout';
import type { TableRow } from './request';
import type { Extent } from './run-list';
import css from './runs-table.module.css';

interface Props {
  row: TableRow | undefined;
  /** From 0. */
  index: number;
  /** Pixels from the top of the body. */
  top: number;
  height: number;
  layout: Layout;
  isChosen: boolean;
  isActive: boolean;
  isCompact: boolean;
  /** In a group: below its line. */
  isInner?: boolean;
  onChoose: (index: number, isRange: boolean) => void;
}

/** One run. Its cells are those of the columns that are seen; pinned ones stay at the left. */
export const GridRow = memo(function GridRow(props: Props) {
  const { row, index, top, height, layout, isChosen, isActive, isCompact, isInner = false, onChoose } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={row ? isChosen : undefined}
      {...(isInner && { 'aria-level': 2 })}
      data-index={index}
      tabIndex={isActive ? 0 : -1}
      className={css.row}
      style={{ height, width: layout.width, transform: `translateY(${top}px)` }}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        className={`${css.cell} ${css.pinned} ${css.check}`}
        style={{ width: layout.checkWidth, left: 0 }}
        onClick={(event: MouseEvent) => {
          if (row) onChoose(index, event.shiftKey);
        }}
      >
        {row && (
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label={`Choose run ${bareId(row.run.id)}`}
            checked={isChosen}
            // The cell hears the click, which says whether a range is meant.
            readOnly
            styles={{ input: { cursor: 'pointer' } }}
          />
        )}
      </div>
      {layout.pinned.map((column, i) => (
        <DataCell
          key={idOf(column)}
          row={row}
          column={column}
          index={i}
          isCompact={isCompact}
          isFigure={layout.isFigure[i]!}
          axis={layout.axes[i]!}
          width={layout.widths[i]!}
          left={layout.lefts[i]}
          isLast={i === layout.pinned.length - 1}
          inset={isInner && i === 0 ? 14 : 0}
        />
      ))}
      <div aria-hidden="true" style={{ flex: 'none', width: layout.skipped }} />
      {layout.seen.map(({ column, index: i, width }) => (
        <DataCell
          key={idOf(column)}
          row={row}
          column={column}
          index={i}
          width={width}
          isCompact={isCompact}
          isFigure={layout.isFigure[i]!}
          axis={layout.axes[i]!}
        />
      ))}
    </div>
  );
});

interface DataCellProps {
  row: TableRow | undefined;
  column: ViewColumn;
  /** Among all columns, from 0. */
  index: number;
  width: number;
  isCompact: boolean;
  isFigure: boolean;
  axis: Extent;
  /** Of a pinned one, pixels. */
  left?: number;
  isLast?: boolean;
  inset?: number;
}

function DataCell(props: DataCellProps) {
  const { row, column, index, width, isCompact, isFigure, axis, left, isLast = false, inset = 0 } = props;
  const classes = [
    css.cell,
    isFigure ? css.figure : '',
    left === undefined ? '' : css.pinned,
    isLast ? css.lastPinned : '',
  ];
  const style: CSSProperties = {
    width,
    ...(left !== undefined && { left }),
    ...(inset > 0 && { paddingLeft: 10 + inset }),
  };
  return (
    <div
      role={column.key === 'name' && column.kind === 'FIELD' ? 'rowheader' : 'gridcell'}
      aria-colindex={index + 2}
      className={classes.join(' ')}
      style={style}
    >
      {row ? <Cell row={row} column={column} axis={axis} isCompact={isCompact} /> : <Bone />}
    </div>
  );
}
