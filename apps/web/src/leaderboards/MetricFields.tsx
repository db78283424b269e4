'use client';

import { NativeSelect, TextInput } from '@mantine/core';
import type { BoardDraft } from './board-draft';
import { isLogged } from './board-draft';
import styles from './BoardForm.module.css';
import { METRICS, nameOf } from './metric';

interface Props {
  draft: BoardDraft;
  change: (changes: Partial<BoardDraft>) => void;
  at: (field: string) => string | undefined;
}

const LOGGED = 'logged:';

/** By what a board ranks, and what an entry of it is. */
export function MetricFields({ draft, change, at }: Props) {
  const logged = isLogged(draft.metric);
  return (
    <div className={styles.pair}>
      <NativeSelect
        label="Metric"
        value={logged ? LOGGED : draft.metric}
        error={logged ? undefined : at('metric')}
        data={[
          ...METRICS.map((value) => ({ value, label: nameOf(value) })),
          { value: LOGGED, label: 'A logged metric (no tests)' },
        ]}
        onChange={(event) => change({ metric: event.currentTarget.value })}
      />
      {logged && (
        <>
          <TextInput
            label="Its key"
            required
            value={draft.metric.slice(LOGGED.length)}
            error={at('metric')}
            onChange={(event) => change({ metric: `${LOGGED}${event.currentTarget.value}` })}
          />
          <NativeSelect
            label="Better is"
            value={draft.direction}
            error={at('direction')}
            data={[
              { value: 'HIGHER', label: 'higher' },
              { value: 'LOWER', label: 'lower' },
            ]}
            onChange={(event) => change({ direction: event.currentTarget.value as BoardDraft['direction'] })}
          />
        </>
      )}
      <NativeSelect
        label="One entry for"
        value={`${draft.entryPer} ${draft.pick}`}
        data={[
          { value: 'RUN LATEST', label: 'each run' },
          { value: 'MODEL_CONFIG LATEST', label: 'each model, its latest run' },
          { value: 'MODEL_CONFIG BEST', label: 'each model, its best run (too good)' },
        ]}
        onChange={(event) => {
          const [entryPer, pick] = event.currentTarget.value.split(' ');
          change({ entryPer: entryPer as BoardDraft['entryPer'], pick: pick as BoardDraft['pick'] });
        }}
      />
    </div>
  );
}
