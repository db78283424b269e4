'use client';

import { MultiSelect } from '@mantine/core';
import { useState } from 'react';
import { nameOf } from './metric';

interface Props {
  label: string;
  description: string;
  /** Those of the API. */
  known: readonly string[];
  chosen: readonly string[];
  error: string | undefined;
  most: number;
  change: (chosen: string[]) => void;
}

const LOGGED = 'logged:';

/** Figures in their order: those that every run has, and any logged metric, by typing `logged:` and its key. */
export function FigureSelect({ label, description, known, chosen, error, most, change }: Props) {
  const [typed, setTyped] = useState('');
  const own = typed.startsWith(LOGGED) && typed.length > LOGGED.length ? [typed.trim()] : [];
  const names = [...new Set([...known, ...chosen, ...own])];
  return (
    <MultiSelect
      label={label}
      description={description}
      error={error}
      data={names.map((value) => ({ value, label: value.startsWith(LOGGED) ? value : nameOf(value) }))}
      value={[...chosen]}
      onChange={change}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      maxValues={most}
      hidePickedOptions
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label.toLowerCase()}` }}
    />
  );
}
