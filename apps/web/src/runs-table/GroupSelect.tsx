'use client';

import { Select } from '@mantine/core';
import { GROUP_FIELDS, readGroup, writeGroup, type GroupBy } from './group';
import type { KnownColumn } from './usual';

interface Props {
  group: GroupBy | undefined;
  known: readonly KnownColumn[];
  setGroup: (group: GroupBy | undefined) => void;
}

/** By what the rows are put together. */
export function GroupSelect({ group, known, setGroup }: Props) {
  const value = group ? writeGroup(group) : null;
  const keyed = (kind: 'PARAM' | 'TAG') => {
    const keys = known.filter((column) => column.kind === kind).map(({ key }) => `${kind.toLowerCase()}.${key}`);
    // One that the address names may be none of the newest runs'.
    const own = value?.startsWith(`${kind.toLowerCase()}.`) ? [value] : [];
    return [...new Set([...own, ...keys])].map((name) => ({ value: name, label: name.slice(name.indexOf('.') + 1) }));
  };
  return (
    <Select
      size="xs"
      aria-label="Group by"
      placeholder="Group by"
      searchable
      clearable
      limit={80}
      maxDropdownHeight={340}
      comboboxProps={{ width: 220, position: 'bottom-end' }}
      nothingFoundMessage="There is nothing of this name."
      w={150}
      value={value}
      data={[
        { group: 'Fields', items: Object.entries(GROUP_FIELDS).map(([name, label]) => ({ value: name, label })) },
        { group: 'Params', items: keyed('PARAM') },
        { group: 'Tags', items: keyed('TAG') },
      ].filter(({ items }) => items.length > 0)}
      onChange={(next) => setGroup(readGroup(next))}
    />
  );
}
