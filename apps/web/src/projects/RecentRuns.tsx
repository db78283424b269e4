import Link from 'next/link';
import { DataTable } from '@/design/DataTable';
import { EstimateCell } from '@/design/EstimateCell';
import { bareId } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import type { RunLineFragment } from '@/generated/graphql';
import { StatusBadge } from '@/runs/StatusBadge';

const HEADS = [
  { label: 'Run' },
  { label: 'Status' },
  { label: 'Accuracy %', number: true },
  { label: 'Ended', number: true },
];

/** What ended last. */
export function RecentRuns({ runs }: { runs: readonly RunLineFragment[] }) {
  return (
    <div className="panel" style={{ padding: 4 }}>
      <DataTable label="Recent runs" heads={HEADS}>
        {runs.map(({ id, name, status, sampleDone, sampleTotal, experiment, evaluation, finishedAt, createdAt }) => (
          <tr key={id}>
            <td style={{ minWidth: 160, maxWidth: 320 }}>
              <Link href={`/runs/${bareId(id)}`} className="truncate" title={name}>
                {name}
              </Link>
              <span className="truncate muted" style={{ fontSize: 12.5 }} title={experiment.name}>
                {experiment.name}
              </span>
            </td>
            <td>
              <StatusBadge status={status} done={sampleDone} total={sampleTotal} />
            </td>
            <td className="number">
              {evaluation ? <EstimateCell estimate={evaluation.accuracy} /> : <span className="muted">–</span>}
            </td>
            <td className="number">
              <RelativeTime value={finishedAt ?? createdAt} />
            </td>
          </tr>
        ))}
      </DataTable>
    </div>
  );
}
