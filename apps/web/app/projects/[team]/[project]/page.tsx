import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { bareId } from '@/design/format';
import { HomeSection } from '@/projects/HomeSection';
import { LinkButton } from '@/design/LinkButton';
import { ProjectFrame } from '@/design/ProjectFrame';
import { homeOf } from '@/design/sections';
import { readOrigin } from '@/graphql/origin';
import { readOnServer } from '@/graphql/server';
import { AtWork } from '@/projects/AtWork';
import { BoardList } from '@/projects/BoardList';
import { ExperimentTable } from '@/projects/ExperimentTable';
import { Guide } from '@/projects/Guide';
import { ProjectHome } from '@/projects/home.graphql';
import { RecentRuns } from '@/projects/RecentRuns';

interface Props {
  params: Promise<{ team: string; project: string }>;
}

async function load(params: Props['params']) {
  const { team, project: slug } = await params;
  const { project, viewer } = await readOnServer(ProjectHome, { team, slug });
  return { project: project ?? notFound(), viewer };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load(params)).project.name };
}

const nodes = <T,>({ edges }: { edges: { node: T }[] }): T[] => edges.map(({ node }) => node);

export default async function ProjectPage({ params }: Props) {
  const { project, viewer } = await load(params);
  const home = homeOf(project);
  const [experiments, recent, boards] = [
    nodes(project.experiments),
    nodes(project.recent),
    nodes(project.leaderboards),
  ];
  const atWork = nodes(project.atWork);
  const hasRuns = recent.length > 0 || atWork.length > 0;
  const mayWrite = project.viewerPermissions.includes('WRITE');
  const guide = (
    <Guide
      project={project}
      origin={await readOrigin()}
      needsToken={viewer.kind === 'PERSON' || viewer.kind === 'TOKEN' || viewer.kind === 'ANONYMOUS'}
      has={{
        dataset: project.datasets.totalCount > 0,
        model: project.modelConfigs.totalCount > 0,
        experiment: experiments.length > 0,
      }}
    />
  );
  return (
    <ProjectFrame
      project={project}
      section="home"
      title={project.name}
      about={project.description}
      actions={
        mayWrite && (
          <>
            <LinkButton href={`${home}/import`} variant="default" size="xs">
              Import a dataset
            </LinkButton>
            <LinkButton href={`/experiments/new?project=${bareId(project.id)}`} size="xs">
              New experiment
            </LinkButton>
          </>
        )
      }
    >
      <AtWork projectId={project.id} home={home} initial={atWork} />
      {!hasRuns && mayWrite && (
        <section className="panel" aria-label="First run">
          <h2 style={{ marginBottom: 14 }}>To a first run</h2>
          {guide}
        </section>
      )}
      {experiments.length > 0 && (
        <HomeSection
          title="Experiments"
          all={project.experiments.totalCount > experiments.length ? `${home}/experiments` : undefined}
          count={project.experiments.totalCount}
        >
          <ExperimentTable experiments={experiments} />
        </HomeSection>
      )}
      <div className="home-columns">
        {recent.length > 0 && (
          <HomeSection title="Recent runs" all={`${home}/runs`}>
            <RecentRuns runs={recent} />
          </HomeSection>
        )}
        {boards.length > 0 && (
          <HomeSection
            title="Leaderboards"
            all={project.leaderboards.totalCount > boards.length ? `${home}/leaderboards` : undefined}
            count={project.leaderboards.totalCount}
          >
            <BoardList boards={boards} />
          </HomeSection>
        )}
      </div>
      {!hasRuns && !mayWrite && (
        <p className="muted">Nothing has run here yet. Who works in the team {project.team.name} can change that.</p>
      )}
      {hasRuns && mayWrite && (
        <details className="panel guide-fold">
          <summary>Log runs of your own code, or bring another dataset or model</summary>
          {guide}
        </details>
      )}
    </ProjectFrame>
  );
}
