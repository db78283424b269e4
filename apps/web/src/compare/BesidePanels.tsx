import { bareId, figure, percent } from '@/design/format';
import type { BesidePageQuery, RunBesideFragment } from '@/generated/graphql';
import type { PredictionPage } from '@/runs/PredictionPages';
import { writeFilter } from '@/runs/filter';
import { ClassDifferences, MetricDifferences } from './ClassDifferences';
import { ComparedSamples } from './ComparedSamples';
import { ConfusionDifference } from './ConfusionDifference';
import { addressOf, type Selection } from './selection';

interface Props {
  selection: Selection;
  detail: BesidePageQuery['comparison'];
  outcomes: RunBesideFragment['outcomes'];
  samples: PredictionPage;
  names: { run: string; reference: string };
}

/** Beyond so many classes the matrix needs the whole width. */
const NARROW = 10;

/** One run beside the reference: in which metrics, classes and samples they differ. */
export function BesidePanels({ selection, detail: { reference, runs }, outcomes, samples, names }: Props) {
  const beside = runs[0]!;
  const { fixed, broken, bothRight, bothWrong } = outcomes;
  const pathname = `/runs/${bareId(beside.run.id)}/samples`;
  const [before, after] = [reference.evaluation?.confusionMatrix, beside.run.evaluation?.confusionMatrix];
  return (
    <>
      <h2 id="beside" style={{ fontSize: '1.15rem', overflowWrap: 'anywhere' }}>
        {names.run} <span className="muted">beside</span> {names.reference}
      </h2>
      <div className={beside.perClass.length <= NARROW ? 'halves' : 'stack'}>
        <section className="panel" aria-label="Metrics" style={{ padding: 8 }}>
          <h2 style={{ padding: '6px 10px' }}>Metrics</h2>
          <MetricDifferences metrics={beside.metrics} />
          <p className="muted" style={{ fontSize: 12.5, margin: '8px 10px' }}>
            The two say the same of {percent(beside.agreement)} % of the samples
            {beside.kappa.value != null && `, a kappa of ${figure(beside.kappa.value)}`}.
            {beside.cohenG.value != null &&
              ` Effect size: Cohen’s g is ${figure(beside.cohenG.value)}, where 0.5 means that only one of the two ever gains.`}
          </p>
        </section>
        {before && after && (
          <section className="panel" aria-label="Confusion">
            <h2 style={{ marginBottom: 6 }}>Confusion, run − reference</h2>
            <ConfusionDifference reference={before} run={after} pathname={pathname} />
          </section>
        )}
      </div>
      <section className="panel" aria-label="Classes" style={{ padding: 8 }}>
        <h2 style={{ padding: '6px 10px' }}>In which class</h2>
        <ClassDifferences perClass={beside.perClass} samplesOf={(truth) => `${pathname}${writeFilter({ truth })}`} />
      </section>
      <ComparedSamples
        key={addressOf(selection)}
        selection={selection}
        counts={{ FIXED: fixed, BROKEN: broken, BOTH_RIGHT: bothRight, BOTH_WRONG: bothWrong }}
        first={samples}
      />
    </>
  );
}
