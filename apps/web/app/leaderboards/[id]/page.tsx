import { Alert } from '@mantine/core';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { OnVersion } from '@/datasets/OnVersion';
import { Empty } from '@/design/Empty';
import { count } from '@/design/format';
import { ProblemNote } from '@/design/ProblemNote';
import { ProjectFrame } from '@/design/ProjectFrame';
import { RelativeTime } from '@/design/RelativeTime';
import { homeOf } from '@/design/sections';
import { readOnServer } from '@/graphql/server';
import { LeaderboardPage } from '@/leaderboards/documents';
import { nameOf } from '@/leaderboards/metric';
import { Ranking } from '@/leaderboards/Ranking';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
}

async function load({ params, searchParams }: Props) {
  const { id } = await params;
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { after } = await searchParams;
  const variables = { id: `Leaderboard_${id}`, ...(typeof after === 'string' ? { after } : {}) };
  const { node } = await readOnServer(LeaderboardPage, variables);
  return node?.__typename === 'Leaderboard' ? node : notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await load(props)).name };
}

export default async function LeaderboardRoute(props: Props) {
  const board = await load(props);
  const { project, result, entries, failure } = board;
  return (
    <ProjectFrame
      project={project}
      section="leaderboards"
      crumbs={[{ label: 'Leaderboards', href: `${homeOf(project)}/leaderboards` }]}
      title={board.name}
      about={
        <>
          {board.description && <p style={{ margin: '0 0 6px' }}>{board.description}</p>}
          <OnVersion version={board.datasetVersion} /> · {board.split?.toLowerCase() ?? 'all samples'} ·{' '}
          {nameOf(board.metric)}, {board.direction === 'HIGHER' ? 'higher' : 'lower'} is better
          {result && (
            <>
              {' '}
              · {count(result.samples)} samples · computed <RelativeTime value={result.computedAt} />
            </>
          )}
        </>
      }
    >
      {failure && <ProblemNote title="The ranking could not be computed." problem={failure} />}
      {result?.checks.map(({ code, level, message }) => (
        <Alert key={code} color={level === 'WARNING' ? 'orange' : 'gray'} variant="outline">
          {message}
        </Alert>
      ))}
      {entries.edges.length === 0 ? (
        <Empty title={board.labelsHidden ? 'The ranking is hidden for now.' : 'Nothing is ranked yet.'}>
          {board.labelsHidden
            ? 'It rests on labels that are hidden, until the competition ends.'
            : 'Runs that finish on these samples come in by themselves, some seconds later.'}
        </Empty>
      ) : (
        <Ranking metric={board.metric} costs={board.costs} entries={entries.edges.map(({ node }) => node)} />
      )}
      {entries.pageInfo.hasNextPage && (
        <Link href={`?after=${encodeURIComponent(entries.pageInfo.endCursor ?? '')}`}>More entries</Link>
      )}
      {result?.test && (
        <p className="muted" style={{ fontSize: 13, margin: 0, maxWidth: 820 }}>
          Ranks are 95 % confidence sets, valid for all entries together, from pairwise tests by {result.test} with
          Holm’s correction.
          {result.grouped && ' Entries that share a letter can not be told apart; those that share none differ.'}
        </p>
      )}
    </ProjectFrame>
  );
}
