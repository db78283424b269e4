import type { ReactNode } from 'react';
import { OnVersion } from '@/datasets/OnVersion';
import { bareId, count } from '@/design/format';
import { ProjectFrame } from '@/design/ProjectFrame';
import type { ComparedExperimentFragment } from '@/generated/graphql';

interface Props {
  experiment: ComparedExperimentFragment;
  title: string;
  samples?: number;
  children: ReactNode;
}

/** Around a comparison: the project, and which samples it is about. */
export function CompareFrame({ experiment, title, samples, children }: Props) {
  return (
    <ProjectFrame
      project={experiment.project}
      section="runs"
      crumbs={[{ label: experiment.name, href: `/experiments/${bareId(experiment.id)}` }]}
      title={title}
      about={
        <>
          <OnVersion version={experiment.datasetVersion} /> · {experiment.split?.toLowerCase() ?? 'all splits'}
          {samples !== undefined && ` · ${count(samples)} samples`}
        </>
      }
    >
      {children}
    </ProjectFrame>
  );
}
