'use client';

import { Autocomplete, MultiSelect, TagsInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { choicesOf, kindOf, writtenOf, type Condition } from './conditions';
import { useSuggestions } from './use-suggestions';

interface Props {
  projectId: string;
  condition: Condition;
  setValues: (values: string[]) => void;
}

const PLACEHOLDERS = {
  number: '0.5',
  time: '2026-01-31 or -7d',
  id: '12',
  text: 'text',
  either: 'number or text',
  choice: '',
  none: '',
};

/** The value of a condition, or its values; what runs have is offered. */
export function ValueInput({ projectId, condition, setValues }: Props) {
  const { about, operator, values } = condition;
  const [typed, setTyped] = useState(values[0] ?? '');
  const [isOpen, setIsOpen] = useState(false);
  const kind = kindOf(about);
  const question = `${writtenOf(about)} = `;
  const suggestions = useSuggestions(projectId, question, isOpen && kind !== 'choice' ? question.length : undefined);
  const offered = useMemo(() => [...new Set(suggestions.map(({ text }) => unquoted(text)))], [suggestions]);
  const common = {
    size: 'xs',
    'aria-label': 'Value',
    style: { flex: '2 1 160px', minWidth: 120 },
    comboboxProps: { withinPortal: false },
    onDropdownOpen: () => setIsOpen(true),
    onFocus: () => setIsOpen(true),
  } as const;
  if (kind === 'none' || operator === 'exists' || operator === 'not exists') {
    return <span style={{ flex: '2 1 160px' }} />;
  }
  if (kind === 'choice') {
    return (
      <MultiSelect
        {...common}
        data={choicesOf(about).map((value) => ({ value, label: value.toLowerCase() }))}
        value={[...values]}
        onChange={setValues}
      />
    );
  }
  if (operator === 'in' || operator === 'not in') {
    return (
      <TagsInput {...common} data={offered} value={[...values]} onChange={setValues} placeholder="Enter after each" />
    );
  }
  return (
    <Autocomplete
      {...common}
      data={offered}
      value={typed}
      placeholder={PLACEHOLDERS[kind]}
      onChange={(value) => {
        setTyped(value);
        setValues([value]);
      }}
    />
  );
}

/** A text as a field takes it: the language's quotes are its own matter. */
const unquoted = (text: string): string => (/^".*"$/s.test(text) ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text);
