'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import type { RunOrder, ViewColumn } from '@samplewise/domain/search';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react';
import { bareId } from '@/design/format';
import { axisOf } from './axis';
import { hasInterval, idOf } from './columns';
import type { GroupBy } from './group';
import type { Group, GroupedList } from './grouped-list';
import { GroupRow } from './GroupRow';
import { GridHead } from './GridHead';
import { GridRow } from './GridRow';
import { arrange, layoutOf } from './layout';
import type { Extent, Rows } from './run-list';
import css from './runs-table.module.css';
import { choose, EVERYTHING, isChosen, NOTHING, sizeOf, type Selection } from './selection';
import { useSeen } from './use-seen';

interface Props {
  rows: Rows;
  /** The same rows, where they are put together; how a group is called. */
  groups?: { list: GroupedList; labelOf: (group: Group) => string };
  columns: readonly ViewColumn[];
  order: readonly RunOrder[];
  numeric: ReadonlySet<string>;
  isCompact: boolean;
  /** Other rows are on their way. */
  isWaiting: boolean;
  selection: Selection;
  setSelection: (selection: Selection) => void;
  setOrder: (order: RunOrder[]) => void;
  setColumns: (columns: ViewColumn[]) => void;
  groupBy: (by: GroupBy) => void;
}

export const HEAD_HEIGHT = 36;
const HEIGHTS = { compact: 30, roomy: 46 };
/** Before the browser has measured the box. */
const FIRST_RECT = { width: 1280, height: 760 };

/** The runs of a list, of which those that are seen are drawn. Keyboard: arrows, x, Shift with arrows, Enter. */
export function RunsGrid(props: Props) {
  const { rows, groups, order, numeric, isCompact, isWaiting, selection, setSelection, setOrder, setColumns, groupBy } =
    props;
  useSyncExternalStore(rows.subscribe, rows.version, rows.version);
  const router = useRouter();
  const box = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState<ViewColumn>();
  const columns = useMemo(() => arrange(props.columns), [props.columns]);
  const seen = useSeen(box, FIRST_RECT.width);
  // The same layout as long as nothing of it changes: rows are drawn anew for another one.
  const axesKey = JSON.stringify(columns.map((c) => axisOf(hasInterval(c) ? rows.extentOf(c.key) : undefined)));
  const layout = useMemo(
    () =>
      layoutOf(draft ? columns.map((c) => (idOf(c) === idOf(draft) ? draft : c)) : columns, {
        view: seen,
        numeric,
        axes: JSON.parse(axesKey) as Extent[],
      }),
    [columns, draft, seen, numeric, axesKey],
  );
  const height = isCompact ? HEIGHTS.compact : HEIGHTS.roomy;
  const [active, setActive] = useState(0);
  /** Where a range begins. */
  const anchor = useRef(0);
  const count = rows.length;

  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler looks at it
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 8,
    initialRect: FIRST_RECT,
    // The head covers the top of the box, and the rows begin below it.
    scrollPaddingEnd: HEAD_HEIGHT,
    // The focus stays on its row when that is scrolled away.
    rangeExtractor: ({ startIndex, endIndex, overscan }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const indexes = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
      return active < count && (active < from || active > to) ? [active, ...indexes].sort((a, b) => a - b) : indexes;
    },
  });
  const items = virtualizer.getVirtualItems();
  const [from, to] = [virtualizer.range?.startIndex ?? 0, (virtualizer.range?.endIndex ?? 0) + 1];

  useEffect(() => virtualizer.measure(), [height, virtualizer]);
  useEffect(() => rows.want(from - 10, to + 30), [rows, from, to, count]);
  // Other rows begin at the top.
  const [shown, setShown] = useState(rows);
  if (shown !== rows) {
    setShown(rows);
    setActive(0);
  }
  useEffect(() => {
    box.current?.scrollTo({ top: 0 });
  }, [rows]);

  const total = rows.total.rows;
  const chosen = sizeOf(selection, total);

  const chooseRow = useCallback(
    (index: number, isRange: boolean) => {
      const id = rows.idAt(index);
      if (id === undefined) return;
      setActive(index);
      if (!isRange) {
        anchor.current = index;
        setSelection(choose(selection, [id], !isChosen(selection, id)));
        return;
      }
      const [low, high] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      const ids = Array.from({ length: high - low + 1 }, (_, i) => rows.idAt(low + i)).filter(
        (one) => one !== undefined,
      );
      setSelection(choose(selection, ids, true));
    },
    [rows, selection, setSelection],
  );

  const grouped = groups?.list;
  const toggleGroup = useCallback((group: Group) => grouped?.toggle(group), [grouped]);

  const go = (index: number, isRange = false): void => {
    const next = Math.min(count - 1, Math.max(0, index));
    setActive(next);
    virtualizer.scrollToIndex(next, { align: 'auto' });
    if (isRange) chooseRow(next, true);
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus({ preventScroll: true }),
    );
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const page = Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? FIRST_RECT.height) / height) - 2);
    const id = rows.idAt(active);
    const group = groups?.list.groupAt(active);
    const toggle = (isOpen: boolean) => () => {
      if (group && groups && groups.list.isOpen(group) !== isOpen) groups.list.toggle(group);
    };
    const steps: Record<string, () => void> = {
      ArrowRight: toggle(true),
      ArrowLeft: toggle(false),
      ArrowDown: () => go(active + 1, event.shiftKey),
      ArrowUp: () => go(active - 1, event.shiftKey),
      j: () => go(active + 1),
      k: () => go(active - 1),
      PageDown: () => go(active + page),
      PageUp: () => go(active - page),
      Home: () => go(0),
      End: () => go(count - 1),
      x: () => chooseRow(active, event.shiftKey),
      X: () => chooseRow(active, true),
      ' ': () => chooseRow(active, event.shiftKey),
      Escape: () => setSelection(NOTHING),
      Enter: () => {
        if (group) groups?.list.toggle(group);
        else if (id !== undefined) router.push(`/runs/${bareId(id)}`);
      },
    };
    const isAll = event.key === 'a' && (event.ctrlKey || event.metaKey);
    const step = isAll ? () => setSelection(EVERYTHING) : event.ctrlKey || event.metaKey ? undefined : steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  };

  return (
    <div
      ref={box}
      role={groups ? 'treegrid' : 'grid'}
      aria-label="Runs"
      aria-rowcount={count + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-busy={isWaiting}
      data-waiting={isWaiting || undefined}
      className={css.box}
    >
      <GridHead
        columns={columns}
        layout={layout}
        order={order}
        numeric={numeric}
        chosen={chosen === 0 ? 'none' : chosen >= total ? 'all' : 'some'}
        chooseAll={(on) => setSelection(on ? EVERYTHING : NOTHING)}
        setOrder={setOrder}
        setColumns={(next) => {
          setDraft(undefined);
          setColumns(next);
        }}
        setDraft={setDraft}
        groupBy={groupBy}
      />
      <div
        role="rowgroup"
        className={css.body}
        style={{ height: virtualizer.getTotalSize(), width: layout.width, minWidth: '100%' }}
        onKeyDown={onKeyDown}
      >
        {items.map(({ index, start }) => {
          const group = groups?.list.groupAt(index);
          const place = {
            index,
            top: start,
            height,
            layout,
            isCompact,
            isActive: index === Math.min(active, count - 1),
          };
          if (group && groups) {
            return (
              <GroupRow
                key={index}
                group={group}
                label={groups.labelOf(group)}
                isOpen={groups.list.isOpen(group)}
                onToggle={toggleGroup}
                {...place}
              />
            );
          }
          const row = rows.rowAt(index);
          return (
            <GridRow
              key={index}
              row={row}
              isChosen={row !== undefined && isChosen(selection, row.run.id)}
              isInner={groups !== undefined}
              onChoose={chooseRow}
              {...place}
            />
          );
        })}
      </div>
    </div>
  );
}
