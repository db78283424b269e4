import { ClassCurvesPanel } from './ClassCurvesPanel';
import { ConfusionMatrix } from './ConfusionMatrix';
import { CoveragePanel } from './CoveragePanel';
import { KeyFigures } from './KeyFigures';
import { MetricsPanel } from './MetricsPanel';
import { keyFigures } from './metrics';
import { PerClassTable } from './PerClassTable';
import { ReliabilityChart } from './ReliabilityChart';
import { SlicesPanel } from './SlicesPanel';
import type { EvaluationFiguresFragment } from '@/generated/graphql';

interface Props {
  runId: string;
  experimentId: string;
  evaluation: EvaluationFiguresFragment;
  /** Of the page that shows samples. */
  samples: string;
}

/** Beyond so many classes the matrix needs the whole width. */
const NARROW = 10;

/** What a run is worth: key figures first, then where it errs, how sure it is, and everything else. */
export function EvaluationPanels({ runId, experimentId, evaluation, samples }: Props) {
  const { confusionMatrix, scores } = evaluation;
  const byClass = (
    <section className="panel" aria-label="By class" style={{ padding: 8 }}>
      <PerClassTable evaluation={evaluation} pathname={samples} />
    </section>
  );
  return (
    <>
      <KeyFigures metrics={keyFigures(evaluation)} />
      <div className={confusionMatrix.labels.length <= NARROW ? 'halves' : 'stack'}>
        <section className="panel" aria-label="Confusion matrix">
          <h2 style={{ marginBottom: 8 }}>Confusion matrix</h2>
          <ConfusionMatrix matrix={confusionMatrix} pathname={samples} />
        </section>
        {scores ? (
          <ReliabilityChart bins={scores.calibrationBins} error={scores.expectedCalibrationError.value} />
        ) : (
          byClass
        )}
      </div>
      {scores && (
        <>
          {byClass}
          <ClassCurvesPanel runId={runId} evaluation={{ perClass: evaluation.perClass, scores }} />
        </>
      )}
      <div className={scores ? 'halves' : undefined}>
        {scores && <CoveragePanel runId={runId} />}
        <SlicesPanel runId={runId} experimentId={experimentId} pathname={samples} />
      </div>
      <section className="panel" aria-label="All metrics" style={{ padding: 8 }}>
        <h2 style={{ padding: '6px 10px' }}>All metrics</h2>
        <MetricsPanel evaluation={evaluation} />
      </section>
    </>
  );
}
