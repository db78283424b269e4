import { notFound } from 'next/navigation';
import { Empty } from '@/design/Empty';
import { readOnServer } from '@/graphql/server';
import { RunPredictions } from '@/runs/documents';
import { fitting, readFilter, variablesOf, writeFilter } from '@/runs/filter';
import { Gallery } from '@/runs/Gallery';
import { loadRun, searchOf, type RunRouteProps } from '@/runs/load-run';

const FIRST_PAGE = 24;

export default async function RunSamplesRoute({ params, searchParams }: RunRouteProps) {
  const { id } = await params;
  const run = await loadRun(id);
  const version = run.experiment.datasetVersion;
  if (!version) return <Empty title="This run is about no samples.">Its experiment has no dataset.</Empty>;
  const filter = fitting(readFilter(await searchOf({ searchParams })), version.labels);
  const { node } = await readOnServer(RunPredictions, { id: run.id, first: FIRST_PAGE, ...variablesOf(filter) });
  if (node?.__typename !== 'Run') notFound();
  return (
    <Gallery
      // Another first page begins the list anew.
      key={`${writeFilter(filter)} ${node.predictions.totalCount}`}
      runId={run.id}
      labels={version.labels}
      filter={filter}
      pathname={`/runs/${id}/samples`}
      first={node.predictions}
    />
  );
}
