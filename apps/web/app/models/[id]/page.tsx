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
import { ModelPage } from '@/models/documents';
import { KINDS } from '@/models/kinds';
import { Labels } from '@/models/Labels';
import { ModelFiles } from '@/models/ModelFiles';
import { TryPanel } from '@/trials/TryPanel';

interface Props {
  params: Promise<{ id: string }>;
}

async function load(params: Props['params']) {
  const { id } = await params;
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { node } = await readOnServer(ModelPage, { id: `ModelConfig_${id}` });
  return node?.__typename === 'ModelConfig' ? node : notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load(params)).name };
}

export default async function ModelRoute({ params }: Props) {
  const model = await load(params);
  const { project, versions, usage } = model;
  const writes = project.viewerPermissions.includes('WRITE');
  const bare = bareId(model.id);
  const restorations = project.restorations.edges.map(({ node }) => ({ id: node.id, label: node.name }));
  const newExperiment = `/experiments/new?project=${bareId(project.id)}&models=${bare}`;
  const isRun = model.kind !== 'EXTERNAL';
  return (
    <ProjectFrame
      project={project}
      section="models"
      crumbs={[{ label: 'Models', href: `${homeOf(project)}/models` }]}
      title={model.name}
      about={
        <>
          {KINDS[model.kind]} · version {model.version}
          {versions.length > 1 && ` of ${versions[0]!.version}`} · {count(model.labels.length)} classes · registered{' '}
          <RelativeTime value={model.createdAt} /> · digest <Digest value={model.digest} />
        </>
      }
      actions={
        writes && (
          <>
            <LinkButton variant="default" href={`/models/new?project=${bareId(project.id)}&from=${bare}`}>
              New version
            </LinkButton>
            {isRun && <LinkButton href={newExperiment}>New experiment</LinkButton>}
          </>
        )
      }
    >
      <div className="halves">
        <section className="panel stack" style={{ gap: 14 }} aria-labelledby="stages">
          <h2 id="stages">From picture to prediction</h2>
          <StageList stages={model.stages} label="Stages" />
          <Labels labels={model.labels} />
        </section>
        {isRun && writes && (
          <section className="panel stack" style={{ gap: 14 }} aria-labelledby="try">
            <h2 id="try">Try it on a picture</h2>
            <TryPanel
              projectId={project.id}
              tried={{ modelConfigId: model.id }}
              beside={{ kind: 'restoration', choices: restorations, none: 'nothing, as it is' }}
            />
          </section>
        )}
      </div>
      <section className="stack" style={{ gap: 10 }} aria-labelledby="runs">
        <h2 id="runs">Runs {usage.runs > 0 && <span className="muted">{count(usage.runs)}</span>}</h2>
        <RunsOfConfig
          runs={model.runs.edges.map(({ node }) => node)}
          other="restorationConfig"
          newExperiment={newExperiment}
        />
        {model.runs.pageInfo.hasNextPage && (
          <a href={`${homeOf(project)}/runs?search=${encodeURIComponent(`model:"${model.name}"`)}`}>All runs</a>
        )}
      </section>
      {model.files.length > 0 && (
        <section className="stack" style={{ gap: 10 }} aria-labelledby="files">
          <h2 id="files">Files</h2>
          <ModelFiles files={model.files} />
        </section>
      )}
      {versions.length > 1 && (
        <section className="stack" style={{ gap: 10 }} aria-labelledby="versions">
          <h2 id="versions">Versions</h2>
          <Versions versions={versions} current={model.id} path="/models" />
        </section>
      )}
      <SpecSource value={model.spec} title="The config as JSON" hint="As createModelConfig and the command take it." />
    </ProjectFrame>
  );
}
