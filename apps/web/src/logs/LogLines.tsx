'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Button } from '@mantine/core';
import { count } from '@/design/format';
import { useAddress } from '@/design/use-address';
import type { LogFilter } from './filter';
import { LogRow } from './LogRow';
import type { LogState, LogStore } from './log-store';
import styles from './Logs.module.css';

interface Props {
  store: LogStore;
  state: LogState;
  filter: LogFilter;
  /** Whether the end is shown as it grows. */
  following: boolean;
  setFollowing: (following: boolean) => void;
  wrap: boolean;
  times: boolean;
}

/** Pixels of a line that is not wrapped. */
const HEIGHT = 20;
/** Lines in one scroller: browsers know no element of more than some 30 million pixels. */
const MOST = 1_000_000;
/** Pixels from the end that count as being there. */
const NEAR = 30;

/** The lines, of which only those that are looked at are in the page. */
export function LogLines({ store, state, filter, following, setFollowing, wrap, times }: Props) {
  const [params, change] = useAddress();
  const marked = Number(params.get('line') ?? 0);
  const total = state.total ?? 0;
  // Of a longer log a stretch is shown: around the line that the address names, else the end.
  const base = total <= MOST ? 0 : Math.max(0, Math.min(total - MOST, marked > 0 ? marked - MOST / 2 : total - MOST));
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are not handed on
  const rows = useVirtualizer({
    count: Math.min(total, MOST),
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    overscan: 20,
    ...(wrap ? {} : { measureElement: () => HEIGHT }),
  });
  const shown = rows.getVirtualItems();
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0];

  useEffect(() => {
    store.want(base + first, base + last);
  }, [store, state, base, first, last]);

  useEffect(() => {
    if (following && total > 0) rows.scrollToIndex(total - base - 1, { align: 'end' });
  }, [rows, following, total, base]);

  const known = total > 0;
  useEffect(() => {
    if (marked > 0 && known && !store.isFiltered) rows.scrollToIndex(marked - 1 - base, { align: 'center' });
    // Once, when the log is there: later marks are made where the reader looks.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [rows, known]);

  const scrolled = (): void => {
    const { scrollHeight, scrollTop, clientHeight } = scroller.current!;
    if (following && scrollHeight - scrollTop - clientHeight > NEAR * 4) setFollowing(false);
  };

  return (
    <div>
      {base > 0 && (
        <p className="muted" style={{ margin: '0 0 6px', fontSize: 13 }}>
          Lines {count(base + 1)} to {count(base + MOST)} are shown.{' '}
          <Button size="compact-xs" variant="default" onClick={() => change({ line: '1' })}>
            To the beginning
          </Button>
        </p>
      )}
      {/* A log is read by who wants to: to say each new line aloud would say nothing else. */}
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-live="off"
        aria-label="Lines"
        tabIndex={0}
        data-wrap={wrap || undefined}
        onWheel={scrolled}
        onTouchMove={scrolled}
        onKeyUp={scrolled}
      >
        <div style={{ height: rows.getTotalSize(), position: 'relative', minWidth: '100%' }}>
          <div style={{ transform: `translateY(${shown[0]?.start ?? 0}px)` }} className={styles.lines}>
            {shown.map(({ index, key }) => (
              <LogRow
                key={key}
                place={index}
                measure={wrap ? rows.measureElement : undefined}
                line={store.lineAt(base + index)}
                search={filter.search}
                times={times}
                marked={store.lineAt(base + index)?.number === marked}
                mark={(number) => change({ line: number === marked ? undefined : String(number) })}
              />
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}
