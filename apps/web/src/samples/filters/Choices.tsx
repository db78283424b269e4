'use client';

import { Checkbox } from '@mantine/core';
import { count } from '@/design/format';
import styles from '../Samples.module.css';

interface Choice<T extends string> {
  value: T;
  label: string;
  /** How many samples it has. */
  samples?: number;
  hint?: string;
}

interface Props<T extends string> {
  label: string;
  choices: readonly Choice<T>[];
  chosen: readonly T[];
  choose: (chosen: T[]) => void;
}

/** Any of several. */
export function Choices<T extends string>({ label, choices, chosen, choose }: Props<T>) {
  return (
    <div role="group" aria-label={label} className={styles.choices}>
      {choices.map(({ value, label: name, samples, hint }) => (
        <Checkbox
          key={value}
          size="xs"
          checked={chosen.includes(value)}
          onChange={(event) => {
            const others = chosen.filter((other) => other !== value);
            choose(event.currentTarget.checked ? [...others, value] : others);
          }}
          description={hint}
          label={
            <span className="row spread" style={{ flexWrap: 'nowrap', gap: 12 }}>
              <span className="truncate">{name}</span>
              {samples !== undefined && <span className="muted number">{count(samples)}</span>}
            </span>
          }
          styles={{ labelWrapper: { flex: 1, minWidth: 0 }, body: { alignItems: 'flex-start' } }}
        />
      ))}
    </div>
  );
}
