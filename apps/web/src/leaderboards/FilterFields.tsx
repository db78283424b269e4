'use client';

import { MultiSelect, TagsInput } from '@mantine/core';
import type { RunSource } from '@/generated/graphql';
import type { BoardChoices } from './board-choices';
import type { BoardDraft } from './board-draft';
import styles from './BoardForm.module.css';

interface Props {
  draft: BoardDraft;
  change: (changes: Partial<BoardDraft>) => void;
  choices: BoardChoices;
  error: string | undefined;
}

const SOURCES = [
  { value: 'EXECUTOR', label: 'an executor' },
  { value: 'CLIENT', label: 'a client' },
  { value: 'IMPORT', label: 'an import' },
];

/** Which runs may stand on a board. */
export function FilterFields({ draft, change, choices, error }: Props) {
  return (
    <fieldset className={styles.group}>
      <legend>Which runs may stand on it</legend>
      {error !== undefined && (
        <p role="alert" style={{ margin: '0 0 8px', color: 'var(--mantine-color-error)', fontSize: 13 }}>
          {error}
        </p>
      )}
      <div className={styles.pair}>
        <MultiSelect
          label="Models"
          placeholder={draft.models.length === 0 ? 'all' : ''}
          data={[...choices.models]}
          value={[...draft.models]}
          onChange={(models) => change({ models })}
          searchable
        />
        <MultiSelect
          label="Restorations"
          placeholder={draft.restorations.length === 0 ? 'all' : ''}
          data={[...choices.restorations]}
          value={[...draft.restorations]}
          onChange={(restorations) => change({ restorations })}
          searchable
        />
        <TagsInput
          label="Tags"
          placeholder={draft.tags.length === 0 ? 'stage=final' : ''}
          value={[...draft.tags]}
          onChange={(tags) => change({ tags })}
        />
        <MultiSelect
          label="Made by"
          placeholder={draft.sources.length === 0 ? 'all' : ''}
          data={SOURCES}
          value={[...draft.sources]}
          onChange={(sources) => change({ sources: sources as RunSource[] })}
        />
      </div>
    </fieldset>
  );
}
