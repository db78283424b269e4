import {
  IconCube,
  IconFlask,
  IconHome,
  IconListDetails,
  IconPhoto,
  IconSettings,
  IconTrophy,
  IconWand,
} from '@tabler/icons-react';
import Link from 'next/link';
import { ProjectSwitcher } from '@/shell/ProjectSwitcher';
import { SectionCount } from '@/shell/SectionCount';
import { KeepInView } from './KeepInView';

export const SECTIONS = [
  { section: 'home', label: 'Home', path: '', key: 'h', Icon: IconHome },
  { section: 'experiments', label: 'Experiments', path: '/experiments', key: 'e', Icon: IconFlask },
  { section: 'runs', label: 'Runs', path: '/runs', key: 'r', Icon: IconListDetails },
  { section: 'datasets', label: 'Datasets', path: '/datasets', key: 'd', Icon: IconPhoto },
  { section: 'models', label: 'Models', path: '/models', key: 'm', Icon: IconCube },
  { section: 'restorations', label: 'Restorations', path: '/restorations', key: 't', Icon: IconWand },
  { section: 'leaderboards', label: 'Leaderboards', path: '/leaderboards', key: 'l', Icon: IconTrophy },
  { section: 'settings', label: 'Settings', path: '/settings', key: 's', Icon: IconSettings },
] as const;

export type Section = (typeof SECTIONS)[number]['section'];

/** What of a project its sections show. */
interface Framed {
  id: string;
  name: string;
  slug: string;
  visibility?: string;
  team: { slug: string; name: string };
}

export const homeOf = ({ slug, team }: Pick<Framed, 'slug'> & { team: { slug: string } }): string =>
  `/projects/${team.slug}/${slug}`;

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
        <KeepInView />
      </nav>
    </div>
  );
}
