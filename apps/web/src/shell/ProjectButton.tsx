'use client';

import { UnstyledButton } from '@mantine/core';
import { IconLock, IconSelector, IconWorld } from '@tabler/icons-react';
import type { ComponentProps } from 'react';

export interface SwitchedProject {
  id: string;
  name: string;
  visibility?: string;
  team: { name: string; slug: string };
}

interface Props extends ComponentProps<'button'> {
  project: SwitchedProject;
  opened: boolean;
}

/** Which project this is; opens the choice of others. */
export function ProjectButton({ project, opened, ...props }: Props) {
  return (
    <UnstyledButton className="switcher" aria-haspopup="listbox" aria-expanded={opened} {...props}>
      <span className="switcher-words">
        <span className="truncate switcher-team">{project.team.name}</span>
        <span className="truncate switcher-name" title={project.name}>
          {project.name}
          <Visibility value={project.visibility} />
        </span>
      </span>
      <span className="visually-hidden">: choose another project</span>
      <IconSelector size={16} stroke={1.75} aria-hidden="true" style={{ flex: 'none' }} />
    </UnstyledButton>
  );
}

/** Who sees it, where that is not the whole team. */
function Visibility({ value }: { value: string | undefined }) {
  if (value === 'PUBLIC') return <IconWorld size={13} className="switcher-mark" aria-label="public" />;
  if (value === 'PRIVATE') return <IconLock size={13} className="switcher-mark" aria-label="private" />;
  return null;
}
