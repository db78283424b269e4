'use client';

import { useState, type ComponentType } from 'react';
import { ProjectButton, type SwitchedProject } from './ProjectButton';

/** Which project this is, and the way to others, which is read when somebody reaches for it. See LazyMenu. */
export function ProjectSwitcher({ project }: { project: SwitchedProject }) {
  const [wanted, setWanted] = useState(false);
  const [Choice, setChoice] = useState<ComponentType<{ project: SwitchedProject }>>();
  if (wanted && Choice) return <Choice project={project} />;
  const reach = (): void => {
    void import('./ProjectChoice').then((module) => setChoice(() => module.ProjectChoice));
  };
  return (
    <ProjectButton
      project={project}
      opened={false}
      onPointerEnter={reach}
      onFocus={reach}
      onClick={() => {
        setWanted(true);
        reach();
      }}
    />
  );
}
