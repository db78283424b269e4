import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';

/** Widths of lines, so that they look like words and not like a wall; in percent. */
const RAGGED = [92, 74, 86, 61, 79, 68];

/** Tells that something comes, once for all the grey that stands for it. */
export function Loading({ what = 'Loading', children }: { what?: string; children: ReactNode }) {
  return (
    <div role="status" aria-busy="true">
      <span className="visually-hidden">{what}</span>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}

/** Where a text will stand. */
export function SkeletonLines({ lines = 3 }: { lines?: number }) {
  return (
    <div style={{ display: 'grid', gap: 10, padding: '8px 4px' }}>
      {Array.from({ length: lines }, (_, i) => (
        <Skeleton key={i} height={10} width={`${RAGGED[i % RAGGED.length]!}%`} radius="xl" />
      ))}
    </div>
  );
}

/** Where a table will stand: its head and rows have the height of `table.data`. */
export function SkeletonTable({ rows = 6, columns = 5 }: { rows?: number; columns?: number }) {
  return (
    <div className="panel" style={{ padding: '4px 12px' }}>
      {Array.from({ length: rows + 1 }, (_, row) => (
        <div
          key={row}
          style={{
            display: 'grid',
            gridTemplateColumns: `2fr repeat(${columns - 1}, 1fr)`,
            gap: 24,
            alignItems: 'center',
            height: row === 0 ? 32 : 36,
            borderTop: row === 0 ? undefined : '1px solid var(--line)',
          }}
        >
          {Array.from({ length: columns }, (_, column) => (
            <Skeleton
              key={column}
              height={row === 0 ? 7 : 10}
              width={`${RAGGED[(row + 2 * column) % RAGGED.length]! - (row === 0 ? 30 : 0)}%`}
              radius="xl"
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** Where a chart, a picture or a form will stand. @param height in pixels */
export function SkeletonPanel({ height = 240 }: { height?: number }) {
  return <Skeleton height={height} radius={8} />;
}

/** Where cards will stand beside each other. */
export function SkeletonCards({ cards = 3, height = 96 }: { cards?: number; height?: number }) {
  return (
    <div className="cards">
      {Array.from({ length: cards }, (_, i) => (
        <SkeletonPanel key={i} height={height} />
      ))}
    </div>
  );
}
