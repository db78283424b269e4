import Link from 'next/link';
import { pValue } from '@/compare/verdict';
import { DataTable, type Head } from '@/design/DataTable';
import { EstimateCell } from '@/design/EstimateCell';
import { bareId, count, figure } from '@/design/format';
import { IntervalBar } from '@/design/IntervalBar';
import type { LeaderboardRowFragment } from '@/generated/graphql';
import { nameOf, unitOf } from './metric';

interface Props {
  metric: string;
  costs: readonly string[];
  entries: readonly LeaderboardRowFragment[];
}

/** The entries with how sure their ranks are; those that share a letter can't be told apart. */
export function Ranking({ metric, costs, entries }: Props) {
  const unit = unitOf(metric);
  const ends = entries.flatMap(({ value }) => [value.low ?? value.value, value.high ?? value.value]);
  const known = ends.filter((end) => end != null);
  const axis = { from: Math.min(...known), to: Math.max(...known) };
  const leader = entries[0]?.value.value;
  const heads: Head[] = [
    { label: 'Rank', hint: 'The ranks that an entry may truly have, at 95 % for all together' },
    { label: 'Groups', hint: 'Entries that share a letter can not be told apart' },
    { label: 'Entry' },
    { label: unit === 'percent' ? `${nameOf(metric)} %` : nameOf(metric), number: true },
    { label: 'Interval', hidden: true },
    { label: 'To the leader', number: true, hint: 'Paired difference, and p corrected by Holm' },
    ...costs.map((cost) => ({ label: nameOf(cost), number: true })),
  ];
  return (
    <div className="panel" style={{ padding: 8 }}>
      <DataTable label="Ranking" heads={heads}>
        {entries.map(({ position, rank, ranks, letters, name, run, value, toLeader, costs: paid, submissions }) => (
          <tr key={position}>
            <td style={{ fontWeight: 600, whiteSpace: 'nowrap' }}>
              {ranks && ranks.low !== ranks.high ? `${ranks.low} to ${ranks.high}` : (ranks?.low ?? rank)}
            </td>
            <td className="muted">{letters.join(' ')}</td>
            <td style={{ minWidth: 180, overflowWrap: 'anywhere' }}>
              {run ? <Link href={`/runs/${bareId(run.id)}`}>{name}</Link> : name}
              {submissions > 1 && (
                <span className="muted" style={{ display: 'block', fontSize: 12 }}>
                  the chosen one of {count(submissions)} runs
                </span>
              )}
            </td>
            <td className="number">
              <EstimateCell estimate={value} unit={unit} best={position === 0} />
            </td>
            <td style={{ minWidth: 140 }}>
              <IntervalBar interval={value} {...axis} {...(leader == null ? {} : { origin: leader })} />
            </td>
            <td className="number">
              {toLeader ? (
                <>
                  <EstimateCell estimate={toLeader.difference} unit={unit} />
                  <span className="muted" style={{ display: 'block', fontSize: 12 }}>
                    p {pValue(toLeader.adjustedP)}
                  </span>
                </>
              ) : (
                <span className="muted">{position === 0 ? 'the leader' : '–'}</span>
              )}
            </td>
            {paid.map((cost) => (
              <td key={cost.name} className="number" style={{ fontWeight: cost.onFront ? 650 : 400 }}>
                {cost.value == null ? '–' : figure(cost.value)}
              </td>
            ))}
          </tr>
        ))}
      </DataTable>
    </div>
  );
}
