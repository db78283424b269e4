import type { ReactNode } from 'react';
import { ScrollBox } from './ScrollBox';

export interface Head {
  label: string;
  /** Figures stand on the right, under each other. */
  number?: boolean;
  hint?: string;
  /** Told, not shown: the column speaks for itself. */
  hidden?: boolean;
}

/** A table that scrolls within itself where it is too wide. @param children its rows */
export function DataTable({ label, heads, children }: { label?: string; heads: readonly Head[]; children: ReactNode }) {
  return (
    <ScrollBox label={label}>
      <table className="data" aria-label={label}>
        <thead>
          <tr>
            {heads.map(({ label: name, number, hint, hidden }) => (
              <th key={name} scope="col" className={number ? 'number' : undefined} title={hint}>
                {hidden ? <span className="visually-hidden">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollBox>
  );
}
