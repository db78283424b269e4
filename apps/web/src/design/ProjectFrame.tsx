import type { ReactNode } from 'react';
import type { FramedProjectFragment } from '@/generated/graphql';
import { RememberProject } from '@/shell/RememberProject';
import { Breadcrumbs, type Crumb } from './Breadcrumbs';
import { PageHead } from './PageHead';
import { ProjectSections } from './ProjectSections';
import { homeOf, type Section } from './sections';

interface Props {
  project: FramedProjectFragment;
  /** Where in the project the page stands. */
  section: Section;
  /** The way from the section to here; the project itself is put before it. */
  crumbs?: readonly Crumb[];
  title: ReactNode;
  /** A line or two below the title. */
  about?: ReactNode;
  /** Buttons and links on the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page within a project: its sections on the left (above, on a narrow screen), the page's head, its content. */
export function ProjectFrame({ project, section, crumbs = [], title, about, actions, children }: Props) {
  return (
    <div className="frame">
      <RememberProject project={project} />
      <ProjectSections project={project} section={section} />
      <div className="stack frame-page">
        <div className="stack" style={{ gap: 8 }}>
          {(section !== 'home' || crumbs.length > 0) && (
            <Breadcrumbs crumbs={[{ label: project.name, href: homeOf(project) }, ...crumbs]} />
          )}
          <PageHead title={title} about={about} actions={actions} />
        </div>
        {children}
      </div>
    </div>
  );
}
