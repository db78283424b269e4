import Link from 'next/link';
import { bareId, count } from '@/design/format';
import type { BoardHeadFragment, LeaderboardRowFragment } from '@/generated/graphql';

interface Props {
  entry: LeaderboardRowFragment;
  board: Pick<BoardHeadFragment, 'result' | 'entryPer' | 'excludeLeaks'>;
}

/** Classes that are named; more are counted. */
const NAMED = 3;

/** Who stands in a row, and what is unusual about it. */
export function EntryCell({ entry, board }: Props) {
  const { name, run, entrant } = entry;
  const remarks = remarksOf(entry, board);
  return (
    <td style={{ minWidth: 180, overflowWrap: 'anywhere' }}>
      {run ? (
        <Link href={`/runs/${bareId(run.id)}`} prefetch={false}>
          {name}
        </Link>
      ) : (
        name
      )}
      {entrant != null && <span className="muted"> by {entrant}</span>}
      {remarks.length > 0 && (
        <span className="muted" style={{ display: 'block', fontSize: 12 }}>
          {remarks.join(' · ')}
        </span>
      )}
    </td>
  );
}

function remarksOf({ submissions, covered, neverPredicts, entrant }: Props['entry'], board: Props['board']): string[] {
  const samples = (board.result?.samples ?? 0) + (board.excludeLeaks ? (board.result?.leakedSamples ?? 0) : 0);
  const of = entrant == null ? 'runs' : 'submissions';
  const more = neverPredicts.length - NAMED;
  return [
    ...(submissions > 1
      ? [`${board.entryPer === 'MODEL_CONFIG' ? 'the chosen one of' : 'one of'} ${count(submissions)} ${of}`]
      : []),
    ...(covered < samples ? [`${((100 * covered) / samples).toFixed(1)} % of the samples predicted`] : []),
    ...(neverPredicts.length > 0
      ? [`never says ${neverPredicts.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`]
      : []),
  ];
}
