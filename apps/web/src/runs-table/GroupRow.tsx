'use client';

import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ViewColumn } from '@samplewise/domain/search';
import { memo } from 'react';
import { count, interval, percent } from '@/design/format';
import { hasInterval, idOf } from './columns';
import { figure } from './figures';
import type { Group, GroupFigures } from './grouped-list';
import type { Layout } from './layout';
import css from './runs-table.module.css';

interface Props {
  group: Group;
  label: string;
  isOpen: boolean;
  index: number;
  top: number;
  height: number;
  layout: Layout;
  isActive: boolean;
  isCompact: boolean;
  onToggle: (group: Group) => void;
}

/** A group of runs: what they share, how many they are, and the mean of each metric with its deviation. */
export const GroupRow = memo(function GroupRow(props: Props) {
  const { group, label, isOpen, index, top, height, layout, isActive, isCompact, onToggle } = props;
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  const [first, ...others] = layout.pinned;
  const cell = (column: ViewColumn, at: number, width: number, left?: number) => (
    <FiguresCell
      key={idOf(column)}
      column={column}
      figures={group.figures.get(idOf(column))}
      isCompact={isCompact}
      index={at}
      width={width}
      {...(left !== undefined && { left })}
      isLast={left !== undefined && at === layout.pinned.length - 1}
    />
  );
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={isOpen}
      data-index={index}
      tabIndex={isActive ? 0 : -1}
      className={css.row}
      style={{ height, width: layout.width, transform: `translateY(${top}px)`, cursor: 'pointer' }}
      onClick={() => onToggle(group)}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        className={`${css.cell} ${css.pinned} ${css.check}`}
        style={{ width: layout.checkWidth, left: 0 }}
      >
        <Icon size={15} aria-hidden="true" />
      </div>
      <div
        role="rowheader"
        aria-colindex={2}
        className={`${css.cell} ${first ? css.pinned : ''} ${layout.pinned.length === 1 ? css.lastPinned : ''}`}
        style={{ width: layout.widths[0], ...(first && { left: layout.lefts[0] }) }}
      >
        <span className={css.name}>
          <strong className="truncate" style={{ fontWeight: 600 }} title={label}>
            {label}
          </strong>
          <span className="muted" style={{ fontSize: 12.5, flex: 'none' }}>
            {count(group.runs)}
            <span className="visually-hidden"> {group.runs === 1 ? 'run' : 'runs'}</span>
          </span>
        </span>
      </div>
      {others.map((column, i) => cell(column, i + 1, layout.widths[i + 1]!, layout.lefts[i + 1]))}
      <div aria-hidden="true" style={{ flex: 'none', width: layout.skipped }} />
      {layout.seen
        .filter(({ index: at }) => first !== undefined || at > 0)
        .map(({ column, index: at, width }) => cell(column, at, width))}
    </div>
  );
});

interface CellProps {
  column: ViewColumn;
  figures: GroupFigures | undefined;
  isCompact: boolean;
  index: number;
  width: number;
  left?: number;
  isLast: boolean;
}

function FiguresCell({ column, figures, isCompact, index, width, left, isLast }: CellProps) {
  return (
    <div
      role="gridcell"
      aria-colindex={index + 2}
      className={[
        css.cell,
        column.kind === 'METRIC' ? css.figure : '',
        left === undefined ? '' : css.pinned,
        isLast ? css.lastPinned : '',
      ].join(' ')}
      style={{ width, ...(left !== undefined && { left }) }}
    >
      {column.kind === 'METRIC' && <Figures column={column} figures={figures} isCompact={isCompact} />}
    </div>
  );
}

function Figures({ column, figures, isCompact }: Pick<CellProps, 'column' | 'figures' | 'isCompact'>) {
  if (figures?.mean == null) return <span className="muted">–</span>;
  const { mean, min, max, deviation, runs } = figures;
  const isShare = hasInterval(column);
  const shown = (value: number | string | null): string =>
    value === null ? '–' : isShare && typeof value === 'number' ? percent(value) : figure(value);
  const range =
    isShare && typeof min === 'number' && typeof max === 'number'
      ? interval(min, max)
      : `${shown(min)} – ${shown(max)}`;
  return (
    <span
      style={{ textAlign: 'right', lineHeight: 1.3 }}
      title={`mean ${shown(mean)}, standard deviation ${shown(deviation)}, from ${shown(min)} to ${shown(max)}, of ${count(runs)} runs`}
    >
      <span style={{ fontWeight: 530 }}>{shown(mean)}</span>
      {deviation !== null && <span className="muted"> ± {shown(deviation)}</span>}
      {!isCompact && (
        <span className={css.interval} style={{ display: 'block' }}>
          {range}
        </span>
      )}
    </span>
  );
}
