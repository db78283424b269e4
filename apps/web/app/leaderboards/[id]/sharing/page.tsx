import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { bareId } from '@/design/format';
import { Empty } from '@/design/Empty';
import { OlderLink } from '@/design/OlderLink';
import { SettingsPart } from '@/design/SettingsPart';
import { readOnServer } from '@/graphql/server';
import { BoardFrame } from '@/leaderboards/BoardFrame';
import { afterOf, boardIdOf, type BoardProps } from '@/leaderboards/load-board';
import { NewSnapshot } from '@/leaderboards/NewSnapshot';
import { SharingPage } from '@/leaderboards/sharing.graphql';
import { SnapshotPanel } from '@/leaderboards/SnapshotPanel';

async function load({ params, searchParams }: BoardProps) {
  const variables = { id: boardIdOf((await params).id), ...afterOf((await searchParams).after) };
  const { node } = await readOnServer(SharingPage, variables);
  return node?.__typename === 'Leaderboard' ? node : notFound();
}

export async function generateMetadata(props: BoardProps): Promise<Metadata> {
  return { title: `Sharing · ${(await load(props)).name}` };
}

export default async function SharingRoute(props: BoardProps) {
  const board = await load(props);
  const { after } = afterOf((await props.searchParams).after);
  const may = (permission: 'WRITE' | 'MANAGE'): boolean => board.project.viewerPermissions.includes(permission);
  const { snapshots, result } = board;
  return (
    <BoardFrame board={board} view="sharing">
      {may('WRITE') && result && (
        <SettingsPart
          title="Publish"
          about="A snapshot is the board as it stands, with the digests of all that it rests on. It never changes, so that it can be cited."
        >
          <NewSnapshot boardId={board.id} />
        </SettingsPart>
      )}
      {snapshots.edges.length === 0 ? (
        <Empty title="No snapshot yet.">
          {result
            ? 'Publish one, then share it by a link that needs no login, and can be revoked.'
            : 'Once the board is ranked, it can be frozen and shared.'}
        </Empty>
      ) : (
        snapshots.edges.map(({ node }) => <SnapshotPanel key={node.id} snapshot={node} mayShare={may('MANAGE')} />)
      )}
      <OlderLink page={snapshots.pageInfo} href={`/leaderboards/${bareId(board.id)}/sharing`} after={after} />
      {board.visibility === 'PUBLIC' && (
        <p className="muted" style={{ margin: 0, fontSize: 13 }}>
          The board is public: <a href={`/boards/${board.id}.atom`}>its feed</a> tells of new leaders and snapshots.
        </p>
      )}
    </BoardFrame>
  );
}
