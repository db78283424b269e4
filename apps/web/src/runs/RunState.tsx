'use client';

import { Alert } from '@mantine/core';
import Link from 'next/link';
import { bareId } from '@/design/format';
import { ProblemNote } from '@/design/ProblemNote';
import { RelativeTime } from '@/design/RelativeTime';
import { isOpen, useRun } from './RunContext';
import { RunProgress } from './RunProgress';

/** What the reader should know of a run before its figures: how far it is, why it failed, that nobody is heard of. */
export function RunState() {
  const { run } = useRun();
  const logs = `/runs/${bareId(run.id)}/logs`;
  return (
    <>
      {isOpen(run) && <RunProgress />}
      {run.silent && (
        <Alert color="yellow" title="Nothing is heard of its client" role="status">
          It was last heard of {run.heartbeatAt ? <RelativeTime value={run.heartbeatAt} /> : 'never'}. If it has died,
          end the run by <code>failRun</code>, or start the client again: with the same key it goes on with this run.
        </Alert>
      )}
      {run.failure && (
        <ProblemNote title="The run failed" problem={run.failure}>
          See the <Link href={logs}>logs</Link> for what came before; “Clone” runs it again, with changes if you like.
        </ProblemNote>
      )}
      {run.status === 'CANCELED' && (
        <p className="muted" style={{ margin: 0 }}>
          It was canceled{run.finishedAt && ' '}
          {run.finishedAt && <RelativeTime value={run.finishedAt} />}, with {run.sampleDone} of {run.sampleTotal}{' '}
          samples predicted. What is stored stays; “Clone” begins anew.
        </p>
      )}
    </>
  );
}
