import Link from 'next/link';
import { DataTable } from '@/design/DataTable';
import { Empty } from '@/design/Empty';
import { LinkButton } from '@/design/LinkButton';
import { OlderLink } from '@/design/OlderLink';
import { RelativeTime } from '@/design/RelativeTime';
import { SettingsPart } from '@/design/SettingsPart';
import { readOnServer } from '@/graphql/server';
import { VISIBILITIES } from '@/projects/visibility';
import { ProjectBin } from '../ProjectBin';
import { TeamProjects } from '../team.graphql';
import { viewAddress } from '../TeamFrame';
import type { ViewProps } from './view-props';

/** The projects of a team; for admins also those in the bin. */
export async function ProjectsView({ team, after }: ViewProps) {
  const isAdmin = team.viewerPermissions.includes('MANAGE');
  const { team: read } = await readOnServer(TeamProjects, { slug: team.slug, after, bin: isAdmin });
  const projects = read?.projects.edges.map(({ node }) => node) ?? [];
  const bin = read?.deletedProjects?.edges.map(({ node }) => node) ?? [];
  const newProject = `/projects/new?team=${team.slug}`;
  return (
    <>
      {projects.length === 0 ? (
        <Empty title="No project yet.">
          A project holds the datasets, models and runs of one area of questions.{' '}
          <Link href={newProject}>Make one</Link>
        </Empty>
      ) : (
        <div className="stack" style={{ gap: 12 }}>
          {team.viewerPermissions.includes('WRITE') && (
            <div>
              <LinkButton href={newProject} size="xs">
                New project
              </LinkButton>
            </div>
          )}
          <div className="panel" style={{ padding: 4 }}>
            <DataTable label="Projects" heads={[{ label: 'Project' }, { label: 'Who sees it' }, { label: 'Made' }]}>
              {projects.map(({ id, slug, name, description, visibility, createdAt }) => (
                <tr key={id}>
                  <td style={{ maxWidth: 420 }}>
                    <Link href={`/projects/${team.slug}/${slug}`} style={{ fontWeight: 550 }}>
                      {name}
                    </Link>
                    <span className="truncate muted" title={description}>
                      {description}
                    </span>
                  </td>
                  <td>{VISIBILITIES.find((v) => v.visibility === visibility)!.label}</td>
                  <td>
                    <RelativeTime value={createdAt} />
                  </td>
                </tr>
              ))}
            </DataTable>
          </div>
          {read && <OlderLink page={read.projects.pageInfo} href={viewAddress(team.slug, 'projects')} after={after} />}
        </div>
      )}
      {bin.length > 0 && (
        <SettingsPart title="Bin" about="A project that was deleted is gone for good 30 days later.">
          <ProjectBin projects={bin} />
        </SettingsPart>
      )}
    </>
  );
}
