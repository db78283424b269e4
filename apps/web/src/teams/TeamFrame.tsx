import type { ReactNode } from 'react';
import { LinkTabs } from '@/design/LinkTabs';
import { PageHead } from '@/design/PageHead';
import { Breadcrumbs } from '@/design/Breadcrumbs';
import type { TeamHeadFragment } from '@/generated/graphql';

/** What of a team a page shows; those for admins are left out for others. */
export const TEAM_VIEWS = [
  { view: 'projects', label: 'Projects', forAdmins: false },
  { view: 'members', label: 'Members', forAdmins: false },
  { view: 'tokens', label: 'Service tokens', forAdmins: true },
  { view: 'audit', label: 'Audit log', forAdmins: true },
  { view: 'settings', label: 'Settings', forAdmins: true },
] as const;

export type TeamView = (typeof TEAM_VIEWS)[number]['view'];

export const viewAddress = (slug: string, view: TeamView): string =>
  `/teams/${slug}${view === 'projects' ? '' : `?view=${view}`}`;

interface Props {
  team: TeamHeadFragment;
  view: TeamView;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page about a team, with the way to its others. */
export function TeamFrame({ team, view: current, actions, children }: Props) {
  const isAdmin = team.viewerPermissions.includes('MANAGE');
  const views = TEAM_VIEWS.filter(({ forAdmins }) => isAdmin || !forAdmins);
  return (
    <div className="settings">
      <div className="stack" style={{ gap: 8 }}>
        <Breadcrumbs crumbs={[{ label: 'Teams', href: '/teams' }]} />
        <PageHead title={team.name} actions={actions} />
      </div>
      <LinkTabs
        label={team.name}
        tabs={views.map(({ view, label }) => ({
          label,
          href: viewAddress(team.slug, view),
          current: view === current,
        }))}
      />
      {children}
    </div>
  );
}
