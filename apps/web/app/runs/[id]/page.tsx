import { notFound, redirect } from 'next/navigation';
import { Empty } from '@/design/Empty';
import { readOnServer } from '@/graphql/server';
import { RunOverview } from '@/runs/documents';
import { EvaluationPanels } from '@/runs/EvaluationPanels';
import { narrows, readFilter, writeFilter } from '@/runs/filter';
import { LatestMetrics } from '@/runs/LatestMetrics';
import { loadRun, searchOf, type RunRouteProps } from '@/runs/load-run';
import { NotesPanel } from '@/runs/NotesPanel';
import { PhaseCosts } from '@/runs/PhaseCosts';

/** What the platform logs for tables of runs; this page has it with intervals. */
const OF_PLATFORM = ['accuracy', 'balanced_accuracy', 'macro_f1', 'samples_per_second', 'executor/samples_per_second'];

export default async function RunRoute({ params, searchParams }: RunRouteProps) {
  const { id } = await params;
  const run = await loadRun(id);
  const home = `/runs/${id}`;
  // Samples had their filter on this page once; links to them are kept alive.
  const filter = readFilter(await searchOf({ searchParams }));
  if (narrows(filter)) redirect(`${home}/samples${writeFilter(filter)}`);
  const { node } = await readOnServer(RunOverview, { id: run.id });
  if (node?.__typename !== 'Run') notFound();
  const { evaluation, phaseCosts, samplesPerSecond } = node;
  const metrics = node.metrics.filter(({ key }) => !OF_PLATFORM.includes(key));
  const open = run.status === 'QUEUED' || run.status === 'RUNNING';
  return (
    <div className="stack">
      {evaluation ? (
        <EvaluationPanels
          runId={run.id}
          experimentId={run.experiment.id}
          evaluation={evaluation}
          samples={`${home}/samples`}
        />
      ) : (
        open &&
        run.sampleTotal > 0 && (
          <Empty title="Its figures come here when the last sample is predicted.">
            Until then the tabs Samples, Curves and Logs show what there is.
          </Empty>
        )
      )}
      <div className={metrics.length > 0 ? 'halves' : undefined}>
        <PhaseCosts costs={phaseCosts} latency={evaluation?.latency ?? null} samplesPerSecond={samplesPerSecond} />
        <LatestMetrics metrics={metrics} curves={`${home}/curves`} />
      </div>
      <NotesPanel />
    </div>
  );
}
