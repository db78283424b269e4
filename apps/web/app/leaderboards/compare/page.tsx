import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { pValue } from '@/compare/verdict';
import { DataTable } from '@/design/DataTable';
import { Empty } from '@/design/Empty';
import { bareId } from '@/design/format';
import { PageHead } from '@/design/PageHead';
import { ProjectFrame } from '@/design/ProjectFrame';
import { homeOf } from '@/design/sections';
import { readOnServer } from '@/graphql/server';
import { CriticalDifferencePage } from '@/leaderboards/board.graphql';
import styles from '@/leaderboards/Diagram.module.css';
import { nameOf } from '@/leaderboards/metric';

export const metadata: Metadata = { title: 'Models over datasets' };

interface Props {
  searchParams: Promise<{ board?: string | string[] }>;
}

/** As many as the API compares. */
const MOST = 50;

export default async function CompareBoardsRoute({ searchParams }: Props) {
  const ids = [(await searchParams).board ?? []].flat().filter((id) => /^[1-9]\d{0,17}$/.test(id));
  if (ids.length < 2 || ids.length > MOST) {
    return (
      <div className="stack">
        <PageHead title="Models over datasets" />
        <Empty title="Choose two or more leaderboards.">
          They stand in a project’s list of leaderboards; at most {MOST} are compared. <Link href="/">Projects</Link>
        </Empty>
      </div>
    );
  }
  const variables = { ids: ids.map((id) => `Leaderboard_${id}`) };
  const { nodes, criticalDifference: compared } = await readOnServer(CriticalDifferencePage, variables);
  const boards = nodes.flatMap((node) => (node?.__typename === 'Leaderboard' ? [node] : []));
  const project = boards[0]?.project;
  if (!project) notFound();
  const differs = compared.friedmanP < compared.alpha;
  return (
    <ProjectFrame
      project={project}
      section="leaderboards"
      crumbs={[{ label: 'Leaderboards', href: `${homeOf(project)}/leaderboards` }]}
      title="Models over datasets"
      about={
        <>
          {nameOf(boards[0]!.metric)} on {compared.datasets} datasets:{' '}
          {boards.map(({ id, name }, i) => (
            <span key={id}>
              {i > 0 && ', '}
              <Link href={`/leaderboards/${bareId(id)}`}>{name}</Link>
            </span>
          ))}
        </>
      }
    >
      <section className="panel stack" aria-label="Critical difference">
        <p style={{ margin: 0 }}>
          {differs
            ? 'The models do not all rank alike'
            : 'Nothing tells the models apart: their ranks could come of chance'}{' '}
          (Friedman’s test, p {pValue(compared.friedmanP)}). Average ranks that are more than{' '}
          {compared.criticalDifference.toFixed(2)} apart differ, by Nemenyi’s test; models that a bar joins do not.
        </p>
        {/* Ours, without script; names are escaped in it. */}
        <div className={styles.diagram} dangerouslySetInnerHTML={{ __html: compared.diagram }} />
        <DataTable label="Average ranks" heads={[{ label: 'Model' }, { label: 'Average rank', number: true }]}>
          {compared.models.map(({ name, averageRank }) => (
            <tr key={name}>
              <td style={{ overflowWrap: 'anywhere' }}>{name}</td>
              <td className="number">{averageRank.toFixed(2)}</td>
            </tr>
          ))}
        </DataTable>
      </section>
    </ProjectFrame>
  );
}
