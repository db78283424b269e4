import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { DataTable } from '@/design/DataTable';
import { Empty } from '@/design/Empty';
import { EstimateCell } from '@/design/EstimateCell';
import { bareId } from '@/design/format';
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
  return (
    <ProjectFrame
      project={project}
      section="leaderboards"
      title="Leaderboards"
      about="Rankings of runs on the same samples that say how sure each rank is, and what to know before believing it."
    >
      {edges.length === 0 && after === undefined ? (
        <Empty title="No leaderboard yet.">
          A leaderboard names a dataset version, a split and a metric, and is kept up to date as runs finish. Make one
          by the mutation <code>createLeaderboard</code> in the{' '}
          <Link href={`/explorer?query=${encodeURIComponent(EXAMPLE)}`} prefetch={false}>
            API explorer
          </Link>
          .
        </Empty>
      ) : (
        <div className="panel" style={{ padding: 8 }}>
          <DataTable
            label="Leaderboards"
            heads={[
              { label: 'Leaderboard' },
              { label: 'Ranks' },
              { label: 'Leader' },
              { label: 'Its value', number: true },
              { label: 'Computed' },
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
                </tr>
              );
            })}
          </DataTable>
        </div>
      )}
      {pageInfo.hasNextPage && (
        <Link href={`?after=${encodeURIComponent(pageInfo.endCursor ?? '')}`}>More leaderboards</Link>
      )}
    </ProjectFrame>
  );
}

const EXAMPLE = `mutation {
  createLeaderboard(
    input: { projectId: "Project_1", name: "Accuracy", datasetVersionId: "DatasetVersion_1", metric: "accuracy" }
  ) {
    __typename
    ... on InvalidInputError {
      problems {
        place
        message
      }
    }
  }
}
`;
