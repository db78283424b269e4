import Link from 'next/link';
import { ProjectSwitcher } from '@/shell/ProjectSwitcher';
import { SectionCount } from '@/shell/SectionCount';
import { KeepInView } from './KeepInView';
import { homeOf, SECTIONS, type Section } from './sections';

/** What of a project its sections show. */
interface Framed {
  id: string;
  name: string;
  slug: string;
  visibility?: string;
  team: { slug: string; name: string };
}

/** The parts of a project, below the project itself, which can be changed for another one. */
export function ProjectSections({ project, section: current }: { project: Framed; section?: Section | undefined }) {
  const home = homeOf(project);
  return (
    <div className="frame-side">
      <ProjectSwitcher project={project} />
      <nav className="frame-sections" aria-label={project.name}>
        {SECTIONS.map(({ section, label, path, Icon }) => (
          <Link key={section} href={`${home}${path}`} aria-current={section === current ? 'page' : undefined}>
            <Icon size={16} stroke={1.75} aria-hidden="true" />
            {label}
            <SectionCount projectId={project.id} section={section} />
          </Link>
        ))}
        <KeepInView projectId={project.id} />
      </nav>
    </div>
  );
}

export type { Section } from './sections';
