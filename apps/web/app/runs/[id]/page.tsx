import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Breadcrumbs } from '@/design/Breadcrumbs';
import { OnVersion } from '@/datasets/OnVersion';
import { Digest } from '@/design/Digest';
import { bareId } from '@/design/format';
import { readOnServer } from '@/graphql/server';
import { RunPage, RunPredictions } from '@/runs/documents';
import { readFilter, writeFilter, type Filter } from '@/runs/filter';
import { Gallery } from '@/runs/Gallery';
import { LiveRun } from '@/runs/LiveRun';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const FIRST_PAGE = 24;

async function load(params: Props['params']) {
  const { id } = await params;
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { node } = await readOnServer(RunPage, { id: `Run_${id}` });
  return node?.__typename === 'Run' ? node : notFound();
}

async function loadPredictions(id: string, filter: Filter) {
  const { node } = await readOnServer(RunPredictions, { id, first: FIRST_PAGE, ...filter });
  return node?.__typename === 'Run' ? node.predictions : notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const run = await load(params);
  return { title: `Run ${bareId(run.id)}, ${run.name}` };
}

export default async function RunRoute({ params, searchParams }: Props) {
  const run = await load(params);
  const query = Object.entries(await searchParams).filter((e): e is [string, string] => typeof e[1] === 'string');
  const { project, datasetVersion, ...experiment } = run.experiment;
  const labels = datasetVersion?.labels ?? [];
  // A class that the dataset does not have fits nothing; an old link must not break the page.
  const filter = Object.fromEntries(
    Object.entries(readFilter(new URLSearchParams(query))).filter(
      ([, v]) => typeof v !== 'string' || labels.includes(v),
    ),
  ) as Filter;
  const first = await loadPredictions(run.id, filter);
  return (
    <div className="stack">
      <div className="stack" style={{ gap: 8 }}>
        <Breadcrumbs
          crumbs={[
            { label: project.name, href: `/projects/${project.team.slug}/${project.slug}` },
            { label: experiment.name, href: `/experiments/${bareId(experiment.id)}` },
          ]}
        />
        <h1 style={{ overflowWrap: 'anywhere' }}>
          {run.name} <span className="muted">#{bareId(run.id)}</span>
        </h1>
        <p className="muted" style={{ margin: 0, fontSize: 13 }}>
          <OnVersion version={datasetVersion} /> · seed {run.seed}
        </p>
      </div>
      <LiveRun initial={run} filter={filter} />
      {(first.totalCount > 0 || Object.keys(filter).length > 0) && (
        <Gallery
          key={`${writeFilter(filter)} ${first.totalCount}`}
          runId={run.id}
          labels={labels}
          filter={filter}
          pathname={`/runs/${bareId(run.id)}`}
          first={first}
        />
      )}
      <div style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 380px), 1fr))' }}>
        {run.modelConfig && (
          <Config
            title={`Model: ${run.modelConfig.name}, version ${run.modelConfig.version}`}
            digest={run.modelConfig.digest}
            value={run.modelConfig.spec}
          />
        )}
        {run.restorationConfig && (
          <Config
            title={`Restoration: ${run.restorationConfig.name}, version ${run.restorationConfig.version}`}
            digest={run.restorationConfig.digest}
            value={run.restorationConfig.steps}
          />
        )}
        {run.environment != null && <Config title="Environment" value={run.environment} />}
      </div>
    </div>
  );
}

function Config({ title, digest, value }: { title: string; digest?: string; value: unknown }) {
  return (
    <section className="panel" aria-label={title}>
      <div className="row spread">
        <h2>{title}</h2>
        {digest !== undefined && <Digest value={digest} />}
      </div>
      <pre
        className="scroll"
        style={{ fontSize: 12, margin: '10px 0 0', maxHeight: 320, overflow: 'auto' }}
        tabIndex={0}
      >
        {JSON.stringify(value, null, 2)}
      </pre>
    </section>
  );
}
