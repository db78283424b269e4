import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ImportPage } from '@/datasets/documents';
import { LiveImports } from '@/datasets/LiveImports';
import { ProjectFrame } from '@/design/ProjectFrame';
import { homeOf } from '@/design/sections';
import { readOnServer } from '@/graphql/server';

export const metadata: Metadata = { title: 'Import a dataset' };

interface Props {
  params: Promise<{ team: string; project: string }>;
}

export default async function ImportRoute({ params }: Props) {
  const { team, project: slug } = await params;
  const { project } = await readOnServer(ImportPage, { team, slug });
  if (!project) notFound();
  return (
    <ProjectFrame
      project={project}
      section="datasets"
      crumbs={[{ label: 'Datasets', href: `${homeOf(project)}/datasets` }]}
      title="Import a dataset"
      about="Every image is decoded before anything is stored: either the whole file becomes a version, or you get a list of what is wrong with it. The same content twice gives the same version."
    >
      <LiveImports
        projectId={project.id}
        mayHide={project.viewerPermissions.includes('MANAGE')}
        initial={project.imports.edges.map((edge) => edge.node)}
      />
    </ProjectFrame>
  );
}
