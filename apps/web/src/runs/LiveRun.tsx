'use client';

import { Button } from '@mantine/core';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { duration } from '@/design/format';
import { ProblemNote } from '@/design/ProblemNote';
import { CurvesPanel } from '@/curves/CurvesPanel';
import type { ProblemFragment, RunDetailFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { ConfusionMatrix } from './ConfusionMatrix';
import { CancelRun, RunChanged } from './documents';
import type { Filter } from './filter';
import { MetricsPanel, PerClassTable } from './MetricsPanel';
import { PhaseCosts } from './PhaseCosts';
import { StatusBadge } from './StatusBadge';

const isOpen = (run: RunDetailFragment): boolean => run.status === 'QUEUED' || run.status === 'RUNNING';

/** The run as the server gave it, kept up to date while it goes on. */
export function LiveRun({ initial, filter }: { initial: RunDetailFragment; filter: Filter }) {
  const [run, setRun] = useState(initial);
  const [problem, setProblem] = useState<ProblemFragment>();
  const router = useRouter();
  const pathname = usePathname();
  const open = isOpen(run);
  const { id, name } = run;
  const curves = useMemo(() => [{ id, name }], [id, name]);

  useEffect(() => {
    if (!open) return undefined;
    const subscription = browserClient()
      .subscription(RunChanged, { runId: run.id })
      .subscribe(({ data }) => {
        if (!data) return;
        setRun(data.runChanged);
        if (!isOpen(data.runChanged)) router.refresh(); // the samples are the server's to show
      });
    return () => subscription.unsubscribe();
  }, [open, run.id, router]);

  const cancel = async (): Promise<void> => {
    const { data, error } = await browserClient()
      .mutation(CancelRun, { input: { runId: run.id } })
      .toPromise();
    const result = data?.cancelRun;
    if (result?.__typename === 'CancelRunPayload') setRun(result.run);
    else
      setProblem(
        result?.problems[0] ?? {
          code: 'INTERNAL',
          message: error?.message ?? 'No answer came.',
          place: null,
          value: null,
          mend: 'Try again.',
        },
      );
  };
  const took =
    run.startedAt && run.finishedAt ? (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000 : undefined;

  return (
    <div className="stack">
      <div className="row" aria-live="polite">
        <StatusBadge status={run.status} done={run.sampleDone} total={run.sampleTotal} />
        {took !== undefined && <span className="muted">took {duration(took)}</span>}
        {run.samplesPerSecond != null && (
          <span className="muted">{Math.round(run.samplesPerSecond)} samples/s in inference</span>
        )}
        {open && (
          <Button size="xs" variant="light" color="gray" onClick={() => void cancel()}>
            Cancel
          </Button>
        )}
      </div>
      {problem && <ProblemNote title="The run was not canceled" problem={problem} />}
      {run.failure && <ProblemNote title="The run failed" problem={run.failure} />}
      {run.evaluation && (
        <div
          style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 480px), 1fr))' }}
        >
          <Panel title="Metrics">
            <MetricsPanel evaluation={run.evaluation} />
          </Panel>
          <Panel title="Confusion matrix">
            <ConfusionMatrix {...run.evaluation.confusionMatrix} filter={filter} pathname={pathname} />
          </Panel>
          <Panel title="By class">
            <PerClassTable evaluation={run.evaluation} />
          </Panel>
          <Panel title="Cost">
            <PhaseCosts costs={run.phaseCosts} />
          </Panel>
        </div>
      )}
      <CurvesPanel runs={curves} live={open} />
      {!run.evaluation && open && run.sampleTotal > 0 && (
        <p className="muted">
          Metrics, the confusion matrix and the samples come here when the last sample has been predicted.
        </p>
      )}
    </div>
  );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel" aria-label={title}>
      <h2 style={{ marginBottom: 8 }}>{title}</h2>
      {children}
    </section>
  );
}
