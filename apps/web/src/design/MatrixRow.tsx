'use client';

import Link from 'next/link';
import { memo } from 'react';
import styles from './Heatmap.module.css';

export interface MatrixCell {
  /** Shown where there is room. */
  text: string;
  /** Of its ground, in CSS. */
  colour: string;
  /** The cell in words. */
  label: string;
  /** What it opens. */
  href?: string;
  /** Whether the page shows what it opens. */
  current?: boolean;
  /** There is nothing in it. */
  quiet?: boolean;
}

interface Props {
  name: string;
  row: number;
  columns: number;
  cell: (row: number, column: number) => MatrixCell;
  /** The column that the tabulator stops at; -1: none of this row. */
  focus: number;
  roomy: boolean;
}

export const MatrixRow = memo(function MatrixRow({ name, row, columns, cell, focus, roomy }: Props) {
  return (
    <tr>
      <th scope="row" className={styles.row} title={name}>
        <span>{name}</span>
      </th>
      {Array.from({ length: columns }, (_, column) => {
        const of = cell(row, column);
        const at = { 'data-at': `${row},${column}`, tabIndex: focus === column ? 0 : -1 };
        return roomy ? (
          <Roomy key={column} of={of} at={at} />
        ) : (
          <td
            key={column}
            {...at}
            role="gridcell"
            aria-label={of.label}
            className={of.current ? styles.active : undefined}
            style={{ background: of.colour }}
          />
        );
      })}
    </tr>
  );
});

function Roomy({ of, at }: { of: MatrixCell; at: { 'data-at': string; tabIndex: number } }) {
  const { text, colour, label, href, current = false, quiet = false } = of;
  const told = { ...at, 'aria-label': label, title: label };
  const ink = quiet ? { color: 'var(--muted)' } : {};
  if (href === undefined) {
    return (
      <td role="gridcell" className={styles.figure} style={{ background: colour, ...ink }} {...told}>
        {text}
      </td>
    );
  }
  return (
    <td role="gridcell" className={`${styles.cell} ${current ? styles.active : ''}`} style={{ background: colour }}>
      <Link
        href={href}
        scroll={false}
        prefetch={false}
        style={ink}
        {...(current ? { 'aria-current': 'true' } : {})}
        {...told}
      >
        {text}
      </Link>
    </td>
  );
}
