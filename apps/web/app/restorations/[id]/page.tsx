import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RunsOfConfig } from '@/configs/RunsOfConfig';
import { SpecSource } from '@/configs/SpecSource';
import { StageList } from '@/configs/StageList';
import { Versions } from '@/configs/Versions';
import { Digest } from '@/design/Digest';
import { bareId, count } from '@/design/format';
import { LinkButton } from '@/design/LinkButton';
import { ProjectFrame } from '@/design/ProjectFrame';
import { RelativeTime } from '@/design/RelativeTime';
import { homeOf } from '@/design/sections';
import { readOnServer } from '@/graphql/server';
import { RestorationPage, RestoredExamples } from '@/restorations/documents';
import { Examples } from '@/restorations/Examples';
import { RestorationFigures } from '@/restorations/RestorationFigures';
import { TryPanel } from '@/trials/TryPanel';

interface Props {
  params: Promise<{ id: string }>;
}

async function load(params: Props['params']) {
  const { id } = await params;
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { node } = await readOnServer(RestorationPage, { id: `RestorationConfig_${id}` });
  return node?.__typename === 'RestorationConfig' ? node : notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load(params)).name };
}

export default async function RestorationRoute({ params }: Props) {
  const restoration = await load(params);
  const { project, versions, usage, stages } = restoration;
  const writes = project.viewerPermissions.includes('WRITE');
  const bare = bareId(restoration.id);
  const examples = await examplesOf(stages.length === 0 ? undefined : usage.latestRun?.id);
  const models = project.models.edges
    .filter(({ node }) => node.kind !== 'EXTERNAL')
    .map(({ node }) => ({ id: node.id, label: node.name }));
  const newExperiment = `/experiments/new?project=${bareId(project.id)}&restorations=${bare}`;
  return (
    <ProjectFrame
      project={project}
      section="restorations"
      crumbs={[{ label: 'Restorations', href: `${homeOf(project)}/restorations` }]}
      title={restoration.name}
      about={
        <>
          {stages.length === 1 ? '1 step' : `${stages.length} steps`} · version {restoration.version}
          {versions.length > 1 && ` of ${versions[0]!.version}`} · registered{' '}
          <RelativeTime value={restoration.createdAt} /> · digest <Digest value={restoration.digest} />
        </>
      }
      actions={
        writes && (
          <>
            <LinkButton variant="default" href={`/restorations/new?project=${bareId(project.id)}&from=${bare}`}>
              New version
            </LinkButton>
            <LinkButton href={newExperiment}>New experiment</LinkButton>
          </>
        )
      }
    >
      <div className="halves">
        <div className="stack">
          <section className="panel stack" style={{ gap: 14 }} aria-labelledby="steps">
            <h2 id="steps">What it does</h2>
            {stages.length === 0 ? (
              <p className="muted" style={{ margin: 0 }}>
                Nothing: the model sees pictures as they are. Runs with it are what others are held against.
              </p>
            ) : (
              <StageList stages={stages} label="Steps" />
            )}
            <RestorationFigures usage={usage} />
          </section>
          {examples.length > 0 && (
            <section className="panel stack" style={{ gap: 14 }} aria-labelledby="examples">
              <h2 id="examples">Before and after</h2>
              <Examples predictions={examples} />
            </section>
          )}
        </div>
        {stages.length > 0 && writes && (
          <section className="panel stack" style={{ gap: 14 }} aria-labelledby="try">
            <h2 id="try">Try it on a picture</h2>
            <TryPanel
              projectId={project.id}
              tried={{ restorationConfigId: restoration.id }}
              beside={{ kind: 'model', choices: models, none: 'nobody, only restored' }}
            />
          </section>
        )}
      </div>
      <section className="stack" style={{ gap: 10 }} aria-labelledby="runs">
        <h2 id="runs">Runs {usage.runs > 0 && <span className="muted">{count(usage.runs)}</span>}</h2>
        <RunsOfConfig
          runs={restoration.runs.edges.map(({ node }) => node)}
          other="modelConfig"
          newExperiment={newExperiment}
        />
        {restoration.runs.pageInfo.hasNextPage && (
          <a href={`${homeOf(project)}/runs?search=${encodeURIComponent(`restoration:"${restoration.name}"`)}`}>
            All runs
          </a>
        )}
      </section>
      {versions.length > 1 && (
        <section className="stack" style={{ gap: 10 }} aria-labelledby="versions">
          <h2 id="versions">Versions</h2>
          <Versions versions={versions} current={restoration.id} path="/restorations" />
        </section>
      )}
      <SpecSource
        value={restoration.steps}
        title="The steps as JSON"
        hint="As createRestorationConfig and the command take them."
      />
    </ProjectFrame>
  );
}

async function examplesOf(runId: string | undefined) {
  if (runId === undefined) return [];
  const { node } = await readOnServer(RestoredExamples, { runId });
  if (node?.__typename !== 'Run') return [];
  return node.predictions.edges.map((edge) => edge.node).filter(({ restoredImage }) => restoredImage !== null);
}
