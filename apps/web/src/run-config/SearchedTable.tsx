'use client';

import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { csvOfTable } from '@/charts/csv';
import { SaveButton } from '@/charts/SaveButton';
import { DataTable } from '@/design/DataTable';
import { count } from '@/design/format';
import styles from './RunConfig.module.css';

interface Props {
  title: string;
  /** Heads of the two columns. */
  heads: readonly [string, string];
  rows: readonly (readonly [key: string, value: string])[];
}

/** With fewer rows a search is of no use. */
const MANY = 12;
/** More are found by the search. */
const SHOWN = 300;

/** Names and values, of which there may be thousands. */
export function SearchedTable({ title, heads, rows }: Props) {
  const [search, setSearch] = useState('');
  const wanted = search.toLowerCase();
  const found = rows.filter(([key, value]) => `${key} ${value}`.toLowerCase().includes(wanted));
  return (
    <section className="panel" aria-label={title} style={{ padding: 8 }}>
      <div className="row spread" style={{ padding: '6px 10px' }}>
        <h2>
          {title} <span className="muted">({count(rows.length)})</span>
        </h2>
        <span className="row" style={{ gap: 8 }}>
          {rows.length > MANY && (
            <TextInput
              size="xs"
              placeholder="Search"
              aria-label={`Search ${title.toLowerCase()}`}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          )}
          <SaveButton name={`${title.toLowerCase()}.csv`} text={() => csvOfTable([heads, ...rows])} />
        </span>
      </div>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={`${title}, rows`}>
        <DataTable label={title} heads={heads.map((label) => ({ label }))}>
          {found.slice(0, SHOWN).map(([key, value]) => (
            <tr key={key}>
              <td style={{ overflowWrap: 'anywhere' }}>{key}</td>
              <td style={{ overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' }}>{value}</td>
            </tr>
          ))}
        </DataTable>
      </div>
      {found.length === 0 && (
        <p className="muted" style={{ padding: '0 10px' }}>
          Nothing fits.
        </p>
      )}
      {found.length > SHOWN && (
        <p className="muted" style={{ padding: '0 10px', fontSize: 12.5 }}>
          {count(found.length - SHOWN)} more fit; search for the ones that you want to see.
        </p>
      )}
    </section>
  );
}
