'use client';

import { Checkbox } from '@mantine/core';
import type { Split } from '@/generated/graphql';
import { SPLITS } from '@/samples/view';

interface Props {
  chosen: readonly Split[];
  choose: (splits: Split[]) => void;
}

/** Of which splits nobody but admins is to know the truth, as competitions want it. */
export function HiddenSplits({ chosen, choose }: Props) {
  return (
    <details open={chosen.length > 0}>
      <summary style={{ cursor: 'pointer', fontWeight: 550 }}>Hidden labels</summary>
      <p className="muted" style={{ margin: '4px 0 10px', fontSize: 12.5 }}>
        For competitions: only admins and owners of the team see the labels of these splits. Their samples come last, in
        an order that tells nothing.
      </p>
      <div className="row" role="group" aria-label="Splits whose labels are hidden">
        {SPLITS.map((split) => (
          <Checkbox
            key={split}
            size="xs"
            label={split.toLowerCase()}
            checked={chosen.includes(split)}
            onChange={(event) => {
              const others = chosen.filter((other) => other !== split);
              choose(event.currentTarget.checked ? [...others, split] : others);
            }}
          />
        ))}
      </div>
    </details>
  );
}
