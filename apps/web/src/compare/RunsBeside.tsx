import Link from 'next/link';
import { DataTable, type Head } from '@/design/DataTable';
import { EstimateCell } from '@/design/EstimateCell';
import { bareId, count, percent } from '@/design/format';
import type { ComparedRunFragment, RunBesideFragment } from '@/generated/graphql';
import { DifferenceBar, DifferenceCell, reachOf } from './DifferenceBar';
import { NumberedName } from './NumberedName';
import { addressOf, METRICS, type Selection } from './selection';
import { pValue, verdictOf } from './verdict';
import { VerdictWord } from './VerdictWord';

interface Props {
  reference: ComparedRunFragment;
  runs: readonly RunBesideFragment[];
  selection: Selection;
}

const headsOf = (metric: string): Head[] => [
  { label: 'Run' },
  { label: metric, number: true },
  { label: 'Difference', number: true, hint: `${metric} of the run − that of the reference, in points` },
  { label: '95 % interval around 0' },
  {
    label: 'p, corrected',
    number: true,
    hint: "McNemar's mid-p test of the accuracies on the same samples, corrected by Holm for the number of runs",
  },
  { label: 'Verdict', hint: 'Of that test: about accuracy, whichever metric is shown' },
  { label: 'Fixed', number: true, hint: 'Wrong in the reference, right in the run' },
  { label: 'Broken', number: true, hint: 'Right in the reference, wrong in the run' },
];

export const metricOf = ({ metrics }: RunBesideFragment, name: Selection['metric']) =>
  metrics.find((metric) => metric.name === name)!;

/** Every run beside the reference: how much better, how sure, on how many samples. */
export function RunsBeside({ reference, runs, selection }: Props) {
  const { metric } = selection;
  const reach = reachOf(runs.map((run) => metricOf(run, metric).difference));
  const ofReference = metricOf(runs[0]!, metric).reference;
  return (
    <DataTable label="Runs beside the reference" heads={headsOf(METRICS[metric])}>
      <tr>
        <td>
          <RunName run={reference} />
          <span className="muted" style={{ fontSize: 12 }}>
            the reference
          </span>
        </td>
        <td className="number">
          {metric === 'accuracy' ? (
            <EstimateCell estimate={reference.evaluation?.accuracy} />
          ) : ofReference == null ? (
            '–'
          ) : (
            percent(ofReference)
          )}
        </td>
        <td colSpan={6} className="muted" style={{ fontSize: 13 }}>
          Every run below is compared with this one on the same samples.
        </td>
      </tr>
      {runs.map((run) => (
        <Row key={run.run.id} beside={run} selection={selection} reach={reach} />
      ))}
    </DataTable>
  );
}

function Row({ beside, selection, reach }: { beside: RunBesideFragment; selection: Selection; reach: number }) {
  const { run, mcnemar, outcomes } = beside;
  const id = bareId(run.id);
  const samples = (outcome: Selection['outcome']): string =>
    `${addressOf({ ...selection, beside: id, outcome })}#samples`;
  const { value, difference } = metricOf(beside, selection.metric);
  return (
    <tr aria-current={selection.beside === id ? 'true' : undefined}>
      <td>
        <RunName run={run} />
        <span className="row" style={{ gap: 10, fontSize: 12 }}>
          <Link href={addressOf({ ...selection, reference: id, beside: selection.reference })} scroll={false}>
            Make reference
          </Link>
          {selection.beside !== id && (
            <Link href={addressOf({ ...selection, beside: id })} scroll={false}>
              Show below
            </Link>
          )}
        </span>
      </td>
      <td className="number">
        {selection.metric === 'accuracy' ? (
          <EstimateCell estimate={run.evaluation?.accuracy} />
        ) : value == null ? (
          '–'
        ) : (
          percent(value)
        )}
      </td>
      <td className="number">
        <DifferenceCell difference={difference} />
      </td>
      <td>
        <DifferenceBar difference={difference} reach={reach} />
      </td>
      <td className="number" title={`mid-p ${pValue(mcnemar.midP)}, exact ${pValue(mcnemar.exactP)}`}>
        {pValue(mcnemar.adjustedP)}
      </td>
      <td>
        <VerdictWord verdict={verdictOf(mcnemar.adjustedP, outcomes.fixed, outcomes.broken)} />
      </td>
      <td className="number">
        <Link
          href={samples('FIXED')}
          scroll={false}
          aria-label={`${outcomes.fixed} samples that ${run.name} has fixed`}
        >
          {count(outcomes.fixed)}
        </Link>
      </td>
      <td className="number">
        <Link
          href={samples('BROKEN')}
          scroll={false}
          aria-label={`${outcomes.broken} samples that ${run.name} has broken`}
        >
          {count(outcomes.broken)}
        </Link>
      </td>
    </tr>
  );
}

function RunName({ run: { id, name } }: { run: ComparedRunFragment }) {
  return (
    <Link
      href={`/runs/${bareId(id)}`}
      title={name}
      style={{ display: 'flex', gap: '0.35em', width: 'max-content', maxWidth: 'min(280px, 44vw)' }}
    >
      <NumberedName id={id} name={name} />
    </Link>
  );
}
