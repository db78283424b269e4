import { EstimateCell, IntervalBar } from '@/design/EstimateCell';
import { count } from '@/design/format';
import type { RunDetailFragment } from '@/generated/graphql';

type Evaluation = NonNullable<RunDetailFragment['evaluation']>;

/** The run's figures over all classes, each with its interval. */
export function MetricsPanel({ evaluation }: { evaluation: Evaluation }) {
  const metrics = [
    ['Accuracy', evaluation.accuracy],
    ['Balanced accuracy', evaluation.balancedAccuracy],
    ['Macro precision', evaluation.macroPrecision],
    ['Macro recall', evaluation.macroRecall],
    ['Macro F1', evaluation.macroF1],
  ] as const;
  return (
    <div className="scroll">
      <table className="data" aria-label="Metrics">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col" className="number">
              %, 95 % interval
            </th>
            <th scope="col">0 to 100 %</th>
          </tr>
        </thead>
        <tbody>
          {metrics.map(([name, estimate]) => (
            <tr key={name}>
              <td>{name}</td>
              <td className="number">
                <EstimateCell estimate={estimate} />
              </td>
              <td>
                <IntervalBar estimate={estimate} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted" style={{ fontSize: 12.5, margin: '8px 10px 0' }}>
        Over {count(evaluation.samples)} samples
        {evaluation.covered < evaluation.samples &&
          `, ${count(evaluation.samples - evaluation.covered)} of them without a prediction, which counts as wrong`}
        . Computed by version {evaluation.codeVersion} from predictions {evaluation.predictionsDigest.slice(0, 12)}.
      </p>
    </div>
  );
}

export function PerClassTable({ evaluation }: { evaluation: Evaluation }) {
  return (
    <div className="scroll">
      <table className="data" aria-label="Metrics by class">
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col" className="number">
              Samples
            </th>
            <th scope="col" className="number">
              Predicted
            </th>
            <th scope="col" className="number">
              Precision %
            </th>
            <th scope="col" className="number">
              Recall %
            </th>
            <th scope="col" className="number">
              F1 %
            </th>
          </tr>
        </thead>
        <tbody>
          {evaluation.perClass.map((c) => (
            <tr key={c.label}>
              <td>{c.label}</td>
              <td className="number">{count(c.support)}</td>
              <td className="number">{count(c.predicted)}</td>
              <td className="number">
                <EstimateCell estimate={c.precision} />
              </td>
              <td className="number">
                <EstimateCell estimate={c.recall} />
              </td>
              <td className="number">
                <EstimateCell estimate={c.f1} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
