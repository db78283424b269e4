import type { TrialStateFragment } from '@/generated/graphql';

/** @param executors that are there; undefined while that is not known */
export function WaitingNote({
  trial,
  executors,
}: {
  trial: TrialStateFragment | undefined;
  executors: number | undefined;
}) {
  return (
    <p className="muted" style={{ margin: 0, fontSize: 13 }}>
      {words(trial, executors)}
    </p>
  );
}

function words(trial: TrialStateFragment | undefined, executors: number | undefined): string {
  if (trial?.status === 'RUNNING') return 'The model is loaded, if it is not yet, and looks at the picture …';
  if (trial?.status !== 'QUEUED') return 'Sending the picture …';
  if (executors === 0) {
    return 'No executor is there. The picture waits for one for an hour: start an executor, or ask who runs this server.';
  }
  return trial.ahead === 0 ? 'An executor takes it next …' : `${trial.ahead} pictures come before yours …`;
}
