import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ComparisonPanels } from '@/compare/ComparisonPanels';
import { BesidePage, ComparePage, FirstComparedRun } from '@/compare/documents';
import { namedRuns } from '@/compare/named-run';
import { RunChooser } from '@/compare/RunChooser';
import { comparedVariables, MOST_RUNS, readRuns, readSelection, type Selection } from '@/compare/selection';
import { OnVersion } from '@/datasets/OnVersion';
import { Empty } from '@/design/Empty';
import { bareId, count } from '@/design/format';
import { ProjectFrame } from '@/design/ProjectFrame';
import type { ComparedExperimentFragment } from '@/generated/graphql';
import { readOnServer } from '@/graphql/server';
import { RunPredictions } from '@/runs/documents';
import { searchOf, type RunRouteProps } from '@/runs/load-run';

export const metadata: Metadata = { title: 'Comparison' };

const FIRST_PAGE = 24;

const globalId = (id: string): string => `Run_${id}`;

async function load(selection: Selection) {
  const { runs, reference, beside } = selection;
  const [{ comparison, runDifference }, detail, { node }] = await Promise.all([
    readOnServer(ComparePage, { runIds: runs.map(globalId), reference: globalId(reference) }),
    readOnServer(BesidePage, { runIds: [reference, beside].map(globalId), reference: globalId(reference) }),
    readOnServer(RunPredictions, { ...comparedVariables(selection), first: FIRST_PAGE }),
  ]);
  if (node?.__typename !== 'Run') notFound();
  return { comparison, runDifference, detail: detail.comparison, samples: node.predictions };
}

export default async function CompareRoute({ searchParams }: Pick<RunRouteProps, 'searchParams'>) {
  const params = await searchOf({ searchParams });
  const selection = readSelection(params);
  if (!selection) return <TooFew runs={readRuns(params)} />;
  const read = await load(selection);
  const { reference, runs } = read.comparison;
  // In the order of the address, whichever is the reference.
  const all = [reference, ...runs.map(({ run }) => run)];
  const ordered = selection.runs.map((id) => all.find((run) => bareId(run.id) === id)!);
  const named = namedRuns(ordered);
  return (
    <Frame
      experiment={reference.experiment}
      title={`${ordered.length} runs on the same samples`}
      samples={read.comparison.samples}
    >
      <RunChooser runs={named} selection={selection} experiment={reference.experiment} />
      <ComparisonPanels
        {...read}
        selection={selection}
        named={named}
        labels={reference.experiment.datasetVersion!.labels}
      />
    </Frame>
  );
}

/** One run needs another one beside it; without any nothing can be said at all. */
async function TooFew({ runs }: { runs: readonly string[] }) {
  const { node: run } =
    runs.length === 0 ? { node: null } : await readOnServer(FirstComparedRun, { id: globalId(runs[0]!) });
  const many = runs.length > MOST_RUNS;
  if (run?.__typename !== 'Run' || many) {
    return (
      <Empty title={many ? `These are ${runs.length} runs.` : 'Nothing to compare yet.'}>
        {many
          ? `At most ${MOST_RUNS} can be compared. Take some out of the address, or tick fewer in the table.`
          : `Tick 2 to ${MOST_RUNS} finished runs in an experiment’s table and choose “Compare”, or begin on a run’s page.`}
      </Empty>
    );
  }
  return (
    <Frame experiment={run.experiment} title={`Compare ${run.name}`}>
      <RunChooser runs={namedRuns([run])} selection={undefined} experiment={run.experiment} />
      <Empty title="Which run should stand beside it?">
        Add one above. Runs on the same samples can be compared: sample by sample, so that a difference is seen that two
        accuracies beside each other do not show.
      </Empty>
    </Frame>
  );
}

interface FrameProps {
  experiment: ComparedExperimentFragment;
  title: string;
  samples?: number;
  children: React.ReactNode;
}

function Frame({ experiment, title, samples, children }: FrameProps) {
  return (
    <ProjectFrame
      project={experiment.project}
      section="runs"
      crumbs={[{ label: experiment.name, href: `/experiments/${bareId(experiment.id)}` }]}
      title={title}
      about={
        <>
          <OnVersion version={experiment.datasetVersion} /> · {experiment.split?.toLowerCase() ?? 'all splits'}
          {samples !== undefined && ` · ${count(samples)} samples`}
        </>
      }
    >
      {children}
    </ProjectFrame>
  );
}
