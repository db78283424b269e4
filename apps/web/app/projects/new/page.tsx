import type { Metadata } from 'next';
import Link from 'next/link';
import { Breadcrumbs } from '@/design/Breadcrumbs';
import { Empty } from '@/design/Empty';
import { PageHead } from '@/design/PageHead';
import { SettingsPart } from '@/design/SettingsPart';
import { readOnServer } from '@/graphql/server';
import { NewProjectForm } from '@/projects/NewProjectForm';
import { NewProjectPage } from '@/projects/settings.graphql';

export const metadata: Metadata = { title: 'New project' };

interface Props {
  searchParams: Promise<{ team?: string | string[] }>;
}

export default async function NewProjectRoute({ searchParams }: Props) {
  const { team } = await searchParams;
  const { teams, viewer } = await readOnServer(NewProjectPage, {});
  const writable = teams.edges
    .map(({ node }) => node)
    .filter(({ viewerPermissions }) => viewerPermissions.includes('WRITE'));
  // Where nobody signs in, the first project brings its team with it.
  const mayMake = writable.length > 0 || viewer.kind === 'LOCAL' || viewer.kind === 'SERVER';
  return (
    <div className="settings">
      <div className="stack" style={{ gap: 8 }}>
        <Breadcrumbs crumbs={[{ label: 'Projects', href: '/projects' }]} />
        <PageHead title="New project" />
      </div>
      {!mayMake ? (
        <Empty title="A project belongs to a team, and you work in none.">
          <Link href="/teams">Make a team</Link>, or ask an admin of one for an invitation.
        </Empty>
      ) : (
        <SettingsPart
          title="What it is about"
          about="A project holds the datasets, models, experiments and runs of one area of questions. At first the whole team sees it."
        >
          <NewProjectForm teams={writable} team={typeof team === 'string' ? team : undefined} />
        </SettingsPart>
      )}
    </div>
  );
}
