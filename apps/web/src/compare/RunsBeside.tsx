import Link from 'next/link';
import { DataTable, type Head } from '@/design/DataTable';
import { EstimateCell } from '@/design/EstimateCell';
import { bareId, count } from '@/design/format';
import type { ComparedRunFragment, RunBesideFragment } from '@/generated/graphql';
import { DifferenceBar, DifferenceCell, reachOf } from './DifferenceBar';
import { addressOf, type Selection } from './selection';
import { pValue, verdictOf, type Verdict } from './verdict';

const RUNS_BESIDE_THE_REFERENCE_HEADS: readonly Head[] = [
  { label: 'Run' },
  { label: 'Accuracy %', number: true },
  { label: 'Difference', number: true, hint: 'Accuracy of the run − that of the reference, in points of percent' },
  { label: '95 % interval around 0' },
  {
    label: 'p, corrected',
    number: true,
    hint: "McNemar's mid-p test on the same samples, corrected by Holm for the number of runs",
  },
  { label: 'Verdict' },
  { label: 'Fixed', number: true, hint: 'Wrong in the reference, right in the run' },
  { label: 'Broken', number: true, hint: 'Right in the reference, wrong in the run' },
  { label: 'Macro F1', number: true, hint: 'Macro F1 of the run − that of the reference' },
];

interface Props {
  reference: ComparedRunFragment;
  runs: readonly RunBesideFragment[];
  selection: Selection;
}

const differenceOf = (run: RunBesideFragment, name: string) =>
  run.metrics.find((metric) => metric.name === name)!.difference;

/** Every run beside the reference: how much better, how sure, on how many samples. */
export function RunsBeside({ reference, runs, selection }: Props) {
  const reach = reachOf(runs.map((run) => differenceOf(run, 'accuracy')));
  return (
    <div className="panel" style={{ padding: 8 }}>
      <DataTable label="Runs beside the reference" heads={RUNS_BESIDE_THE_REFERENCE_HEADS}>
        <tr>
          <td>
            <RunName run={reference} />
            <span className="muted" style={{ fontSize: 12 }}>
              the reference
            </span>
          </td>
          <td className="number">
            <EstimateCell estimate={reference.evaluation?.accuracy} />
          </td>
          <td colSpan={7} className="muted" style={{ fontSize: 13 }}>
            Every run below is compared with this one on the same samples.
          </td>
        </tr>
        {runs.map((run) => (
          <Row key={run.run.id} beside={run} selection={selection} reach={reach} />
        ))}
      </DataTable>
    </div>
  );
}

function Row({ beside, selection, reach }: { beside: RunBesideFragment; selection: Selection; reach: number }) {
  const { run, mcnemar, outcomes } = beside;
  const id = bareId(run.id);
  const samples = (outcome: Selection['outcome']): string =>
    `${addressOf({ ...selection, beside: id, outcome })}#samples`;
  const accuracy = differenceOf(beside, 'accuracy');
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
        <EstimateCell estimate={run.evaluation?.accuracy} />
      </td>
      <td className="number">
        <DifferenceCell difference={accuracy} />
      </td>
      <td>
        <DifferenceBar difference={accuracy} reach={reach} />
      </td>
      <td className="number" title={`mid-p ${pValue(mcnemar.midP)}, exact ${pValue(mcnemar.exactP)}`}>
        {pValue(mcnemar.adjustedP)}
      </td>
      <td>
        <VerdictBadge verdict={verdictOf(mcnemar.adjustedP, outcomes.fixed, outcomes.broken)} />
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
      <td className="number">
        <DifferenceCell difference={differenceOf(beside, 'macroF1')} />
      </td>
    </tr>
  );
}

function RunName({ run }: { run: ComparedRunFragment }) {
  return (
    <Link href={`/runs/${bareId(run.id)}`} className="truncate" style={{ maxWidth: 280 }} title={run.name}>
      {run.name} <span className="muted">#{bareId(run.id)}</span>
    </Link>
  );
}

/** The word carries the meaning; the colour only helps. */
function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const colour = { better: 'var(--right)', worse: 'var(--wrong)', 'no difference shown': 'var(--muted)' }[verdict];
  return (
    <span style={{ color: colour, fontWeight: verdict === 'no difference shown' ? 400 : 620, whiteSpace: 'nowrap' }}>
      {verdict}
    </span>
  );
}
