import { CurvesPanel } from '@/curves/CurvesPanel';
import { bareId } from '@/design/format';
import type { BesidePageQuery, ComparePageQuery } from '@/generated/graphql';
import type { PredictionPage } from '@/runs/PredictionPages';
import { AgreementMatrix } from './AgreementMatrix';
import { Answer } from './Answer';
import { BesidePanels } from './BesidePanels';
import { CostQuality } from './CostQuality';
import { ForestChart } from './ForestChart';
import { MetricChoice } from './MetricChoice';
import type { NamedRun } from './named-run';
import { OverlaidCurves } from './OverlaidCurves';
import { metricOf, RunsBeside } from './RunsBeside';
import { METRICS, type Selection } from './selection';
import { SettingsDifference } from './SettingsDifference';

interface Props {
  selection: Selection;
  comparison: ComparePageQuery['comparison'];
  runDifference: ComparePageQuery['runDifference'];
  /** Of the reference and the one that is looked at. */
  detail: BesidePageQuery['comparison'];
  samples: PredictionPage;
  /** In the order of the address. */
  named: readonly NamedRun[];
  labels: readonly string[];
}

/** The question first, then where the difference lies, and what else tells the runs apart. */
export function ComparisonPanels({ selection, comparison, runDifference, detail, samples, named, labels }: Props) {
  const { reference, runs, pairs } = comparison;
  const beside = runs.find(({ run }) => bareId(run.id) === selection.beside)!;
  const nameOf = (id: string): string => named.find((run) => run.id === id)!.name;
  const names = { run: nameOf(beside.run.id), reference: nameOf(reference.id) };
  const all = [reference, ...runs.map(({ run }) => run)];
  const metric = METRICS[selection.metric];
  return (
    <>
      <Answer comparison={comparison} beside={beside} names={names} />
      <section className="panel" aria-label="Runs beside the reference" style={{ padding: 8 }}>
        <div className="row spread" style={{ padding: '6px 10px' }}>
          <h2>Beside the reference</h2>
          <MetricChoice selection={selection} />
        </div>
        <RunsBeside reference={reference} runs={runs} selection={selection} />
        {selection.metric !== 'accuracy' && (
          <p className="muted" style={{ fontSize: 12.5, margin: '8px 10px' }}>
            The test and its verdict are about accuracy. Intervals of {metric.toLowerCase()} are paired, and each holds
            by itself: of twenty, one misses.
          </p>
        )}
      </section>
      <div className="charts">
        <ForestChart
          title={`${metric}, difference to ${names.reference}`}
          rows={runs.map((run) => ({
            name: nameOf(run.run.id),
            difference: metricOf(run, selection.metric).difference,
          }))}
        />
        <CostQuality
          runs={named.map((run) => ({ ...run, accuracy: all.find(({ id }) => id === run.id)!.evaluation?.accuracy }))}
        />
      </div>
      <section className="panel" aria-label="Settings" style={{ padding: 8 }}>
        <h2 style={{ padding: '6px 10px' }}>What differs in how they were made</h2>
        <SettingsDifference runs={named} difference={runDifference} />
      </section>
      <BesidePanels selection={selection} detail={detail} outcomes={beside.outcomes} samples={samples} names={names} />
      {named.length > 2 && <AgreementMatrix runs={named} pairs={pairs} />}
      <OverlaidCurves runs={named} labels={labels} />
      <CurvesPanel runs={named} title="Curves of what they logged" />
    </>
  );
}
