import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { OnVersion } from '@/datasets/OnVersion';
import { bareId, count } from '@/design/format';
import { LinkButton } from '@/design/LinkButton';
import { ProjectFrame } from '@/design/ProjectFrame';
import { ExperimentPage } from '@/experiments/documents';
import { EditExperiment } from '@/experiments/EditExperiment';
import { ExperimentRuns } from '@/experiments/ExperimentRuns';
import { planInWords } from '@/experiments/plan';
import type { ExperimentPageQuery } from '@/generated/graphql';
import { readOnServer } from '@/graphql/server';
import { loadRunsTable, type Address } from '@/runs-table/load';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Address>;
}

type Experiment = Extract<ExperimentPageQuery['node'], { __typename: 'Experiment' }>;

async function load(params: Props['params']): Promise<Experiment> {
  const { id } = await params;
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { node } = await readOnServer(ExperimentPage, { id: `Experiment_${id}` });
  return node?.__typename === 'Experiment' ? node : notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load(params)).name };
}

export default async function ExperimentRoute({ params, searchParams }: Props) {
  const experiment = await load(params);
  const { project } = experiment;
  const initial = await loadRunsTable({ projectId: project.id, experimentId: experiment.id }, await searchParams);
  return (
    <ProjectFrame
      project={project}
      section="experiments"
      crumbs={[{ label: 'Experiments', href: `/projects/${project.team.slug}/${project.slug}/experiments` }]}
      title={experiment.name}
      about={<About experiment={experiment} />}
      actions={
        <>
          {experiment.datasetVersion && (
            <LinkButton href={`/experiments/${bareId(experiment.id)}/report`} variant="light" size="xs">
              Report
            </LinkButton>
          )}
          {project.viewerPermissions.includes('WRITE') && <EditExperiment experiment={experiment} />}
        </>
      }
    >
      <ExperimentRuns experimentId={experiment.id} initial={initial} hasPlan={experiment.plan != null} />
    </ProjectFrame>
  );
}

/** The question, and on what it is asked. */
function About({ experiment: { description, datasetVersion, split, plan, runCounts } }: { experiment: Experiment }) {
  const facts = [
    datasetVersion && (split?.toLowerCase() ?? 'all splits'),
    datasetVersion && `${count(datasetVersion.sampleCount)} samples in the version`,
    planInWords(plan),
    ...runCounts.map((one) => `${count(one.count)} ${one.status.toLowerCase()}`),
  ].filter(Boolean);
  return (
    <>
      {description && (
        <p style={{ margin: '0 0 4px', fontSize: 14, color: 'var(--ink)', whiteSpace: 'pre-line' }}>{description}</p>
      )}
      <OnVersion version={datasetVersion} />
      {facts.map((fact) => ` · ${fact}`)}
    </>
  );
}
