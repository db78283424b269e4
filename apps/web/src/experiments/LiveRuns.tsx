'use client';

import { Button } from '@mantine/core';
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import { CurvesPanel } from '@/curves/CurvesPanel';
import { Empty } from '@/design/Empty';
import { bareId } from '@/design/format';
import { ProblemNote } from '@/design/ProblemNote';
import type { ProblemFragment, RunRowFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { ExperimentRunChanged, QueueRuns } from './documents';
import { arrange, merge, readView, writeView, type View } from './order';
import { RunsTable } from './RunsTable';

interface Props {
  experimentId: string;
  initial: RunRowFragment[];
  hasPlan: boolean;
}

/** The experiment's runs as the server gave them, kept up to date. */
export function LiveRuns({ experimentId, initial, hasPlan }: Props) {
  const [runs, setRuns] = useState(initial);
  const [problem, setProblem] = useState<ProblemFragment>();
  const [queueing, setQueueing] = useState(false);
  const pathname = usePathname();
  const params = useSearchParams();
  const view = useMemo(() => readView(new URLSearchParams(params)), [params]);

  useEffect(() => {
    const subscription = browserClient()
      .subscription(ExperimentRunChanged, { experimentId })
      .subscribe(({ data }) => {
        if (data) setRuns((present) => merge(present, data.experimentRunChanged));
      });
    return () => subscription.unsubscribe();
  }, [experimentId]);

  const queueAgain = async (): Promise<void> => {
    setQueueing(true);
    const { data, error } = await browserClient().mutation(QueueRuns, { input: { experimentId } }).toPromise();
    setQueueing(false);
    const result = data?.queueRuns;
    if (result?.__typename === 'QueueRunsPayload') setRuns((present) => result.runs.reduce(merge, present));
    else setProblem(result?.problems[0] ?? unreachable(error?.message));
  };

  const curves = useMemo(() => curvesOf(runs, view), [runs, view]);

  return (
    <section className="stack" style={{ gap: 10 }}>
      <div className="row spread">
        <h2>Runs</h2>
        {hasPlan && (
          <Button size="xs" variant="light" loading={queueing} onClick={() => void queueAgain()}>
            {runs.length === 0 ? 'Queue the plan' : 'Queue again'}
          </Button>
        )}
      </div>
      {problem && <ProblemNote title="The runs were not queued" problem={problem} />}
      {runs.length === 0 ? (
        <Empty title="No runs yet.">Queue the plan: every model with every restoration becomes a run.</Empty>
      ) : (
        <RunsTable
          runs={runs}
          view={view}
          // Not the router's way: a new order needs nothing of the server.
          change={(next) => window.history.replaceState(null, '', `${pathname}${writeView(next)}`)}
        />
      )}
      <CurvesPanel runs={curves} />
    </section>
  );
}

/** Lines of one chart that can still be told apart. */
const CURVES = 16;

/** The first runs of the table, as they stand there. */
const curvesOf = (runs: readonly RunRowFragment[], view: View) =>
  arrange(runs, view)
    .slice(0, CURVES)
    .map(({ id, name }) => ({ id, name: `${name} #${bareId(id)}` }));

function unreachable(message = 'No answer came.'): ProblemFragment {
  return { code: 'INTERNAL', message, place: null, value: null, mend: 'Try again.' };
}
