'use client';

import { Select } from '@mantine/core';
import { SEARCH_FIELDS } from '@samplewise/domain/search';
import { useState } from 'react';
import { USUAL_METRICS, writtenOf, type About } from './conditions';
import { useKeys, type Key } from './use-keys';

interface Props {
  projectId: string;
  known: readonly Key[];
  isComplete: boolean;
  about: About;
  setAbout: (about: About) => void;
}

const FLAGS: readonly { value: string; label: string; about: About }[] = [
  { value: 'words', label: 'any text', about: { words: true } },
  { value: 'archived', label: 'archived', about: { flag: 'archived' } },
  { value: 'silent', label: 'silent', about: { flag: 'silent' } },
];

/** What a condition is about: a field, or a key that runs have. */
export function AboutSelect({ projectId, known, isComplete, about, setAbout }: Props) {
  const [typed, setTyped] = useState('');
  const keys = useKeys(projectId, known, isComplete, typed);
  const current = valueOf(about);
  const keyed = (kind: Key['kind']) => {
    const name = kind.toLowerCase() as 'param' | 'metric' | 'tag';
    const own = 'keyed' in about && about.keyed === name ? [about.key] : [];
    const usual = kind === 'METRIC' ? USUAL_METRICS : [];
    const all = [...new Set([...own, ...usual, ...keys.filter((key) => key.kind === kind).map(({ key }) => key)])];
    return all.map((key) => ({ value: `${name} ${key}`, label: key }));
  };
  return (
    <Select
      size="xs"
      aria-label="What"
      searchable
      allowDeselect={false}
      limit={80}
      maxDropdownHeight={320}
      comboboxProps={{ withinPortal: false, width: 240, position: 'bottom-start' }}
      nothingFoundMessage="There is nothing of this name."
      style={{ flex: '1 1 150px', minWidth: 120 }}
      title={writtenOf(about)}
      value={current}
      onSearchChange={setTyped}
      data={[
        { group: 'Fields', items: SEARCH_FIELDS.map(({ name }) => ({ value: `field ${name}`, label: name })) },
        { group: 'Metrics', items: keyed('METRIC') },
        { group: 'Params', items: keyed('PARAM') },
        { group: 'Tags', items: keyed('TAG') },
        { group: 'More', items: FLAGS.map(({ value, label }) => ({ value, label })) },
      ].filter(({ items }) => items.length > 0)}
      onChange={(value) => {
        if (value !== null && value !== current) setAbout(aboutOf(value));
      }}
    />
  );
}

function valueOf(about: About): string {
  if ('field' in about) return `field ${about.field}`;
  if ('keyed' in about) return `${about.keyed} ${about.key}`;
  return 'flag' in about ? about.flag : 'words';
}

function aboutOf(value: string): About {
  const flag = FLAGS.find((one) => one.value === value);
  if (flag) return flag.about;
  const [kind, ...rest] = value.split(' ');
  const name = rest.join(' ');
  return kind === 'field' ? { field: name } : { keyed: kind as 'param', key: name };
}
