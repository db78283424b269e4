import { count, percent } from '@/design/format';
import type { RunBesideFragment } from '@/generated/graphql';
import { DifferenceBar, DifferenceCell, reachOf } from './DifferenceBar';

const share = (value: number | null | undefined): string => (value == null ? '–' : percent(value));

/** In which class the two runs differ. */
export function ClassDifferences({ perClass }: Pick<RunBesideFragment, 'perClass'>) {
  const reach = reachOf(perClass.map((of) => of.recall.difference));
  return (
    <div className="scroll">
      <table className="data" aria-label="Differences by class">
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col" className="number">
              Samples
            </th>
            <th scope="col" className="number">
              Fixed
            </th>
            <th scope="col" className="number">
              Broken
            </th>
            <th scope="col" className="number" title="Reference → run">
              Recall %
            </th>
            <th scope="col" className="number">
              Difference
            </th>
            <th scope="col">95 % interval around 0</th>
            <th scope="col" className="number">
              F1, difference
            </th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
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
    <div className="scroll">
      <table className="data" aria-label="Differences of metrics">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col" className="number">
              Reference
            </th>
            <th scope="col" className="number">
              Run
            </th>
            <th scope="col" className="number">
              Difference
            </th>
            <th scope="col">95 % interval around 0</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
  );
}
