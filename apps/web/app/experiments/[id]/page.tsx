import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Breadcrumbs } from '@/design/Breadcrumbs';
import { OnVersion } from '@/datasets/OnVersion';
import { count } from '@/design/format';
import { ExperimentPage } from '@/experiments/documents';
import { LiveRuns } from '@/experiments/LiveRuns';
import { readOnServer } from '@/graphql/server';

interface Props {
  params: Promise<{ id: string }>;
}

async function load(params: Props['params']) {
  const { id } = await params;
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { node } = await readOnServer(ExperimentPage, { id: `Experiment_${id}` });
  return node?.__typename === 'Experiment' ? node : notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load(params)).name };
}

export default async function ExperimentRoute({ params }: Props) {
  const experiment = await load(params);
  const { project, datasetVersion } = experiment;
  return (
    <div className="stack">
      <div className="stack" style={{ gap: 8 }}>
        <Breadcrumbs crumbs={[{ label: project.name, href: `/projects/${project.team.slug}/${project.slug}` }]} />
        <h1 style={{ overflowWrap: 'anywhere' }}>{experiment.name}</h1>
        {experiment.description && (
          <p className="muted" style={{ margin: 0, maxWidth: 820 }}>
            {experiment.description}
          </p>
        )}
        <p className="muted" style={{ margin: 0, fontSize: 13 }}>
          <OnVersion version={datasetVersion} />
          {datasetVersion &&
            ` · ${experiment.split?.toLowerCase() ?? 'all splits'} · ${count(datasetVersion.sampleCount)} samples in the version`}
        </p>
      </div>
      <LiveRuns
        experimentId={experiment.id}
        initial={experiment.runs.edges.map((edge) => edge.node)}
        hasPlan={experiment.plan != null}
      />
    </div>
  );
}
