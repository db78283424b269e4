import { IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { OnVersion } from '@/datasets/OnVersion';
import { bareId, count } from '@/design/format';
import { LinkButton } from '@/design/LinkButton';
import { LinkTabs } from '@/design/LinkTabs';
import { ProjectFrame } from '@/design/ProjectFrame';
import { RelativeTime } from '@/design/RelativeTime';
import { homeOf } from '@/design/sections';
import type { BoardHeadFragment } from '@/generated/graphql';
import { DownloadMenu } from './DownloadMenu';
import { LiveBoard } from './LiveBoard';
import { nameOf } from './metric';
import { versionOf } from './version-of';

export type BoardView = 'ranking' | 'sharing' | 'submissions';

interface Props {
  board: BoardHeadFragment;
  view: BoardView;
  children: ReactNode;
}

/** What every page of a board has: its rule, its other pages, and that it follows the board. */
export function BoardFrame({ board, view, children }: Props) {
  const { project, result, competition } = board;
  const address = `/leaderboards/${bareId(board.id)}`;
  const may = (permission: 'WRITE' | 'MANAGE'): boolean => project.viewerPermissions.includes(permission);
  const hidesLabels = board.datasetVersion.hiddenLabels.some(({ shownAt }) => shownAt == null);
  const competes = competition != null || hidesLabels || may('MANAGE');
  const tabs = [
    { label: 'Ranking', href: address, current: view === 'ranking' },
    { label: 'Sharing', href: `${address}/sharing`, current: view === 'sharing' },
    ...(competes ? [{ label: 'Submissions', href: `${address}/competition`, current: view === 'submissions' }] : []),
  ];
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
          {nameOf(board.metric)}, {board.direction === 'HIGHER' ? 'higher' : 'lower'} is better · {perEntry(board)}
          {board.visibility === 'PUBLIC' && ' · public'}
          {result && (
            <>
              {' '}
              · {count(result.samples)} samples · computed <RelativeTime value={result.computedAt} />
            </>
          )}
        </>
      }
      actions={
        <>
          {result && <DownloadMenu path={`/leaderboards/${board.id}/report`} />}
          {may('WRITE') && (
            <LinkButton
              href={`${address}/edit`}
              size="xs"
              variant="default"
              leftSection={<IconPencil size={14} stroke={1.75} aria-hidden="true" />}
            >
              Edit
            </LinkButton>
          )}
        </>
      }
    >
      <LinkTabs label="Views of the leaderboard" tabs={tabs} />
      {children}
      <LiveBoard id={board.id} shown={versionOf(board)} />
    </ProjectFrame>
  );
}

function perEntry({ entryPer, pick, competition }: BoardHeadFragment): string {
  if (entryPer === 'RUN') return competition ? 'every submission' : 'every run';
  const which = pick === 'BEST' ? 'the best' : 'the latest';
  return competition ? `${which} submission of each entrant` : `${which} run of each model`;
}
