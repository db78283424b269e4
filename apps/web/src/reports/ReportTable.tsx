import Link from 'next/link';
import type { CSSProperties } from 'react';
import type { ReportTableFragment } from '@/generated/graphql';
import styles from './Report.module.css';

type Cell = ReportTableFragment['rows'][number][number];

/** A table of a report: each figure leads to what is behind it. */
export function ReportTable({ table }: { table: ReportTableFragment }) {
  const { caption, folded } = table;
  if (folded) {
    return (
      <details className={`${styles.block} ${styles.folded}`}>
        <summary>{caption}</summary>
        <Rows table={table} />
      </details>
    );
  }
  return (
    <div className={styles.block}>
      <p className={styles.caption}>{caption}</p>
      <Rows table={table} />
    </div>
  );
}

function Rows({ table: { caption, columns, rows } }: { table: ReportTableFragment }) {
  return (
    <div className={styles.wide} tabIndex={0} role="group" aria-label={caption}>
      <table className="data">
        <thead>
          <tr>
            {columns.map(({ label, text }, i) =>
              // The corner of a matrix names nothing.
              label === '' ? (
                <td key={i} />
              ) : (
                <th key={i} scope="col" className={text ? undefined : 'number'}>
                  {label}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, i) => (i === 0 ? head(cell) : figure(cell, i, columns[i]?.text ?? false)))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const head = (cell: Cell) => (
  <th key={0} scope="row">
    <Shown cell={cell} />
  </th>
);

const figure = (cell: Cell, at: number, text: boolean) => (
  <td
    key={at}
    className={
      [text ? styles.words : 'number', cell.depth == null ? '' : styles.depth].filter(Boolean).join(' ') || undefined
    }
    style={cell.depth == null ? undefined : ({ '--depth': cell.depth } as CSSProperties)}
  >
    <Shown cell={cell} />
  </td>
);

function Shown({ cell: { text, path, strong } }: { cell: Cell }) {
  const shown =
    path == null ? (
      text
    ) : (
      <Link href={path} prefetch={false}>
        {text}
      </Link>
    );
  return strong ? <b>{shown}</b> : shown;
}
