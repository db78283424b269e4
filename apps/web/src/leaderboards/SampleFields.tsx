'use client';

import { NativeSelect } from '@mantine/core';
import { count } from '@/design/format';
import type { BoardChoices } from './board-choices';
import type { BoardDraft } from './board-draft';
import styles from './BoardForm.module.css';

interface Props {
  draft: BoardDraft;
  change: (changes: Partial<BoardDraft>) => void;
  choices: BoardChoices;
  /** A board stays with its samples. */
  fixed: boolean;
  at: (field: string) => string | undefined;
}

/** On which samples a board ranks. */
export function SampleFields({ draft, change, choices, fixed, at }: Props) {
  const version = choices.versions.find(({ id }) => id === draft.datasetVersionId);
  const total = version?.splits.reduce((sum, { samples }) => sum + samples, 0) ?? 0;
  return (
    <div className={styles.pair}>
      <NativeSelect
        label="Dataset version"
        disabled={fixed}
        value={draft.datasetVersionId}
        error={at('datasetVersionId')}
        data={choices.versions.map(({ id, label }) => ({ value: id, label }))}
        onChange={(event) => change({ datasetVersionId: event.currentTarget.value, split: '' })}
      />
      <NativeSelect
        label="Split"
        disabled={fixed}
        value={draft.split}
        error={at('split')}
        data={[
          { value: '', label: `all samples (${count(total)})` },
          ...(version?.splits ?? []).map(({ split, samples }) => ({
            value: split,
            label: `${split.toLowerCase()} (${count(samples)})`,
          })),
        ]}
        onChange={(event) => change({ split: event.currentTarget.value as BoardDraft['split'] })}
      />
    </div>
  );
}
