'use client';

import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import styles from './ChoiceList.module.css';

export interface Choice {
  id: string;
  name: string;
  about: ReactNode;
  /** Why it can not be chosen. */
  flaw?: string | undefined;
}

interface Props {
  label: string;
  hint: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  choose: (ids: readonly string[]) => void;
  error?: string | undefined;
  empty: ReactNode;
}

/** With more of them they can be searched. */
const MANY = 8;

/** Some of many things. */
export function ChoiceList({ label, hint, choices, chosen, choose, error, empty }: Props) {
  const [search, setSearch] = useState('');
  const words = search.trim().toLowerCase();
  // What is chosen stays in view.
  const shown = choices.filter(({ id, name }) => name.toLowerCase().includes(words) || chosen.includes(id));
  const free = shown.filter(({ flaw }) => flaw === undefined).map(({ id }) => id);
  const all = free.length > 0 && free.every((id) => chosen.includes(id));
  return (
    <fieldset className={styles.list}>
      <legend className={styles.legend}>
        {label} {chosen.length > 0 && <span className="muted">{chosen.length} chosen</span>}
      </legend>
      <div className="row spread" style={{ marginBottom: 8 }}>
        <span className="muted" style={{ fontSize: 13 }}>
          {hint}
        </span>
        {free.length > 1 && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => choose(all ? chosen.filter((id) => !free.includes(id)) : [...new Set([...chosen, ...free])])}
          >
            {all ? 'None' : 'All'}
          </Button>
        )}
      </div>
      {choices.length > MANY && (
        <TextInput
          size="xs"
          mb={8}
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <div className={styles.choices}>
        {shown.map(({ id, name, about, flaw }) => (
          <Checkbox
            key={id}
            label={name}
            description={flaw ?? about}
            disabled={flaw !== undefined && !chosen.includes(id)}
            checked={chosen.includes(id)}
            onChange={(event) =>
              choose(event.currentTarget.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
            }
          />
        ))}
      </div>
      {choices.length === 0 && <p className="muted">{empty}</p>}
      {error !== undefined && (
        <p role="alert" style={{ margin: '6px 0 0', color: 'var(--mantine-color-error)', fontSize: 13 }}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
