'use client';

import { UnstyledButton } from '@mantine/core';

export interface Sorting<Column extends string> {
  by: Column;
  descending: boolean;
}

interface Props<Column extends string> {
  column: Column;
  label: string;
  number?: boolean;
  hint?: string | undefined;
  sorting: Sorting<Column>;
  sort: (next: Sorting<Column>) => void;
}

/** The head of a column by which a table can be sorted. The first click on a figure shows the highest on top. */
export function SortHead<Column extends string>({ column, label, number, hint, sorting, sort }: Props<Column>) {
  const active = sorting.by === column;
  return (
    <th
      scope="col"
      className={number ? 'number' : undefined}
      aria-sort={active ? (sorting.descending ? 'descending' : 'ascending') : 'none'}
      title={hint}
    >
      <UnstyledButton
        onClick={() => sort({ by: column, descending: active ? !sorting.descending : number === true })}
        style={{ font: 'inherit', color: 'inherit' }}
      >
        {label}
        <span aria-hidden="true" style={{ visibility: active ? 'visible' : 'hidden' }}>
          {sorting.descending ? ' ↓' : ' ↑'}
        </span>
      </UnstyledButton>
    </th>
  );
}
