import { Button } from '@mantine/core';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { DataTable } from '@/design/DataTable';
import { Empty } from '@/design/Empty';
import { EstimateCell } from '@/design/EstimateCell';
import { bareId } from '@/design/format';
import { LinkButton } from '@/design/LinkButton';
import { ProjectFrame } from '@/design/ProjectFrame';
import { RelativeTime } from '@/design/RelativeTime';
import { readOnServer } from '@/graphql/server';
import { LeaderboardsPage } from '@/leaderboards/documents';
import { nameOf, unitOf } from '@/leaderboards/metric';

export const metadata: Metadata = { title: 'Leaderboards' };

interface Props {
  params: Promise<{ team: string; project: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
}

export default async function LeaderboardsRoute({ params, searchParams }: Props) {
  const { team, project: slug } = await params;
  const { after } = await searchParams;
  const variables = { team, slug, ...(typeof after === 'string' ? { after } : {}) };
  const { project } = await readOnServer(LeaderboardsPage, variables);
  if (!project) notFound();
  const { edges, pageInfo } = project.leaderboards;
  const mayWrite = project.viewerPermissions.includes('WRITE');
  // Models are compared over datasets where several boards rank them.
  const comparable = edges.length > 1;
  return (
    <ProjectFrame
      project={project}
      section="leaderboards"
      title="Leaderboards"
      about="Rankings of runs on the same samples that say how sure each rank is, and what to know before believing it."
      actions={
        mayWrite && (
          <LinkButton href={`/leaderboards/new?project=${bareId(project.id)}`} size="xs">
            New leaderboard
          </LinkButton>
        )
      }
    >
      {edges.length === 0 && after === undefined ? (
        <Empty title="No leaderboard yet.">
          A leaderboard names a dataset version, a split and a metric, and is kept up to date as runs finish.
          {mayWrite && (
            <>
              {' '}
              <Link href={`/leaderboards/new?project=${bareId(project.id)}`}>Make the first one</Link>.
            </>
          )}
        </Empty>
      ) : (
        <form action="/leaderboards/compare" className="panel stack" style={{ padding: 8, gap: 8 }}>
          <DataTable
            label="Leaderboards"
            heads={[
              { label: 'Leaderboard' },
              { label: 'Ranks' },
              { label: 'Leader' },
              { label: 'Its value', number: true },
              { label: 'Computed' },
              ...(comparable ? [{ label: 'Compare', hint: 'Models over several datasets' }] : []),
            ]}
          >
            {edges.map(({ node }) => {
              const leader = node.entries.edges[0]?.node;
              return (
                <tr key={node.id}>
                  <td style={{ minWidth: 180, overflowWrap: 'anywhere' }}>
                    <Link href={`/leaderboards/${bareId(node.id)}`} style={{ fontWeight: 600 }}>
                      {node.name}
                    </Link>
                    <span className="muted" style={{ display: 'block', fontSize: 12.5 }}>
                      {node.datasetVersion.dataset.name}, {node.datasetVersion.name} ·{' '}
                      {node.split?.toLowerCase() ?? 'all samples'}
                    </span>
                  </td>
                  <td>{nameOf(node.metric)}</td>
                  <td>{leader?.name ?? (node.labelsHidden ? 'hidden until it ends' : '–')}</td>
                  <td className="number">
                    <EstimateCell estimate={leader?.value} unit={unitOf(node.metric)} />
                  </td>
                  <td className="muted">{node.result ? <RelativeTime value={node.result.computedAt} /> : 'not yet'}</td>
                  {comparable && (
                    <td>
                      <input type="checkbox" name="board" value={bareId(node.id)} aria-label={`Compare ${node.name}`} />
                    </td>
                  )}
                </tr>
              );
            })}
          </DataTable>
          {comparable && (
            <div className="row" style={{ justifyContent: 'flex-end', padding: '0 10px 6px' }}>
              <span className="muted" style={{ fontSize: 13 }}>
                Two or more boards of one metric show how models rank over datasets.
              </span>
              <Button type="submit" size="xs" variant="default">
                Compare over datasets
              </Button>
            </div>
          )}
        </form>
      )}
      {pageInfo.hasNextPage && (
        <Link href={`?after=${encodeURIComponent(pageInfo.endCursor ?? '')}`}>More leaderboards</Link>
      )}
    </ProjectFrame>
  );
}
