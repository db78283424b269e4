'use client';

import { useElementSize } from '@mantine/hooks';
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { GAP, layoutOf } from './layout';
import { placeAfter } from './keys';
import type { SamplePages } from './sample-pages';
import { SampleCell } from './SampleCell';
import styles from './Samples.module.css';

interface Props {
  pages: SamplePages;
  /** Wished width of a cell, in pixels. */
  size: number;
  /** Of the view, with its `?`. */
  query: string;
  runs: readonly string[];
  /** Where to begin. */
  at: number;
  /** Told the place of a sample before it is opened. */
  opens: (place: number) => void;
}

/** Cells that the server shows: more than fill a large screen. */
const FIRST = 120;
/** Rows above and below those in sight. */
const OVERSCAN = 3;
/** Milliseconds without scrolling after which what is seen is read. */
const REST = 60;

/** All samples of a view; only those in sight are in the page. One stop of the tab key, and arrows from there on. */
export function SampleGrid({ pages, size, query, runs, at, opens }: Props) {
  useSyncExternalStore(pages.subscribe, pages.changes, pages.changes);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const list = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  const [current, setCurrent] = useState(at);
  const focusWanted = useRef(false);
  const [of, setOf] = useState(pages);
  if (of !== pages) {
    setOf(pages);
    setCurrent(0);
  }
  const total = pages.total ?? 0;
  const { columns, rowHeight } = layoutOf(width, size, runs.length);
  const rows = Math.ceil(total / columns);
  const virtualizer = useWindowVirtualizer({
    count: width === 0 ? 0 : rows,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: margin,
    rangeExtractor: (range) => {
      // The row of the focus, too: a cell that leaves the page would take the focus with it.
      const seen = defaultRangeExtractor(range);
      const held = Math.floor(Math.min(current, total - 1) / columns);
      return held < 0 || seen.includes(held) ? seen : [...seen, held].sort((a, b) => a - b);
    },
  });
  useLayoutEffect(() => setMargin(list.current?.offsetTop ?? 0), [width]);
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useStart(virtualizer.scrollToIndex, width > 0, Math.floor(at / columns));

  const items = virtualizer.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  const [from, to] = [(startIndex - OVERSCAN) * columns, (endIndex + OVERSCAN + 1) * columns - 1];
  useEffect(() => {
    if (width === 0) return undefined;
    const timer = setTimeout(() => pages.want(from, Math.min(to, total - 1)), REST);
    return () => clearTimeout(timer);
  }, [pages, from, to, total, width]);

  // Before the next key can come.
  useLayoutEffect(() => {
    if (!focusWanted.current) return;
    const cell = list.current?.querySelector<HTMLElement>(`a[data-place="${current}"]`);
    if (cell) focusWanted.current = false;
    // A sample that is on its way can't have it; keys arrive here meanwhile.
    (cell ?? list.current)?.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const perPage = columns * Math.max(1, Math.floor((window.innerHeight - 120) / rowHeight));
    const next = placeAfter(event.key, current, { columns, perPage, total });
    if (next === undefined) return;
    event.preventDefault();
    focusWanted.current = true;
    setCurrent(next);
    virtualizer.scrollToIndex(Math.floor(next / columns), { align: 'auto' });
  };

  const cell = (place: number) => (
    <div key={place} role="gridcell">
      <SampleCell
        found={pages.at(place)}
        place={place}
        query={query}
        current={place === Math.min(current, total - 1)}
        runs={runs}
      />
    </div>
  );
  return (
    <div ref={ref}>
      {width === 0 && at === 0 && <FirstCells pages={pages} size={size} cell={cell} />}
      <div
        ref={list}
        role="grid"
        aria-label="Samples"
        hidden={width === 0}
        aria-rowcount={rows}
        aria-colcount={columns}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (relatedTarget && !currentTarget.contains(relatedTarget)) focusWanted.current = false;
        }}
        onFocus={({ target }) => {
          const place = placeOfElement(target);
          if (place !== undefined) setCurrent(place);
        }}
        onClickCapture={({ target }) => {
          const place = placeOfElement(target);
          if (place !== undefined) opens(place);
        }}
        style={{
          position: 'relative',
          height: Math.max(virtualizer.getTotalSize() - GAP, 0),
          scrollMarginTop: 80,
          outline: 'none',
        }}
      >
        {items.map((row) => (
          <div
            key={row.key}
            role="row"
            aria-rowindex={row.index + 1}
            className={styles.row}
            style={{
              transform: `translateY(${row.start - margin}px)`,
              gap: GAP,
              height: rowHeight - GAP,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, i) =>
              cell(row.index * columns + i),
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Of the sample that an element belongs to. */
function placeOfElement(target: EventTarget): number | undefined {
  const place = (target as HTMLElement).closest<HTMLElement>('[data-place]')?.dataset.place;
  return place === undefined ? undefined : Number(place);
}

/** What the server can show, which does not know how wide the page is: CSS lays it out as the rows will be. */
function FirstCells({ pages, size, cell }: Pick<Props, 'pages' | 'size'> & { cell: (place: number) => ReactNode }) {
  const shown = Math.min(FIRST, pages.total ?? 0);
  return (
    <div role="grid" aria-label="Samples" aria-busy="true">
      <div
        role="row"
        className={styles.first}
        style={{ gap: GAP, gridTemplateColumns: `repeat(auto-fill, minmax(${size}px, 1fr))` }}
      >
        {Array.from({ length: shown }, (_, place) => cell(place))}
      </div>
    </div>
  );
}

/** Begins where somebody has been before, once it is known how wide the page is. */
function useStart(scrollTo: (row: number, options: { align: 'center' }) => void, ready: boolean, row: number): void {
  const started = useRef(false);
  useEffect(() => {
    if (!ready || started.current) return;
    started.current = true;
    if (row > 0) scrollTo(row, { align: 'center' });
  }, [scrollTo, ready, row]);
}
