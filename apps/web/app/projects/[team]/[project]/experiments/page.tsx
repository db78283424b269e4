import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Empty } from '@/design/Empty';
import { bareId, count } from '@/design/format';
import { LinkButton } from '@/design/LinkButton';
import { OlderLink } from '@/design/OlderLink';
import { ProjectFrame } from '@/design/ProjectFrame';
import { SearchField } from '@/design/SearchField';
import { homeOf } from '@/design/sections';
import { readOnServer } from '@/graphql/server';
import { ExperimentTable } from '@/projects/ExperimentTable';
import { ExperimentsPage } from '@/projects/home.graphql';

export const metadata: Metadata = { title: 'Experiments' };

interface Props {
  params: Promise<{ team: string; project: string }>;
  searchParams: Promise<{ q?: string | string[]; after?: string | string[] }>;
}

export default async function ExperimentsRoute({ params, searchParams }: Props) {
  const { team, project: slug } = await params;
  const asked = await searchParams;
  const [text, after] = [asked.q, asked.after].map((value) => (typeof value === 'string' ? value : undefined));
  const { project } = await readOnServer(ExperimentsPage, { team, slug, contains: text, after });
  if (!project) notFound();
  const { edges, totalCount, pageInfo } = project.experiments;
  const experiments = edges.map(({ node }) => node);
  const create = `/experiments/new?project=${bareId(project.id)}`;
  const list = `${homeOf(project)}/experiments${text ? `?q=${encodeURIComponent(text)}` : ''}`;
  return (
    <ProjectFrame
      project={project}
      section="experiments"
      title="Experiments"
      about="Each asks one question of one dataset version, and holds the runs that answer it."
      actions={
        project.viewerPermissions.includes('WRITE') && (
          <>
            <LinkButton href={`/studies/new?project=${bareId(project.id)}`} variant="default" size="xs">
              Start a study
            </LinkButton>
            <LinkButton href={create} size="xs">
              New experiment
            </LinkButton>
          </>
        )
      }
    >
      {(totalCount > 0 || text) && (
        <div className="row spread">
          <SearchField label="Find an experiment" value={text ?? ''} />
          <span className="muted" style={{ fontSize: 13 }} role="status">
            {count(totalCount)} {totalCount === 1 ? 'experiment' : 'experiments'}
          </span>
        </div>
      )}
      {experiments.length > 0 ? (
        <ExperimentTable experiments={experiments} />
      ) : text ? (
        <Empty title={`No experiment has ‘${text}’ in its name.`}>
          <Link href={`${homeOf(project)}/experiments`}>Show all</Link>
        </Empty>
      ) : (
        <Empty title="No experiment yet.">
          Import a dataset, register models, then <Link href={create}>choose what to run</Link>; or log runs of{' '}
          <Link href={homeOf(project)}>your own code</Link>.
        </Empty>
      )}
      <OlderLink page={pageInfo} href={list} after={after} />
    </ProjectFrame>
  );
}
