'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { ProjectSections } from '@/design/ProjectSections';
import { useCurrentProject } from './current-project';

/** Addresses that are not within a project. */
const OUTSIDE = /^\/(?:$|sign-|account|teams|invitations|executors|explorer|projects(?:\/new)?$|docs)/;

/** The frame of a page that does not know its project, since it is not there yet or has failed. */
export function RememberedFrame({ children }: { children: ReactNode }) {
  const project = useCurrentProject();
  const path = usePathname();
  if (!project || OUTSIDE.test(path)) return children;
  return (
    <div className="frame">
      <ProjectSections project={project} />
      <div className="frame-page">{children}</div>
    </div>
  );
}
