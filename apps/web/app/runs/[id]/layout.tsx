import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { ProjectFrame } from '@/design/ProjectFrame';
import { bareId } from '@/design/format';
import { loadRun, type RunRouteProps } from '@/runs/load-run';
import { RunAbout } from '@/runs/RunAbout';
import { RunActions } from '@/runs/RunActions';
import { RunProvider } from '@/runs/RunContext';
import { RunState } from '@/runs/RunState';
import { RunTabs } from '@/runs/RunTabs';
import { RunTitle } from '@/runs/RunTitle';

interface Props extends Pick<RunRouteProps, 'params'> {
  children: ReactNode;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const run = await loadRun((await params).id);
  return { title: `Run ${bareId(run.id)}, ${run.name}` };
}

export default async function RunLayout({ params, children }: Props) {
  const run = await loadRun((await params).id);
  const { project, ...experiment } = run.experiment;
  return (
    <RunProvider framed={run} key={run.id}>
      <ProjectFrame
        project={project}
        section="runs"
        crumbs={[{ label: experiment.name, href: `/experiments/${bareId(experiment.id)}` }]}
        title={<RunTitle />}
        about={<RunAbout />}
        actions={<RunActions />}
      >
        <RunState />
        <RunTabs />
        {children}
      </ProjectFrame>
    </RunProvider>
  );
}
