'use client';

import { useComputedColorScheme } from '@mantine/core';
import Link from 'next/link';
import { lookOf } from './palette';

export interface Named {
  name: string;
  /** In the palette. */
  place: number;
  /** What it leads to. */
  href?: string;
}

/** What a line of a chart looks like. */
export function LineSample({ place }: { place: number }) {
  const { color, type } = lookOf(place, useComputedColorScheme('light'));
  return <span aria-hidden="true" style={{ flex: 'none', width: 18, borderTop: `3px ${type} ${color}` }} />;
}

/** Which line is which, once for all charts of a page. */
export function Legend({ lines }: { lines: readonly Named[] }) {
  return (
    <ul
      className="row"
      aria-label="Lines"
      style={{ listStyle: 'none', margin: 0, padding: 0, fontSize: 12.5, gap: '4px 16px' }}
    >
      {lines.map(({ name, place, href }) => (
        <li key={`${place} ${name}`} className="row" style={{ gap: 6, maxWidth: 260, flexWrap: 'nowrap' }}>
          <LineSample place={place} />
          {href === undefined ? (
            <span className="truncate" title={name}>
              {name}
            </span>
          ) : (
            <Link href={href} className="truncate" title={name}>
              {name}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
