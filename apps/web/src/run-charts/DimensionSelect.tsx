'use client';

import { Select } from '@mantine/core';
import { labelOf, idOf } from '@/runs-table/columns';
import { choicesOf, type Dimension } from './dimensions';
import type { KnownColumn } from '@/runs-table/usual';

interface Props {
  label: string;
  known: readonly KnownColumn[];
  value: Dimension;
  setValue: (value: string) => void;
  width?: number;
}

/** What is drawn over an axis. */
export function DimensionSelect({ label, known, value, setValue, width = 150 }: Props) {
  const choices = choicesOf(known);
  const id = idOf(value);
  // An address may name what the newest runs do not have.
  const isListed = choices.some(({ items }) => items.some((item) => item.value === id));
  return (
    <Select
      size="xs"
      aria-label={label}
      title={label}
      searchable
      allowDeselect={false}
      limit={80}
      maxDropdownHeight={320}
      comboboxProps={{ width: 220, position: 'bottom-end' }}
      w={width}
      value={id}
      data={isListed ? choices : [{ group: 'Chosen', items: [{ value: id, label: labelOf(value) }] }, ...choices]}
      onChange={(next) => {
        if (next !== null) setValue(next);
      }}
    />
  );
}
