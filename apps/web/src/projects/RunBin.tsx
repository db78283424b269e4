'use client';

import { Button, Checkbox } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { DataTable } from '@/design/DataTable';
import { bareId, count } from '@/design/format';
import { perform } from '@/design/perform';
import { RelativeTime } from '@/design/RelativeTime';
import { tellDone } from '@/design/tell';
import type { RunInBinFragment } from '@/generated/graphql';
import { RestoreRun } from '@/runs/actions.documents';

interface Props {
  runs: readonly RunInBinFragment[];
  mayRestore: boolean;
}

/** Deleted runs, and the way back for one or many. */
export function RunBin({ runs, mayRestore }: Props) {
  const router = useRouter();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const chosen = runs.filter(({ id }) => ticked.has(id));
  const tick = (ids: readonly string[], on: boolean): void =>
    setTicked((before) => new Set(on ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));
  const restore = async (): Promise<void> => {
    const runIds = chosen.map(({ id }) => id);
    const done = await perform(RestoreRun, { input: { runIds } }, 'The runs are still in the bin');
    if (!done) return;
    tellDone(runIds.length === 1 ? 'The run is back.' : `${count(runIds.length)} runs are back.`);
    setTicked(new Set());
    router.refresh();
  };
  return (
    <div className="stack" style={{ gap: 12 }}>
      {mayRestore && (
        <div className="row">
          <Checkbox
            label="All that are shown"
            checked={chosen.length === runs.length}
            indeterminate={chosen.length > 0 && chosen.length < runs.length}
            onChange={(event) =>
              tick(
                runs.map(({ id }) => id),
                event.currentTarget.checked,
              )
            }
          />
          <Button size="xs" disabled={chosen.length === 0} onClick={() => void restore()}>
            Restore{chosen.length > 0 && ` ${count(chosen.length)}`}
          </Button>
        </div>
      )}
      <DataTable
        label="Runs in the bin"
        heads={[{ label: 'Choose', hidden: true }, { label: 'Run' }, { label: 'Experiment' }, { label: 'Deleted' }]}
      >
        {runs.map(({ id, name, experiment, deletedAt }) => (
          <tr key={id}>
            <td style={{ width: 32 }}>
              {mayRestore && (
                <Checkbox
                  aria-label={`Choose run ${bareId(id)}`}
                  checked={ticked.has(id)}
                  onChange={(event) => tick([id], event.currentTarget.checked)}
                />
              )}
            </td>
            <td style={{ overflowWrap: 'anywhere', minWidth: 140 }}>
              {name} <span className="muted">#{bareId(id)}</span>
            </td>
            <td className="muted" style={{ minWidth: 120 }}>
              {experiment.name}
            </td>
            <td>{deletedAt && <RelativeTime value={deletedAt} />}</td>
          </tr>
        ))}
      </DataTable>
    </div>
  );
}
