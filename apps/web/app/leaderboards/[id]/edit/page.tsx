import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { bareId } from '@/design/format';
import { ProjectFrame } from '@/design/ProjectFrame';
import { homeOf } from '@/design/sections';
import { SettingsPart } from '@/design/SettingsPart';
import { readOnServer } from '@/graphql/server';
import { choicesOf } from '@/leaderboards/board-choices';
import { EditBoardPage } from '@/leaderboards/board.graphql';
import { BoardForm } from '@/leaderboards/BoardForm';
import { DeleteBoardButton } from '@/leaderboards/DeleteBoardButton';
import { boardIdOf } from '@/leaderboards/load-board';

export const metadata: Metadata = { title: 'Edit the leaderboard' };

export default async function EditLeaderboardRoute({ params }: { params: Promise<{ id: string }> }) {
  const { node: board } = await readOnServer(EditBoardPage, { id: boardIdOf((await params).id) });
  if (board?.__typename !== 'Leaderboard') notFound();
  const { project } = board;
  const list = `${homeOf(project)}/leaderboards`;
  return (
    <ProjectFrame
      project={project}
      section="leaderboards"
      crumbs={[
        { label: 'Leaderboards', href: list },
        { label: board.name, href: `/leaderboards/${bareId(board.id)}` },
      ]}
      title="Edit the leaderboard"
      about="A change of the rule ranks it anew. Snapshots stay as they are."
    >
      <BoardForm
        key={board.revision}
        projectId={project.id}
        choices={choicesOf(project)}
        mayPublish={project.viewerPermissions.includes('MANAGE')}
        board={board}
      />
      <SettingsPart title="Delete it" about="The runs stay; the ranking goes." danger>
        <DeleteBoardButton board={board} snapshots={board.snapshots.totalCount} list={list} />
      </SettingsPart>
    </ProjectFrame>
  );
}
