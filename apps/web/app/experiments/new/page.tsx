import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Breadcrumbs } from '@/design/Breadcrumbs';
import { Empty } from '@/design/Empty';
import { count } from '@/design/format';
import { NewExperimentPage } from '@/experiments/new-experiment.documents';
import { NewExperimentForm } from '@/experiments/NewExperimentForm';
import type { NewExperimentPageQuery, Split } from '@/generated/graphql';
import { readOnServer } from '@/graphql/server';

export const metadata: Metadata = { title: 'New experiment' };

type Project = Extract<NewExperimentPageQuery['node'], { __typename: 'Project' }>;

interface Props {
  searchParams: Promise<{ project?: string | string[] }>;
}

export default async function NewExperimentRoute({ searchParams }: Props) {
  const { project: id } = await searchParams;
  if (typeof id !== 'string' || !/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { node } = await readOnServer(NewExperimentPage, { id: `Project_${id}` });
  if (node?.__typename !== 'Project') notFound();
  const home = `/projects/${node.team.slug}/${node.slug}`;
  const versions = versionsOf(node);
  const named = ({ node: config }: { node: { id: string; name: string; version: number } }) => ({
    id: config.id,
    label: config.version > 1 ? `${config.name} (version ${config.version})` : config.name,
  });
  return (
    <div className="stack">
      <div className="stack" style={{ gap: 8 }}>
        <Breadcrumbs crumbs={[{ label: node.name, href: home }]} />
        <h1>New experiment</h1>
      </div>
      {versions.length === 0 ? (
        <Empty title="There is no dataset to run on.">
          <Link href={`${home}/import`}>Import a dataset</Link> first.
        </Empty>
      ) : (
        <NewExperimentForm
          projectId={node.id}
          versions={versions}
          models={node.modelConfigs.edges.map(named)}
          restorations={node.restorationConfigs.edges.map(named)}
        />
      )}
    </div>
  );
}

function versionsOf(project: Project) {
  return project.datasets.edges.flatMap(({ node: dataset }) =>
    dataset.versions.edges.map(({ node: version }) => {
      const splits = new Map<Split, number>();
      for (const { split, count: samples } of version.classBalance)
        splits.set(split, (splits.get(split) ?? 0) + samples);
      return {
        id: version.id,
        label: `${dataset.name}, ${version.name} (${count(version.sampleCount)})`,
        samples: version.sampleCount,
        splits: [...splits].map(([split, samples]) => ({ split, count: samples })),
      };
    }),
  );
}
