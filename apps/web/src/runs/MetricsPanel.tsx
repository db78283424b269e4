import { DataTable, type Head } from '@/design/DataTable';
import { EstimateCell, IntervalBar } from '@/design/EstimateCell';
import { count } from '@/design/format';
import type { RunDetailFragment } from '@/generated/graphql';

const METRICS_HEADS: readonly Head[] = [
  { label: 'Metric' },
  { label: '%, 95 % interval', number: true },
  { label: '0 to 100 %' },
];

const METRICS_BY_CLASS_HEADS: readonly Head[] = [
  { label: 'Class' },
  { label: 'Samples', number: true },
  { label: 'Predicted', number: true },
  { label: 'Precision %', number: true },
  { label: 'Recall %', number: true },
  { label: 'F1 %', number: true },
];

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
    <>
      <DataTable label="Metrics" heads={METRICS_HEADS}>
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
      </DataTable>
      <p className="muted" style={{ fontSize: 12.5, margin: '8px 10px 0' }}>
        Over {count(evaluation.samples)} samples
        {evaluation.covered < evaluation.samples &&
          `, ${count(evaluation.samples - evaluation.covered)} of them without a prediction, which counts as wrong`}
        . Computed by version {evaluation.codeVersion} from predictions {evaluation.predictionsDigest.slice(0, 12)}.
      </p>
    </>
  );
}

export function PerClassTable({ evaluation }: { evaluation: Evaluation }) {
  return (
    <DataTable label="Metrics by class" heads={METRICS_BY_CLASS_HEADS}>
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
    </DataTable>
  );
}
