import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Empty } from '@/design/Empty';
import { ProjectFrame } from '@/design/ProjectFrame';
import { homeOf } from '@/design/sections';
import { readOnServer } from '@/graphql/server';
import { choicesOf } from '@/leaderboards/board-choices';
import { NewBoardPage } from '@/leaderboards/board.graphql';
import { BoardForm } from '@/leaderboards/BoardForm';

export const metadata: Metadata = { title: 'New leaderboard' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function NewLeaderboardRoute({ searchParams }: Props) {
  const { project: id, version } = await searchParams;
  if (typeof id !== 'string' || !/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { node: project } = await readOnServer(NewBoardPage, { id: `Project_${id}` });
  if (project?.__typename !== 'Project') notFound();
  const choices = choicesOf(project);
  const home = homeOf(project);
  const given = choices.versions.find((one) => one.id === `DatasetVersion_${String(version)}`);
  return (
    <ProjectFrame
      project={project}
      section="leaderboards"
      crumbs={[{ label: 'Leaderboards', href: `${home}/leaderboards` }]}
      title="New leaderboard"
      about="A rule that ranks all finished runs on the same samples, kept up to date as runs finish."
    >
      {choices.versions.length === 0 ? (
        <Empty title="There is no dataset to rank on.">
          <Link href={`${home}/import`}>Import a dataset</Link> first.
        </Empty>
      ) : (
        <BoardForm
          projectId={project.id}
          choices={choices}
          mayPublish={project.viewerPermissions.includes('MANAGE')}
          versionId={given?.id}
        />
      )}
    </ProjectFrame>
  );
}
