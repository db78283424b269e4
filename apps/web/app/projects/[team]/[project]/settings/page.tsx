import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { homeOf } from '@/design/sections';
import { OlderLink } from '@/design/OlderLink';
import { ProjectFrame } from '@/design/ProjectFrame';
import { SettingsPart } from '@/design/SettingsPart';
import { readOnServer } from '@/graphql/server';
import { DeleteProjectButton } from '@/projects/DeleteProjectButton';
import { ProjectForm } from '@/projects/ProjectForm';
import { RunBin } from '@/projects/RunBin';
import { ProjectSettings } from '@/projects/settings.graphql';

export const metadata: Metadata = { title: 'Settings' };

interface Props {
  params: Promise<{ team: string; project: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
}

export default async function SettingsRoute({ params, searchParams }: Props) {
  const { team, project: slug } = await params;
  const { after: given } = await searchParams;
  const after = typeof given === 'string' ? given : undefined;
  const { project, viewer } = await readOnServer(ProjectSettings, { team, slug, after });
  if (!project) notFound();
  const may = (permission: 'WRITE' | 'MANAGE'): boolean => project.viewerPermissions.includes(permission);
  const bin = project.deletedRuns.edges.map(({ node }) => node);
  return (
    <ProjectFrame project={project} section="settings" title="Settings">
      <SettingsPart title="General" about={may('MANAGE') ? undefined : 'Admins of the team change these.'}>
        {/* Another revision is another form: its fields begin with what it has. */}
        <ProjectForm key={project.revision} project={project} mayChange={may('MANAGE')} />
      </SettingsPart>
      {viewer.kind === 'PERSON' && (
        <SettingsPart title="Access" about="Who works here follows from the team.">
          <ul className="plain">
            <li>
              <Link href={`/teams/${team}?view=members`}>Members and invitations</Link> of {project.team.name}
            </li>
            {may('MANAGE') && (
              <li>
                <Link href={`/teams/${team}?view=tokens`}>Service tokens</Link> for programs that are nobody’s
              </li>
            )}
            <li>
              <Link href="/account">Personal tokens</Link> for your own programs
            </li>
          </ul>
        </SettingsPart>
      )}
      <SettingsPart title="Bin" about="A run that was deleted is gone for good 30 days later, with its predictions.">
        {bin.length === 0 ? (
          <p className="muted" style={{ margin: 0 }}>
            {after === undefined ? 'No run is in the bin.' : 'There are no older ones.'}
          </p>
        ) : (
          <RunBin runs={bin} mayRestore={may('WRITE')} />
        )}
        <OlderLink page={project.deletedRuns.pageInfo} href={`${homeOf(project)}/settings`} after={after} />
      </SettingsPart>
      {may('MANAGE') && (
        <SettingsPart title="Delete the project" about="With its datasets, models, runs and leaderboards." danger>
          <DeleteProjectButton project={project} />
        </SettingsPart>
      )}
    </ProjectFrame>
  );
}
