'use client';

import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown } from '@tabler/icons-react';
import type { RunOrder, ViewColumn } from '@samplewise/domain/search';
import { useRef, useState, type DragEvent, type KeyboardEvent, type PointerEvent } from 'react';
import { hide, pin, placeBeside, resize, shift, widen } from './column-moves';
import { clampWidth, hasInterval, hintOf, idOf, isFigureColumn, isSameOrder, labelOf, orderOf } from './columns';
import type { GroupBy } from './group';
import type { Extent } from './run-list';
import css from './runs-table.module.css';

interface Props {
  column: ViewColumn;
  /** All columns, arranged. */
  columns: readonly ViewColumn[];
  /** Its place, from 0. */
  index: number;
  width: number;
  left?: number;
  isLastPinned?: boolean;
  order: readonly RunOrder[];
  isNumeric: boolean;
  /** Of the bars of its intervals. */
  axis: Extent;
  /** The one of the heads that Tab reaches. */
  isActive: boolean;
  setOrder: (order: RunOrder[]) => void;
  setColumns: (columns: ViewColumn[]) => void;
  /** While its edge is dragged. */
  setDraft: (column: ViewColumn) => void;
  groupBy: (by: GroupBy) => void;
}

const STEP = 24;
const DRAGGED = 'text/x-samplewise-column';

/** A column's head: sorts by a click, moves by dragging, and has a menu for all that can be done by keyboard, too. */
export function HeadCell(props: Props) {
  const { column, columns, index, width, left, isLastPinned = false, order, isNumeric, axis, isActive } = props;
  const { setOrder, setColumns } = props;
  const id = idOf(column);
  const label = labelOf(column);
  const by = orderOf(column, isNumeric);
  const term = by && order.find((one) => isSameOrder(one, by));
  const place = term ? order.indexOf(term) : -1;
  const [drop, setDrop] = useState<'before' | 'after'>();

  /** The first click on a figure shows the largest on top. @param isMore beside the order that is there */
  const sort = (direction?: 'ASC' | 'DESC', isMore = false): void => {
    if (!by) return;
    const wanted = direction ?? (term ? (term.direction === 'DESC' ? 'ASC' : 'DESC') : startOf(column, isNumeric));
    const next: RunOrder = wanted === 'DESC' ? { ...by, direction: 'DESC' } : by;
    if (!isMore) setOrder([next]);
    else if (place >= 0) setOrder(order.with(place, next));
    else setOrder([...order, next].slice(-3));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (step === 0 || !event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    setColumns(event.shiftKey ? widen(columns, id, step * STEP) : shift(columns, id, step));
  };

  const over = (event: DragEvent<HTMLElement>): 'before' | 'after' => {
    const box = event.currentTarget.getBoundingClientRect();
    return event.clientX < box.left + box.width / 2 ? 'before' : 'after';
  };

  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={!by ? undefined : place === 0 ? (term?.direction === 'DESC' ? 'descending' : 'ascending') : 'none'}
      className={[
        css.cell,
        css.headCell,
        left === undefined ? '' : css.pinned,
        isLastPinned ? css.lastPinned : '',
        drop === 'before' ? css.dropBefore : '',
        drop === 'after' ? css.dropAfter : '',
      ].join(' ')}
      style={{ width, ...(left !== undefined && { left }) }}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, id);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setDrop(over(event));
      }}
      onDragLeave={() => setDrop(undefined)}
      onDrop={(event) => {
        setDrop(undefined);
        event.preventDefault();
        setColumns(placeBeside(columns, event.dataTransfer.getData(DRAGGED), id, over(event) === 'after'));
      }}
    >
      <UnstyledButton
        className={css.headButton}
        style={{ justifyContent: isFigureColumn(column, isNumeric) ? 'flex-end' : undefined }}
        tabIndex={isActive ? 0 : -1}
        data-head={index}
        title={titleOf(column, by !== undefined, axis)}
        onClick={(event) => sort(undefined, event.shiftKey)}
        onKeyDown={onKeyDown}
      >
        <span className="truncate">{label}</span>
        {term && (
          <span aria-hidden="true" style={{ display: 'inline-flex', alignItems: 'center', color: 'var(--accent)' }}>
            {term.direction === 'DESC' ? <IconArrowDown size={13} /> : <IconArrowUp size={13} />}
            {order.length > 1 && <small>{place + 1}</small>}
          </span>
        )}
      </UnstyledButton>
      <HeadMenu {...props} label={label} sort={by ? sort : undefined} />
      <Grip
        label={label}
        width={width}
        drag={(pixels) => props.setDraft({ ...column, width: clampWidth(pixels) })}
        setWidth={(pixels) => setColumns(resize(columns, id, pixels))}
      />
    </div>
  );
}

function titleOf(column: ViewColumn, isSortable: boolean, { low, high }: Extent): string {
  const bars = hasInterval(column) ? `bars from ${Math.round(low * 100)} to ${Math.round(high * 100)} %` : '';
  return [hintOf(column), bars, isSortable ? '' : 'not to be sorted by'].filter(Boolean).join('; ');
}

const startOf = (column: ViewColumn, isNumeric: boolean): 'ASC' | 'DESC' =>
  isFigureColumn(column, isNumeric) || (column.kind === 'FIELD' && column.key.endsWith('At')) ? 'DESC' : 'ASC';

interface MenuProps extends Props {
  label: string;
  sort: ((direction: 'ASC' | 'DESC', isMore?: boolean) => void) | undefined;
}

function HeadMenu({ column, columns, label, sort, order, isActive, setColumns, groupBy }: MenuProps) {
  const id = idOf(column);
  const isName = column.kind === 'FIELD' && column.key === 'name';
  const group = groupOf(column);
  return (
    <Menu position="bottom-end" withinPortal width={210} shadow="md">
      <Menu.Target>
        <ActionIcon
          className={css.headMenu}
          variant="subtle"
          color="gray"
          size={20}
          tabIndex={isActive ? 0 : -1}
          aria-label={`Column ${label}`}
        >
          <IconChevronDown size={13} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {sort && (
          <>
            <Menu.Item onClick={() => sort('ASC')}>Sort ascending</Menu.Item>
            <Menu.Item onClick={() => sort('DESC')}>Sort descending</Menu.Item>
            {order.length > 0 && <Menu.Item onClick={() => sort('DESC', true)}>Then by this</Menu.Item>}
            <Menu.Divider />
          </>
        )}
        {group && <Menu.Item onClick={() => groupBy(group)}>Group by {label}</Menu.Item>}
        <Menu.Item onClick={() => setColumns(pin(columns, id, !column.pinned))}>
          {column.pinned ? 'Unpin' : 'Pin to the left'}
        </Menu.Item>
        <Menu.Item onClick={() => setColumns(shift(columns, id, -1))}>Move left</Menu.Item>
        <Menu.Item onClick={() => setColumns(shift(columns, id, 1))}>Move right</Menu.Item>
        <Menu.Item closeMenuOnClick={false} onClick={() => setColumns(widen(columns, id, STEP))}>
          Wider
        </Menu.Item>
        <Menu.Item closeMenuOnClick={false} onClick={() => setColumns(widen(columns, id, -STEP))}>
          Narrower
        </Menu.Item>
        {column.width !== undefined && (
          <Menu.Item onClick={() => setColumns(resize(columns, id, undefined))}>Usual width</Menu.Item>
        )}
        {!isName && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => setColumns(hide(columns, id))}>Hide</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

const GROUPED = {
  modelConfig: 'model',
  restorationConfig: 'restoration',
  experiment: 'experiment',
  group: 'group',
  status: 'status',
  seed: 'seed',
} as const;

function groupOf({ kind, key }: ViewColumn): GroupBy | undefined {
  if (kind === 'PARAM') return { param: key };
  if (kind === 'TAG') return { tag: key };
  return kind === 'FIELD' && Object.hasOwn(GROUPED, key) ? { field: GROUPED[key as keyof typeof GROUPED] } : undefined;
}

interface GripProps {
  label: string;
  width: number;
  drag: (pixels: number) => void;
  setWidth: (pixels: number | undefined) => void;
}

/** The edge by which a column is made wider; a double click gives it its usual width. */
function Grip({ label, width, drag, setWidth }: GripProps) {
  const start = useRef<{ x: number; width: number }>(undefined);
  const widthAt = (event: PointerEvent): number => start.current!.width + event.clientX - start.current!.x;
  return (
    <span
      className={css.grip}
      aria-hidden="true"
      title={`Drag to make ${label} wider or narrower`}
      draggable
      // Else the head is dragged.
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.dataset.dragging = '';
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (start.current) drag(widthAt(event));
      }}
      onPointerUp={(event) => {
        delete event.currentTarget.dataset.dragging;
        if (start.current && event.clientX !== start.current.x) setWidth(widthAt(event));
        start.current = undefined;
      }}
      onDoubleClick={() => setWidth(undefined)}
    />
  );
}
