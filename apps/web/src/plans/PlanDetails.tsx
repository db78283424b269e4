'use client';

import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { problemAt } from '@/forms/problems';
import { fromText, toText } from '@/forms/texts';
import type { ProblemFragment } from '@/generated/graphql';
import type { Plan } from './plan';

const PRIORITIES = [
  { value: '5', label: 'before others of the team' },
  { value: '0', label: 'in its turn' },
  { value: '-5', label: 'after others of the team' },
];

interface Props {
  plan: Plan;
  change: (changes: Partial<Plan>) => void;
  problems: readonly ProblemFragment[];
  priority: string;
  setPriority: (priority: string) => void;
}

/** What most plans leave as it is. */
export function PlanDetails({ plan, change, problems, priority, setPriority }: Props) {
  const [seeds, setSeeds] = useState(toText('numbers', plan.seeds));
  return (
    <details>
      <summary style={{ cursor: 'pointer', fontWeight: 570 }}>Seeds, a part of the plan, priority</summary>
      <div className="row" style={{ alignItems: 'flex-start', marginTop: 10 }}>
        <TextInput
          label="Seeds"
          description="A run for each, separated by commas."
          style={{ flex: '1 1 150px' }}
          value={seeds}
          error={problemAt(problems, 'input.plan.seeds', true)}
          onChange={(event) => {
            setSeeds(event.currentTarget.value);
            const given = fromText('numbers', event.currentTarget.value);
            const whole = (Array.isArray(given) ? given : []).filter(
              (seed) => Number.isInteger(seed) && Number(seed) >= 0,
            );
            change({ seeds: whole.length > 0 ? whole.map(Number) : [0] });
          }}
        />
        <TextInput
          label="Only so many"
          description="Of the combinations, drawn at random."
          style={{ flex: '1 1 150px' }}
          inputMode="numeric"
          value={plan.sample === undefined ? '' : String(plan.sample)}
          error={problemAt(problems, 'input.plan.sample', true)}
          onChange={(event) => {
            const given = Number(event.currentTarget.value);
            change({ sample: Number.isInteger(given) && given > 0 ? given : undefined });
          }}
        />
        <NativeSelect
          label="Priority"
          description="Teams take turns whatever it is."
          style={{ flex: '1 1 150px' }}
          value={priority}
          data={PRIORITIES}
          onChange={(event) => setPriority(event.currentTarget.value)}
        />
      </div>
    </details>
  );
}
