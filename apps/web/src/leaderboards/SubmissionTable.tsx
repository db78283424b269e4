import { DataTable } from '@/design/DataTable';
import { EstimateCell } from '@/design/EstimateCell';
import { Digest } from '@/design/Digest';
import { RelativeTime } from '@/design/RelativeTime';
import type { SubmissionItemFragment, SubmissionStatus } from '@/generated/graphql';
import { nameOf, unitOf } from './metric';

const STATES: Record<SubmissionStatus, string> = { RECEIVED: 'being scored', SCORED: 'scored', FAILED: 'failed' };

interface Props {
  metric: string;
  submissions: readonly SubmissionItemFragment[];
}

/** Submissions with what each part said of them. */
export function SubmissionTable({ metric, submissions }: Props) {
  const unit = unitOf(metric);
  const sign = unit === 'percent' ? ' %' : '';
  const revealed = submissions.some(({ privateScore }) => privateScore != null);
  return (
    <div className="panel" style={{ padding: 8 }}>
      <DataTable
        label="Submissions"
        heads={[
          { label: 'Submission' },
          { label: 'Sent' },
          { label: 'State' },
          { label: `${nameOf(metric)}${sign}, public`, number: true },
          ...(revealed ? [{ label: `${nameOf(metric)}${sign}, private`, number: true }] : []),
          { label: 'Receipt', hint: 'SHA-256 of the predictions as they were received' },
        ]}
      >
        {submissions.map((one) => (
          <tr key={one.id}>
            <td style={{ minWidth: 160, overflowWrap: 'anywhere' }}>
              {one.name}
              <span className="muted" style={{ display: 'block', fontSize: 12 }}>
                {one.entrant}, no. {one.number}
                {one.knewLabels && ' · saw the hidden labels'}
                {one.note !== '' && ` · ${one.note}`}
              </span>
            </td>
            <td className="muted">
              <RelativeTime value={one.createdAt} />
            </td>
            <td>
              {STATES[one.status]}
              {one.failure && (
                <span className="muted" style={{ display: 'block', fontSize: 12 }}>
                  {[one.failure.message, one.failure.mend].filter(Boolean).join(' ')}
                </span>
              )}
            </td>
            <td className="number">
              <EstimateCell estimate={one.publicScore} unit={unit} />
            </td>
            {revealed && (
              <td className="number">
                <EstimateCell estimate={one.privateScore} unit={unit} />
              </td>
            )}
            <td>
              <Digest value={one.predictionsDigest} />
            </td>
          </tr>
        ))}
      </DataTable>
    </div>
  );
}
