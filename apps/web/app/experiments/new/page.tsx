import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Empty } from '@/design/Empty';
import { count } from '@/design/format';
import { ProjectFrame } from '@/design/ProjectFrame';
import { homeOf } from '@/design/sections';
import type {
  NewExperimentPageQuery,
  PlannableModelFragment,
  PlannableRestorationFragment,
  Split,
} from '@/generated/graphql';
import { readOnServer } from '@/graphql/server';
import { NamedConfigs, NewExperimentPage } from '@/plans/documents';
import { NewExperimentForm, type VersionChoice } from '@/plans/NewExperimentForm';

export const metadata: Metadata = { title: 'New experiment' };

type Project = Extract<NewExperimentPageQuery['node'], { __typename: 'Project' }>;

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function NewExperimentRoute({ searchParams }: Props) {
  const { project: id, models, restorations } = await searchParams;
  if (typeof id !== 'string' || !/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { node } = await readOnServer(NewExperimentPage, { id: `Project_${id}` });
  if (node?.__typename !== 'Project') notFound();
  const home = homeOf(node);
  const versions = versionsOf(node);
  const named = await namedConfigs(models, restorations);
  return (
    <ProjectFrame
      project={node}
      section="experiments"
      crumbs={[{ label: 'Experiments', href: `${home}/experiments` }]}
      title="New experiment"
      about="One question, and the runs that answer it: every model with every restoration on the same samples."
    >
      {versions.length === 0 ? (
        <Empty title="There is no dataset to run on.">
          <Link href={`${home}/import`}>Import a dataset</Link> first.
        </Empty>
      ) : (
        <NewExperimentForm
          projectId={node.id}
          versions={versions}
          models={withNamed(
            node.models.edges.map((edge) => edge.node),
            named.models,
          )}
          restorations={withNamed(
            node.restorations.edges.map((edge) => edge.node),
            named.restorations,
          )}
        />
      )}
    </ProjectFrame>
  );
}

function versionsOf(project: Project): VersionChoice[] {
  return project.datasets.edges.toReversed().flatMap(({ node: dataset }) =>
    dataset.versions.edges.map(({ node: version }) => {
      const splits = new Map<Split, number>();
      for (const { split, count: samples } of version.classBalance) {
        splits.set(split, (splits.get(split) ?? 0) + samples);
      }
      return {
        id: version.id,
        label: `${dataset.name}, ${version.name} (${count(version.sampleCount)})`,
        labels: version.labels,
        samples: version.sampleCount,
        splits: [...splits].map(([split, samples]) => ({ split, count: samples })),
      };
    }),
  );
}

/** Configs that the address names, which may be of older versions than those that are offered. */
async function namedConfigs(models: unknown, restorations: unknown) {
  const ids = (text: unknown, type: string): string[] =>
    typeof text === 'string'
      ? text
          .split(',')
          .filter((id) => /^[1-9]\d{0,17}$/.test(id))
          .map((id) => `${type}_${id}`)
      : [];
  const all = [...ids(models, 'ModelConfig'), ...ids(restorations, 'RestorationConfig')].slice(0, 200);
  const { nodes } = all.length === 0 ? { nodes: [] } : await readOnServer(NamedConfigs, { ids: all });
  return {
    models: nodes.filter((node): node is PlannableModelFragment & typeof node => node?.__typename === 'ModelConfig'),
    restorations: nodes.filter(
      (node): node is PlannableRestorationFragment & typeof node => node?.__typename === 'RestorationConfig',
    ),
  };
}

const withNamed = <Config extends { id: string }>(newest: readonly Config[], named: readonly Config[]): Config[] => [
  ...newest,
  ...named.filter(({ id }) => !newest.some((config) => config.id === id)),
];
