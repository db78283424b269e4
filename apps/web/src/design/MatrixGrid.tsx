'use client';

import { useRouter } from 'next/navigation';
import { useMemo, useRef, useState, type FocusEvent, type KeyboardEvent, type MouseEvent } from 'react';
import styles from './Heatmap.module.css';
import { MatrixRow, type MatrixCell } from './MatrixRow';
import { nextCell } from './matrix-keys';

interface Props {
  label: string;
  /** What rows and columns are, in the corner between them. */
  corner: string;
  rows: readonly string[];
  columns: readonly string[];
  /** The same function as long as nothing has changed: a row is drawn again only when it has. */
  cell: (row: number, column: number) => MatrixCell;
  /** Below a compact matrix, before a cell is pointed at. */
  hint?: string;
}

/** With more, figures have no room, and a cell is a square that is told in words. */
const ROOMY = 26;

/**
 * A matrix as a heat map. One stop of the tabulator; arrows, Home, End and Page keys go from cell to cell, Enter opens.
 */
export function MatrixGrid({ label, corner, rows, columns, cell, hint = '' }: Props) {
  const roomy = rows.length <= ROOMY && columns.length <= ROOMY;
  const [focus, setFocus] = useState<readonly [number, number]>([0, 0]);
  const table = useRef<HTMLTableElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const router = useRouter();
  const size = useMemo(() => [rows.length, columns.length] as const, [rows.length, columns.length]);

  const tell = (event: MouseEvent | FocusEvent): void => {
    const at = cellAt(event.target);
    // Written directly: pointing at ten thousand cells must not draw the page again.
    if (at && readout.current) readout.current.textContent = cell(...at).label;
  };
  const press = (event: KeyboardEvent): void => {
    const next = nextCell(focus, size, event);
    if (next) {
      event.preventDefault();
      setFocus(next);
      table.current?.querySelector<HTMLElement>(`[data-at="${next.join(',')}"]`)?.focus();
    } else if (event.key === 'Enter' && !roomy) open(event);
  };
  const open = (event: MouseEvent | KeyboardEvent): void => {
    const at = cellAt(event.target);
    if (!at) return;
    setFocus(at);
    const { href } = cell(...at);
    if (!roomy && href !== undefined) router.push(href, { scroll: false });
  };

  return (
    <div>
      <div className={roomy ? 'scroll' : `scroll ${styles.compact}`}>
        <table
          ref={table}
          role="grid"
          aria-label={label}
          className={styles.table}
          onKeyDown={press}
          onClick={open}
          {...(roomy ? {} : { onMouseOver: tell, onFocus: tell })}
        >
          <thead>
            <tr>
              <th scope="col">{corner}</th>
              {columns.map((name) => (
                <th key={name} scope="col" className={styles.column} title={name}>
                  <span>{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((name, row) => (
              <MatrixRow
                key={name}
                name={name}
                row={row}
                columns={columns.length}
                cell={cell}
                focus={focus[0] === row ? focus[1] : -1}
                roomy={roomy}
              />
            ))}
          </tbody>
        </table>
      </div>
      {!roomy && (
        <p ref={readout} aria-hidden="true" className={styles.readout}>
          {hint}
        </p>
      )}
    </div>
  );
}

function cellAt(target: EventTarget): [number, number] | undefined {
  const at = (target as Element).closest<HTMLElement>('[data-at]')?.dataset.at;
  if (at === undefined) return undefined;
  const [row, column] = at.split(',').map(Number);
  return [row!, column!];
}
