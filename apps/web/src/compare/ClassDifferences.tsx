import Link from 'next/link';
import { DataTable, type Head } from '@/design/DataTable';
import { count, percent } from '@/design/format';
import type { BesideDetailFragment } from '@/generated/graphql';
import { DifferenceBar, DifferenceCell, reachOf } from './DifferenceBar';
import { METRICS, type ComparedMetricName } from './selection';
import { pValue, verdictOf } from './verdict';
import { VerdictWord } from './VerdictWord';

const DIFFERENCES_BY_CLASS_HEADS: readonly Head[] = [
  { label: 'Class' },
  { label: 'Samples', number: true },
  { label: 'Fixed', number: true },
  { label: 'Broken', number: true },
  { label: 'Recall %', number: true, hint: 'Reference → run' },
  { label: 'Difference', number: true },
  { label: '95 % interval around 0' },
  {
    label: 'p, corrected',
    number: true,
    hint: "McNemar's mid-p test on the samples of the class, corrected by Holm for the number of classes",
  },
  { label: 'Verdict' },
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

/** In which class the two runs differ. @param samplesOf where the samples of a class stand in the run */
export function ClassDifferences({
  perClass,
  samplesOf,
}: Pick<BesideDetailFragment, 'perClass'> & { samplesOf: (label: string) => string }) {
  const reach = reachOf(perClass.map((of) => of.recall.difference));
  return (
    <DataTable label="Differences by class" heads={DIFFERENCES_BY_CLASS_HEADS}>
      {perClass.map(({ label, support, fixed, broken, midP, adjustedP, recall, f1 }) => (
        <tr key={label}>
          <td>
            <Link href={samplesOf(label)}>{label}</Link>
          </td>
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
          <td className="number" title={`mid-p ${pValue(midP)}, before the correction`}>
            {pValue(adjustedP)}
          </td>
          <td>
            <VerdictWord verdict={verdictOf(adjustedP, fixed, broken)} />
          </td>
          <td className="number">
            <DifferenceCell difference={f1.difference} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

/** All metrics of the two, with paired intervals. */
export function MetricDifferences({ metrics }: Pick<BesideDetailFragment, 'metrics'>) {
  const reach = reachOf(metrics.map((metric) => metric.difference));
  return (
    <DataTable label="Differences of metrics" heads={DIFFERENCES_OF_METRICS_HEADS}>
      {metrics.map(({ name, reference, value, difference }) => (
        <tr key={name}>
          <td>{METRICS[name as ComparedMetricName]}</td>
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
