'use client';

import { useMemo } from 'react';
import { Empty } from '@/design/Empty';
import type { Initial } from '@/runs-table/arrangement';
import { RunsView } from '@/runs-table/RunsView';
import { QueuePlan } from './QueuePlan';

interface Props {
  experimentId: string;
  initial: Initial;
  hasPlan: boolean;
}

/** The runs of an experiment, and a way to more of them. */
export function ExperimentRuns({ experimentId, initial, hasPlan }: Props) {
  const projectId = initial.project.id;
  const scope = useMemo(() => ({ projectId, experimentId }), [projectId, experimentId]);
  const mayQueue = hasPlan && initial.project.viewerPermissions.includes('WRITE');
  const empty = (
    <Empty title="No runs yet.">
      {mayQueue
        ? 'Queue the plan: every model with every restoration becomes a run.'
        : 'Runs come here as somebody queues them, or logs to the experiment from their own code.'}
    </Empty>
  );
  return (
    <RunsView
      scope={scope}
      initial={initial}
      empty={empty}
      actions={mayQueue ? (reload) => <QueuePlan experimentId={experimentId} onQueued={reload} /> : undefined}
    />
  );
}
