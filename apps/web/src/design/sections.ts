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

/** The parts of a project, with the key that follows `g` on the way to each. */
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

/** The address of a project. */
export const homeOf = ({ slug, team }: { slug: string; team: { slug: string } }): string =>
  `/projects/${team.slug}/${slug}`;
