import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Empty } from '@/design/Empty';
import { bareId } from '@/design/format';
import { LinkButton } from '@/design/LinkButton';
import { ProjectFrame } from '@/design/ProjectFrame';
import { readOnServer } from '@/graphql/server';
import { ModelsPage } from '@/models/documents';
import { ModelsTable } from '@/models/ModelsTable';

export const metadata: Metadata = { title: 'Models' };

interface Props {
  params: Promise<{ team: string; project: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
}

export default async function ModelsRoute({ params, searchParams }: Props) {
  const { team, project: slug } = await params;
  const { after } = await searchParams;
  const variables = { team, slug, ...(typeof after === 'string' ? { after } : {}) };
  const { project } = await readOnServer(ModelsPage, variables);
  if (!project) notFound();
  const { pageInfo, edges } = project.models;
  const writes = project.viewerPermissions.includes('WRITE');
  const register = `/models/new?project=${bareId(project.id)}`;
  return (
    <ProjectFrame
      project={project}
      section="models"
      title="Models"
      about="How pictures become predictions. A version never changes; registering another description makes the next one."
      actions={writes && <LinkButton href={register}>Register a model</LinkButton>}
    >
      {edges.length === 0 && after === undefined ? (
        <Empty title="No model yet.">
          {writes ? <Link href={register}>Register one</Link> : 'Members of the team can register one'}: upload an ONNX
          file, or begin with a preset such as ResNet-50, CLIP or Phi-3.5 Vision. On the command line:
          <pre className="scroll">npx samplewise models presets</pre>
        </Empty>
      ) : (
        <ModelsTable models={edges.map(({ node }) => node)} />
      )}
      {pageInfo.hasNextPage && <Link href={`?after=${encodeURIComponent(pageInfo.endCursor ?? '')}`}>More models</Link>}
    </ProjectFrame>
  );
}
