import { pValue } from '@/compare/verdict';
import { DataTable, type Head } from '@/design/DataTable';
import { EstimateCell } from '@/design/EstimateCell';
import { figure } from '@/design/format';
import { IntervalBar } from '@/design/IntervalBar';
import type { BoardHeadFragment, LeaderboardRowFragment } from '@/generated/graphql';
import { EntryCell } from './EntryCell';
import { Groups, groupsOf, type Group } from './Groups';
import groupStyles from './Groups.module.css';
import { inItsUnit, nameOf, unitOf } from './metric';

interface Props {
  board: Pick<BoardHeadFragment, 'metric' | 'costs' | 'excludeLeaks' | 'entryPer' | 'result'>;
  entries: readonly LeaderboardRowFragment[];
  /** What the first of all entries has, which may stand on an earlier page. */
  leader: number | undefined;
}

/** The entries with how sure their ranks are; a bar joins those that can't be told apart. */
export function Ranking({ board, entries, leader }: Props) {
  const { metric, costs, result, excludeLeaks } = board;
  const unit = unitOf(metric);
  const ends = entries.flatMap(({ value }) => [value.low ?? value.value, value.high ?? value.value]);
  const known = ends.filter((end) => end != null);
  const axis = { from: Math.min(...known), to: Math.max(...known) };
  const grouped = result?.grouped === true;
  const leaked = entries.some(({ otherwise }) => otherwise != null);
  const tested = result?.test != null;
  const competing = entries.some(({ publicValue }) => publicValue != null) && result?.part === 'PRIVATE';
  const groups = groupsOf(entries.map(({ letters }) => letters));
  const heads: Head[] = [
    { label: 'Rank', hint: 'The ranks that an entry may truly have, at 95 % for all together' },
    ...(grouped ? [{ label: 'Groups', hint: 'Entries that share a bar can not be told apart' }] : []),
    { label: 'Entry' },
    { label: unit === 'percent' ? `${nameOf(metric)} %` : nameOf(metric), number: true },
    { label: 'Interval', hidden: true },
    ...(competing ? [{ label: 'Public part', number: true, hint: 'By which it was chosen' }] : []),
    ...(tested ? [{ label: 'To the leader', number: true, hint: 'Paired difference, and p corrected by Holm' }] : []),
    ...(leaked ? [{ label: excludeLeaks ? 'With leaked' : 'Without leaked', number: true, hint: LEAK_HINT }] : []),
    ...costs.map((cost) => ({ label: nameOf(cost), number: true })),
  ];
  return (
    <div className="panel" style={{ padding: 8 }}>
      <DataTable label="Ranking" heads={heads}>
        {entries.map((entry, i) => (
          <tr key={entry.position}>
            <td style={{ fontWeight: 600, whiteSpace: 'nowrap' }}>{ranksOf(entry)}</td>
            {grouped && <GroupCell groups={groups} letters={entry.letters} at={i} />}
            <EntryCell entry={entry} board={board} />
            <td className="number">
              <EstimateCell estimate={entry.value} unit={unit} best={entry.position === 0} />
            </td>
            <td style={{ minWidth: 140 }}>
              <IntervalBar interval={entry.value} {...axis} {...(leader === undefined ? {} : { origin: leader })} />
            </td>
            {competing && (
              <td className="number">
                <EstimateCell estimate={entry.publicValue} unit={unit} />
              </td>
            )}
            {tested && <ToLeader entry={entry} unit={unit} />}
            {leaked && <Otherwise entry={entry} unit={unit} />}
            {entry.costs.map(({ name, value, onFront }) => (
              <td
                key={name}
                className="number"
                style={{ fontWeight: onFront ? 650 : 400 }}
                title={onFront ? 'On the Pareto front: none is as good for less' : undefined}
              >
                {value == null ? '–' : figure(inItsUnit(name, value))}
              </td>
            ))}
          </tr>
        ))}
      </DataTable>
    </div>
  );
}

const LEAK_HINT = 'Rank and value with the other choice about samples that stand in an earlier split, too';

const ranksOf = ({ ranks, rank }: LeaderboardRowFragment): string | number =>
  ranks && ranks.low !== ranks.high ? `${ranks.low} to ${ranks.high}` : (ranks?.low ?? rank);

const GroupCell = (props: { groups: readonly Group[]; letters: readonly string[]; at: number }) => (
  <td className={groupStyles.cell} style={{ paddingLeft: 18 + 8 * props.groups.length }}>
    <Groups {...props} />
  </td>
);

interface CellProps {
  entry: LeaderboardRowFragment;
  unit: ReturnType<typeof unitOf>;
}

const ToLeader = ({ entry: { toLeader, position }, unit }: CellProps) => (
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
);

const Otherwise = ({ entry: { otherwise, rank }, unit }: CellProps) => (
  <td className="number">
    {otherwise ? (
      <>
        <EstimateCell estimate={{ ...otherwise.value, low: null, high: null }} unit={unit} />
        <span
          className={otherwise.rank === rank ? 'muted' : undefined}
          style={{ display: 'block', fontSize: 12, fontWeight: otherwise.rank === rank ? 400 : 650 }}
        >
          rank {otherwise.rank}
        </span>
      </>
    ) : (
      '–'
    )}
  </td>
);
