import { IconUpload } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DatasetList } from '@/datasets/DatasetList';
import { ProjectDatasets } from '@/datasets/documents';
import { Empty } from '@/design/Empty';
import { LinkButton } from '@/design/LinkButton';
import { ProjectFrame } from '@/design/ProjectFrame';
import { homeOf } from '@/design/sections';
import { readOnServer } from '@/graphql/server';
import { paramsOf } from '@/samples/address';

interface Props {
  params: Promise<{ team: string; project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

async function load({ params, searchParams }: Props) {
  const { team, project: slug } = await params;
  const after = paramsOf(await searchParams).get('after');
  const { project } = await readOnServer(ProjectDatasets, { team, slug, after });
  return project ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `Datasets of ${(await load(props)).name}` };
}

export default async function DatasetsRoute(props: Props) {
  const project = await load(props);
  const { datasets } = project;
  const home = homeOf(project);
  return (
    <ProjectFrame
      project={project}
      section="datasets"
      title="Datasets"
      about="Labelled images, in versions that never change: a figure once computed can be computed again."
      actions={
        project.viewerPermissions.includes('WRITE') && (
          <LinkButton href={`${home}/import`} leftSection={<IconUpload size={16} aria-hidden="true" />}>
            Import
          </LinkButton>
        )
      }
    >
      {datasets.totalCount === 0 ? (
        <Empty title="No dataset yet.">
          Upload a FER-2013 CSV, a folder of images by class, or images with a CSV; or on the command line:
          <pre className="scroll" tabIndex={0}>
            {`npx samplewise datasets import fer2013.csv --project ${project.slug} --dataset FER-2013 --version original`}
          </pre>
        </Empty>
      ) : (
        <DatasetList datasets={datasets.edges.map(({ node }) => node)} />
      )}
      {datasets.pageInfo.hasNextPage && (
        <LinkButton
          href={`${home}/datasets?after=${encodeURIComponent(datasets.pageInfo.endCursor ?? '')}`}
          variant="light"
          style={{ alignSelf: 'center' }}
        >
          More datasets
        </LinkButton>
      )}
    </ProjectFrame>
  );
}
