import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Empty } from '@/design/Empty';
import { bareId } from '@/design/format';
import { ProjectFrame } from '@/design/ProjectFrame';
import { graphql } from '@/generated';
import { readOnServer } from '@/graphql/server';
import { loadRunsTable, type Address } from '@/runs-table/load';
import { RunsView } from '@/runs-table/RunsView';

const ProjectRuns = graphql(`
  query ProjectRuns($team: String!, $slug: String!) {
    project(team: $team, slug: $slug) {
      ...FramedProject
    }
  }
`);

interface Props {
  params: Promise<{ team: string; project: string }>;
  searchParams: Promise<Address>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { team, project: slug } = await params;
  const { project } = await readOnServer(ProjectRuns, { team, slug });
  return { title: project ? `Runs · ${project.name}` : 'Runs' };
}

export default async function RunsRoute({ params, searchParams }: Props) {
  const { team, project: slug } = await params;
  const { project } = await readOnServer(ProjectRuns, { team, slug });
  if (!project) notFound();
  const scope = { projectId: project.id };
  const initial = await loadRunsTable(scope, await searchParams);
  return (
    <ProjectFrame project={project} section="runs" title="Runs">
      <RunsView
        scope={scope}
        initial={initial}
        empty={
          <Empty title="No runs yet.">
            Runs belong to experiments: <Link href={`/experiments/new?project=${bareId(project.id)}`}>make one</Link>,
            or log to one from your own code.
          </Empty>
        }
      />
    </ProjectFrame>
  );
}
