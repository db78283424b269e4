import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CompareFrame } from '@/compare/CompareFrame';
import { ComparisonPanels } from '@/compare/ComparisonPanels';
import { BesidePage, ComparePage, FirstComparedRun } from '@/compare/documents';
import { namedRuns } from '@/compare/named-run';
import { NotComparable } from '@/compare/NotComparable';
import { RunChooser } from '@/compare/RunChooser';
import { addressOf, comparedVariables, MOST_RUNS, readRuns, readSelection, type Selection } from '@/compare/selection';
import { Empty } from '@/design/Empty';
import { bareId } from '@/design/format';
import { LinkButton } from '@/design/LinkButton';
import { PageHead } from '@/design/PageHead';
import { PageError } from '@/graphql/problem';
import { readOnServer } from '@/graphql/server';
import { RunPredictions } from '@/runs/documents';
import { searchOf, type RunRouteProps } from '@/runs/load-run';

export async function generateMetadata({ searchParams }: Pick<RunRouteProps, 'searchParams'>): Promise<Metadata> {
  const runs = readRuns(await searchOf({ searchParams }));
  return { title: runs.length > 1 ? `Comparison of ${runs.length} runs` : 'Comparison' };
}

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

/** What the API says of runs that can't be compared is told run by run; anything else keeps the page from being made. */
function refused(error: unknown): undefined {
  if (error instanceof PageError && error.code === 'BAD_USER_INPUT') return undefined;
  throw error;
}

export default async function CompareRoute({ searchParams }: Pick<RunRouteProps, 'searchParams'>) {
  const params = await searchOf({ searchParams });
  const selection = readSelection(params);
  if (!selection) return <TooFew runs={readRuns(params)} />;
  const read = await load(selection).catch(refused);
  if (!read) return <NotComparable runs={selection.runs} />;
  const { reference, runs } = read.comparison;
  // In the order of the address, whichever is the reference.
  const all = [reference, ...runs.map(({ run }) => run)];
  const ordered = selection.runs.map((id) => all.find((run) => bareId(run.id) === id)!);
  const named = namedRuns(ordered);
  return (
    <CompareFrame
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
    </CompareFrame>
  );
}

/** One run needs another one beside it; without any nothing can be said at all. */
async function TooFew({ runs }: { runs: readonly string[] }) {
  const { node: run } =
    runs.length === 0 ? { node: null } : await readOnServer(FirstComparedRun, { id: globalId(runs[0]!) });
  const many = runs.length > MOST_RUNS;
  if (many) {
    return (
      <div className="stack">
        <PageHead title={`These are ${runs.length} runs`} />
        <Empty title={`At most ${MOST_RUNS} can be compared.`}>
          Tick fewer in the table, or{' '}
          <LinkButton size="compact-sm" variant="default" href={addressOf({ runs: runs.slice(0, MOST_RUNS) })}>
            Compare the first {MOST_RUNS}
          </LinkButton>
        </Empty>
      </div>
    );
  }
  if (run?.__typename !== 'Run') {
    return (
      <div className="stack">
        <PageHead title="Comparison" />
        <Empty title="Nothing to compare yet.">
          Tick 2 to {MOST_RUNS} finished runs in an experiment’s table and choose “Compare”, or begin on a run’s page.
        </Empty>
      </div>
    );
  }
  return (
    <CompareFrame experiment={run.experiment} title={`Compare ${run.name}`}>
      <RunChooser runs={namedRuns([run])} selection={undefined} experiment={run.experiment} />
      <Empty title="Which run should stand beside it?">
        Add one above. Runs on the same samples can be compared: sample by sample, so that a difference is seen that two
        accuracies beside each other do not show.
      </Empty>
    </CompareFrame>
  );
}
