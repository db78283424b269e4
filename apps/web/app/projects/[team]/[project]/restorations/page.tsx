import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Empty } from '@/design/Empty';
import { bareId } from '@/design/format';
import { LinkButton } from '@/design/LinkButton';
import { ProjectFrame } from '@/design/ProjectFrame';
import { readOnServer } from '@/graphql/server';
import { RestorationsPage } from '@/restorations/documents';
import { RestorationsTable } from '@/restorations/RestorationsTable';

export const metadata: Metadata = { title: 'Restorations' };

interface Props {
  params: Promise<{ team: string; project: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
}

export default async function RestorationsRoute({ params, searchParams }: Props) {
  const { team, project: slug } = await params;
  const { after } = await searchParams;
  const variables = { team, slug, ...(typeof after === 'string' ? { after } : {}) };
  const { project } = await readOnServer(RestorationsPage, variables);
  if (!project) notFound();
  const { pageInfo, edges } = project.restorations;
  const writes = project.viewerPermissions.includes('WRITE');
  const build = `/restorations/new?project=${bareId(project.id)}`;
  return (
    <ProjectFrame
      project={project}
      section="restorations"
      title="Restorations"
      about="What is done to pictures before a model sees them, step by step. A version never changes."
      actions={writes && <LinkButton href={build}>Build a restoration</LinkButton>}
    >
      {edges.length === 0 && after === undefined ? (
        <Empty title="No restoration yet.">
          {writes ? <Link href={build}>Build one</Link> : 'Members of the team can build one'} of filters, a
          super-resolution network or GFPGAN. Runs need at least one without steps, ‘none’, as the base to hold others
          against.
        </Empty>
      ) : (
        <RestorationsTable restorations={edges.map(({ node }) => node)} />
      )}
      {pageInfo.hasNextPage && (
        <Link href={`?after=${encodeURIComponent(pageInfo.endCursor ?? '')}`}>More restorations</Link>
      )}
    </ProjectFrame>
  );
}
