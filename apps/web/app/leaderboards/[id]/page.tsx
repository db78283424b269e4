import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Empty } from '@/design/Empty';
import { count } from '@/design/format';
import { ProblemNote } from '@/design/ProblemNote';
import { readOnServer } from '@/graphql/server';
import { BoardPage } from '@/leaderboards/board.graphql';
import { BoardFrame } from '@/leaderboards/BoardFrame';
import { Checks } from '@/leaderboards/Checks';
import { Certainty } from '@/leaderboards/Certainty';
import { afterOf, boardIdOf, type BoardProps } from '@/leaderboards/load-board';
import { ParetoChart } from '@/leaderboards/ParetoChart';
import { Ranking } from '@/leaderboards/Ranking';

async function load({ params, searchParams }: BoardProps) {
  const variables = { id: boardIdOf((await params).id), ...afterOf((await searchParams).after) };
  const { node } = await readOnServer(BoardPage, variables);
  return node?.__typename === 'Leaderboard' ? node : notFound();
}

export async function generateMetadata(props: BoardProps): Promise<Metadata> {
  return { title: (await load(props)).name };
}

export default async function LeaderboardRoute(props: BoardProps) {
  const board = await load(props);
  const { result, entries, failure } = board;
  const rows = entries.edges.map(({ node }) => node);
  const onFirstPage = rows[0]?.position === 0;
  return (
    <BoardFrame board={board} view="ranking">
      {failure && <ProblemNote title="The ranking could not be computed." problem={failure} />}
      {result && result.revision !== board.revision && (
        <p className="muted" role="status" style={{ margin: 0 }}>
          The rule has changed; the rows below are of the one before. They are being ranked anew.
        </p>
      )}
      {result && <Checks checks={result.checks} />}
      {rows.length === 0 ? (
        <Empty title={board.labelsHidden ? 'The ranking is hidden for now.' : 'Nothing is ranked yet.'}>
          {board.labelsHidden
            ? 'It rests on labels that are hidden from you.'
            : 'Runs that finish on these samples come in by themselves, some seconds later.'}
        </Empty>
      ) : (
        <Ranking board={board} entries={rows} leader={onFirstPage ? (rows[0]?.value.value ?? undefined) : undefined} />
      )}
      {(entries.pageInfo.hasNextPage || !onFirstPage) && rows.length > 0 && (
        <nav className="row" aria-label="Pages" style={{ fontSize: 13 }}>
          <span className="muted">
            {count(rows[0]!.position + 1)} to {count(rows.at(-1)!.position + 1)} of {count(entries.totalCount)}
          </span>
          {!onFirstPage && <Link href="?">From the first</Link>}
          {entries.pageInfo.hasNextPage && (
            <Link href={`?after=${encodeURIComponent(entries.pageInfo.endCursor ?? '')}`}>More entries</Link>
          )}
        </nav>
      )}
      {result && rows.length > 0 && <Certainty result={result} />}
      {board.costs.length > 0 && rows.length > 1 && (
        <div className="charts">
          {board.costs.map((cost) => (
            <ParetoChart key={cost} metric={board.metric} cost={cost} entries={rows} />
          ))}
        </div>
      )}
    </BoardFrame>
  );
}
