'use client';

import { Button, Modal } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { DataTable } from '@/design/DataTable';
import { count } from '@/design/format';
import { ProblemNote } from '@/design/ProblemNote';
import { useRead } from '@/design/use-read';
import type { ProblemFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { PlannedRuns, QueueRuns } from './documents';
import { unanswered } from './unanswered';

interface Props {
  experimentId: string;
  /** The runs are there. */
  onQueued: () => void;
}

/** Makes runs of the plan, after showing which. */
export function QueuePlan({ experimentId, onQueued }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="xs" leftSection={<IconPlayerPlay size={14} aria-hidden="true" />} onClick={() => setIsOpen(true)}>
        Queue the plan
      </Button>
      {isOpen && <Dialog experimentId={experimentId} onQueued={onQueued} close={() => setIsOpen(false)} />}
    </>
  );
}

/** Runs of a plan that are listed. */
const LISTED = 100;

function Dialog({ experimentId, onQueued, close }: Props & { close: () => void }) {
  const { data, error } = useRead(PlannedRuns, { experimentId });
  const [problem, setProblem] = useState<ProblemFragment>();
  const [isWorking, setIsWorking] = useState(false);
  const runs = data?.planRuns.runs ?? [];
  const again = runs.filter(({ existing }) => existing > 0).length;
  const queue = async (): Promise<void> => {
    setIsWorking(true);
    const answer = await browserClient().mutation(QueueRuns, { input: { experimentId } }).toPromise();
    setIsWorking(false);
    const result = answer.data?.queueRuns;
    if (result?.__typename !== 'QueueRunsPayload') {
      setProblem(result?.problems[0] ?? unanswered(answer.error?.message));
      return;
    }
    close();
    onQueued();
  };
  return (
    <Modal opened onClose={close} title="Queue the plan" size="lg">
      <div className="stack" style={{ gap: 14 }}>
        <p style={{ margin: 0 }} aria-live="polite">
          {data
            ? `${count(runs.length)} new ${runs.length === 1 ? 'run' : 'runs'}${
                again > 0 ? `, ${count(again)} of which the experiment has already, with the same settings` : ''
              }.`
            : 'Reading the plan …'}
        </p>
        {data && (
          <div style={{ maxHeight: 320, overflow: 'auto' }} tabIndex={0} role="region" aria-label="Runs of the plan">
            <DataTable
              label="Runs of the plan"
              heads={[
                { label: 'Model' },
                { label: 'Restoration' },
                { label: 'Seed', number: true },
                { label: 'There already', number: true, hint: 'Runs of the experiment with the same three' },
              ]}
            >
              {runs.slice(0, LISTED).map(({ model, restoration, seed, existing }) => (
                <tr key={`${model} ${restoration} ${seed}`}>
                  <td>{model}</td>
                  <td>{restoration}</td>
                  <td className="number">{seed}</td>
                  <td className="number">{existing === 0 ? '–' : count(existing)}</td>
                </tr>
              ))}
            </DataTable>
            {runs.length > LISTED && <p className="muted">and {count(runs.length - LISTED)} more</p>}
          </div>
        )}
        {(problem ?? (error !== undefined && unanswered(error))) && (
          <ProblemNote title="The plan was not queued" problem={problem ?? unanswered(error)} />
        )}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button loading={isWorking} disabled={runs.length === 0} onClick={() => void queue()}>
            Queue {count(runs.length)} {runs.length === 1 ? 'run' : 'runs'}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
