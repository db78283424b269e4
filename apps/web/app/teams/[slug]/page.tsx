import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { readOnServer } from '@/graphql/server';
import { TeamHead } from '@/teams/team.graphql';
import { TEAM_VIEWS, TeamFrame, type TeamView } from '@/teams/TeamFrame';
import { AuditView } from '@/teams/views/AuditView';
import { MembersView } from '@/teams/views/MembersView';
import { ProjectsView } from '@/teams/views/ProjectsView';
import { SettingsView } from '@/teams/views/SettingsView';
import { TokensView } from '@/teams/views/TokensView';

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ view?: string | string[]; after?: string | string[] }>;
}

const VIEWS = {
  projects: ProjectsView,
  members: MembersView,
  tokens: TokensView,
  audit: AuditView,
  settings: SettingsView,
} satisfies Record<TeamView, unknown>;

async function load(params: Props['params']) {
  const { team } = await readOnServer(TeamHead, { slug: (await params).slug });
  return team ?? notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load(params)).name };
}

export default async function TeamRoute({ params, searchParams }: Props) {
  const team = await load(params);
  const { view: given = 'projects', after } = await searchParams;
  const known = TEAM_VIEWS.find(({ view }) => view === given);
  if (!known || (known.forAdmins && !team.viewerPermissions.includes('MANAGE'))) notFound();
  const View = VIEWS[known.view];
  return (
    <TeamFrame team={team} view={known.view}>
      <View team={team} after={typeof after === 'string' ? after : undefined} />
    </TeamFrame>
  );
}
