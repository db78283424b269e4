import type { Metadata } from 'next';
import { OnVersion } from '@/datasets/OnVersion';
import { Breadcrumbs } from '@/design/Breadcrumbs';
import { Empty } from '@/design/Empty';
import { bareId, count, percent } from '@/design/format';
import { ClassDifferences, MetricDifferences } from '@/compare/ClassDifferences';
import { ComparedSamples } from '@/compare/ComparedSamples';
import { ConfusionDifference } from '@/compare/ConfusionDifference';
import { ComparePage } from '@/compare/documents';
import { RunsBeside } from '@/compare/RunsBeside';
import { addressOf, comparedVariables, MOST_RUNS, readSelection, type Selection } from '@/compare/selection';
import { SettingsDifference } from '@/compare/SettingsDifference';
import { pValue, points, verdictOf } from '@/compare/verdict';
import type { ComparePageQuery, RunBesideFragment } from '@/generated/graphql';
import { readOnServer } from '@/graphql/server';
import { RunPredictions } from '@/runs/documents';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'Comparison' };

const FIRST_PAGE = 24;

async function load(selection: Selection) {
  const { runs, reference } = selection;
  const run = (id: string): string => `Run_${id}`;
  const [{ comparison }, { node }] = await Promise.all([
    readOnServer(ComparePage, { runIds: runs.map(run), reference: run(reference) }),
    readOnServer(RunPredictions, { ...comparedVariables(selection), first: FIRST_PAGE }),
  ]);
  if (node?.__typename !== 'Run') throw new Error(`There is no run ${selection.beside}.`);
  return { comparison, samples: node.predictions };
}

export default async function CompareRoute({ searchParams }: Props) {
  const query = Object.entries(await searchParams).filter((e): e is [string, string] => typeof e[1] === 'string');
  const selection = readSelection(new URLSearchParams(query));
  if (!selection) {
    return (
      <Empty title="Nothing to compare yet.">
        Tick 2 to {MOST_RUNS} finished runs in an experiment’s table and choose “Compare”.
      </Empty>
    );
  }
  const { comparison, samples } = await load(selection);
  const { reference, runs } = comparison;
  const beside = runs.find(({ run }) => bareId(run.id) === selection.beside)!;
  const { project, datasetVersion, ...experiment } = reference.experiment;
  const { fixed, broken, bothRight, bothWrong } = beside.outcomes;
  return (
    <div className="stack">
      <div className="stack" style={{ gap: 8 }}>
        <Breadcrumbs
          crumbs={[
            { label: project.name, href: `/projects/${project.team.slug}/${project.slug}` },
            { label: experiment.name, href: `/experiments/${bareId(experiment.id)}` },
          ]}
        />
        <h1>{runs.length + 1} runs on the same samples</h1>
        <p className="muted" style={{ margin: 0, fontSize: 13 }}>
          <OnVersion version={datasetVersion} /> · {count(comparison.samples)} samples
        </p>
      </div>
      <Answer comparison={comparison} beside={beside} />
      <RunsBeside reference={reference} runs={runs} selection={selection} />
      <section className="panel" aria-label="Settings" style={{ padding: 8 }}>
        <h2 style={{ padding: '6px 10px' }}>What differs in how they were made</h2>
        <SettingsDifference runs={[reference, ...runs.map(({ run }) => run)]} />
      </section>
      <h2 style={{ fontSize: '1.15rem', overflowWrap: 'anywhere' }}>
        {beside.run.name} <span className="muted">#{selection.beside}</span> beside {reference.name}{' '}
        <span className="muted">#{selection.reference}</span>
      </h2>
      <div style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 480px), 1fr))' }}>
        <section className="panel" aria-label="Metrics" style={{ padding: 8 }}>
          <h2 style={{ padding: '6px 10px' }}>Metrics</h2>
          <MetricDifferences metrics={beside.metrics} />
          <p className="muted" style={{ fontSize: 12.5, margin: '8px 10px' }}>
            The two say the same of {percent(beside.agreement)} % of the samples.
          </p>
        </section>
        {reference.evaluation && beside.run.evaluation && (
          <section className="panel" aria-label="Confusion">
            <h2>Confusion, run − reference</h2>
            <p className="muted" style={{ fontSize: 13, margin: '4px 0 8px' }}>
              Samples more or fewer in each cell.
            </p>
            <ConfusionDifference
              reference={reference.evaluation.confusionMatrix}
              run={beside.run.evaluation.confusionMatrix}
            />
          </section>
        )}
      </div>
      <section className="panel" aria-label="Classes" style={{ padding: 8 }}>
        <h2 style={{ padding: '6px 10px' }}>In which class</h2>
        <ClassDifferences perClass={beside.perClass} />
      </section>
      <ComparedSamples
        key={addressOf(selection)}
        selection={selection}
        counts={{ FIXED: fixed, BROKEN: broken, BOTH_RIGHT: bothRight, BOTH_WRONG: bothWrong }}
        first={samples}
      />
    </div>
  );
}

/** The question of the page, answered in a sentence. */
function Answer({ comparison, beside }: { comparison: ComparePageQuery['comparison']; beside: RunBesideFragment }) {
  const { mcnemar, outcomes, run, metrics } = beside;
  const { difference } = metrics.find((metric) => metric.name === 'accuracy')!;
  const verdict = verdictOf(mcnemar.adjustedP, outcomes.fixed, outcomes.broken);
  const size = difference.value == null ? '' : points(Math.abs(difference.value)).replace(/^[+±−]/, '');
  const between =
    difference.low == null || difference.high == null
      ? ''
      : `, between ${points(difference.low)} and ${points(difference.high)} at 95 %`;
  return (
    <p style={{ margin: 0, maxWidth: 860, fontSize: 16, lineHeight: 1.5 }}>
      {verdict === 'no difference shown' ? (
        <>
          These samples do not show that <strong>{run.name}</strong> and <strong>{comparison.reference.name}</strong>{' '}
          differ: {size} points of accuracy{between}.
        </>
      ) : (
        <>
          <strong>{run.name}</strong> is {verdict} than <strong>{comparison.reference.name}</strong> by {size} points of
          accuracy{between}.
        </>
      )}{' '}
      It fixes {count(outcomes.fixed)} samples and breaks {count(outcomes.broken)} (McNemar’s mid-p, corrected by Holm:{' '}
      {pValue(mcnemar.adjustedP)}).
      {comparison.runs.length > 1 && ` Over all runs, Cochran’s Q gives p ${equals(comparison.cochranQ)}.`}
    </p>
  );
}

const equals = (p: number): string => (p < 0.001 ? pValue(p) : `= ${pValue(p)}`);
