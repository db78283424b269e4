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

const SECTIONS = [
  { section: 'home', label: 'Home', path: '', Icon: IconHome },
  { section: 'experiments', label: 'Experiments', path: '/experiments', Icon: IconFlask },
  { section: 'runs', label: 'Runs', path: '/runs', Icon: IconListDetails },
  { section: 'datasets', label: 'Datasets', path: '/datasets', Icon: IconPhoto },
  { section: 'models', label: 'Models', path: '/models', Icon: IconCube },
  { section: 'restorations', label: 'Restorations', path: '/restorations', Icon: IconWand },
  { section: 'leaderboards', label: 'Leaderboards', path: '/leaderboards', Icon: IconTrophy },
  { section: 'settings', label: 'Settings', path: '/settings', Icon: IconSettings },
] as const;

export type Section = (typeof SECTIONS)[number]['section'];

interface Props {
  home: string;
  name: string;
  section: Section;
}

/** The parts of a project. */
export function ProjectSections({ home, name, section: current }: Props) {
  return (
    <nav className="frame-sections" aria-label={name}>
      {SECTIONS.map(({ section, label, path, Icon }) => (
        <Link key={section} href={`${home}${path}`} aria-current={section === current ? 'page' : undefined}>
          <Icon size={16} stroke={1.75} aria-hidden="true" />
          {label}
        </Link>
      ))}
    </nav>
  );
}
