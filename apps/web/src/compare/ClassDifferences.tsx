import { DataTable, type Head } from '@/design/DataTable';
import { count, percent } from '@/design/format';
import type { RunBesideFragment } from '@/generated/graphql';
import { DifferenceBar, DifferenceCell, reachOf } from './DifferenceBar';

const DIFFERENCES_BY_CLASS_HEADS: readonly Head[] = [
  { label: 'Class' },
  { label: 'Samples', number: true },
  { label: 'Fixed', number: true },
  { label: 'Broken', number: true },
  { label: 'Recall %', number: true, hint: 'Reference → run' },
  { label: 'Difference', number: true },
  { label: '95 % interval around 0' },
  { label: 'F1, difference', number: true },
];

const DIFFERENCES_OF_METRICS_HEADS: readonly Head[] = [
  { label: 'Metric' },
  { label: 'Reference', number: true },
  { label: 'Run', number: true },
  { label: 'Difference', number: true },
  { label: '95 % interval around 0' },
];

const share = (value: number | null | undefined): string => (value == null ? '–' : percent(value));

/** In which class the two runs differ. */
export function ClassDifferences({ perClass }: Pick<RunBesideFragment, 'perClass'>) {
  const reach = reachOf(perClass.map((of) => of.recall.difference));
  return (
    <DataTable label="Differences by class" heads={DIFFERENCES_BY_CLASS_HEADS}>
      {perClass.map(({ label, support, fixed, broken, recall, f1 }) => (
        <tr key={label}>
          <td>{label}</td>
          <td className="number">{count(support)}</td>
          <td className="number">{count(fixed)}</td>
          <td className="number">{count(broken)}</td>
          <td className="number">
            {share(recall.reference)} → {share(recall.value)}
          </td>
          <td className="number">
            <DifferenceCell difference={recall.difference} />
          </td>
          <td>
            <DifferenceBar difference={recall.difference} reach={reach} />
          </td>
          <td className="number">
            <DifferenceCell difference={f1.difference} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

const NAMES: Readonly<Record<string, string>> = {
  accuracy: 'Accuracy',
  balancedAccuracy: 'Balanced accuracy',
  macroPrecision: 'Macro precision',
  macroRecall: 'Macro recall',
  macroF1: 'Macro F1',
  weightedF1: 'Weighted F1',
  // From −1 to 1, shown in hundredths like the rest.
  cohenKappa: 'Cohen’s kappa × 100',
  matthewsCorrelation: 'Matthews’ correlation × 100',
};

/** All metrics of the two, with paired intervals. */
export function MetricDifferences({ metrics }: Pick<RunBesideFragment, 'metrics'>) {
  const reach = reachOf(metrics.map((metric) => metric.difference));
  return (
    <DataTable label="Differences of metrics" heads={DIFFERENCES_OF_METRICS_HEADS}>
      {metrics.map(({ name, reference, value, difference }) => (
        <tr key={name}>
          <td>{NAMES[name] ?? name}</td>
          <td className="number">{share(reference)}</td>
          <td className="number">{share(value)}</td>
          <td className="number">
            <DifferenceCell difference={difference} />
          </td>
          <td>
            <DifferenceBar difference={difference} reach={reach} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
