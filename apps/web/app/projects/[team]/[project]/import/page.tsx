import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Breadcrumbs } from '@/design/Breadcrumbs';
import { ImportPage } from '@/datasets/documents';
import { LiveImports } from '@/datasets/LiveImports';
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
    <div className="stack">
      <div className="stack" style={{ gap: 8 }}>
        <Breadcrumbs crumbs={[{ label: project.name, href: `/projects/${team}/${slug}` }]} />
        <h1>Import a dataset</h1>
        <p className="muted" style={{ margin: 0, maxWidth: 720 }}>
          Every image is decoded before anything is stored: either the whole file becomes a version, or you get a list
          of what is wrong with it. The same content twice gives the same version.
        </p>
      </div>
      <LiveImports projectId={project.id} initial={project.imports.edges.map((edge) => edge.node)} />
    </div>
  );
}
