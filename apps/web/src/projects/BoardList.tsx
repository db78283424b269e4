import { IconTrophy } from '@tabler/icons-react';
import Link from 'next/link';
import { EstimateCell } from '@/design/EstimateCell';
import { bareId, count } from '@/design/format';
import type { BoardSummaryFragment } from '@/generated/graphql';

/** Rankings, each with what leads it. */
export function BoardList({ boards }: { boards: readonly BoardSummaryFragment[] }) {
  return (
    <ul className="panel plain-list board-list">
      {boards.map(({ id, name, metric, datasetVersion, entries }) => {
        const leader = entries.edges[0]?.node;
        return (
          <li key={id}>
            <span style={{ minWidth: 0, flex: 1 }}>
              <Link href={`/leaderboards/${bareId(id)}`} className="truncate" style={{ fontWeight: 570 }} title={name}>
                {name}
              </Link>
              <span className="truncate muted" style={{ fontSize: 12.5 }}>
                {metric} on {datasetVersion.dataset.name}, {datasetVersion.name} · {count(entries.totalCount)}{' '}
                {entries.totalCount === 1 ? 'entry' : 'entries'}
              </span>
              {leader && (
                <span className="truncate" style={{ fontSize: 12.5 }} title={leader.name}>
                  <IconTrophy size={13} aria-hidden="true" style={{ verticalAlign: -2, marginRight: 4 }} />
                  {leader.name}
                </span>
              )}
            </span>
            {leader && <LeadingValue metric={metric} estimate={leader.value} />}
          </li>
        );
      })}
    </ul>
  );
}

/** Metrics that are shares are told in percent, others as they are. */
const SHARES = /^(?:accuracy|balancedAccuracy|macro|weighted)/;

function LeadingValue({
  metric,
  estimate,
}: {
  metric: string;
  estimate: NonNullable<BoardSummaryFragment['entries']['edges'][number]>['node']['value'];
}) {
  if (SHARES.test(metric)) return <EstimateCell estimate={estimate} />;
  return <span className="number">{estimate.value?.toPrecision(4) ?? '–'}</span>;
}
