import {
  IconCube,
  IconFlask,
  IconLayoutGrid,
  IconListDetails,
  IconPhoto,
  IconTrophy,
  IconWand,
  type Icon,
} from '@tabler/icons-react';
import { bareId } from '@/design/format';
import { homeOf } from '@/design/sections';
import type { FoundRunFragment, PaletteSearchQuery } from '@/generated/graphql';
import type { Command, CommandGroup } from './command';

interface Named {
  id: string;
  name: string;
  version?: number;
}

/** What the API has found, as ways to it. */
export function toGroups({ run, node, projects }: PaletteSearchQuery): CommandGroup[] {
  const numbered = run?.__typename === 'Run' ? [run] : [];
  const project = node?.__typename === 'Project' ? node : undefined;
  const runs = nodes(project?.runs).filter(({ id }) => id !== numbered[0]?.id);
  const groups: CommandGroup[] = [
    { name: 'Runs', commands: [...numbered, ...runs].map(ofRun) },
    { name: 'Experiments', commands: nodes(project?.experiments).map(named('experiments', IconFlask)) },
    { name: 'Models', commands: nodes(project?.modelConfigs).map(named('models', IconCube)) },
    { name: 'Restorations', commands: nodes(project?.restorationConfigs).map(named('restorations', IconWand)) },
    { name: 'Datasets', commands: nodes(project?.datasets).flatMap(ofDataset) },
    { name: 'Leaderboards', commands: nodes(project?.leaderboards).map(named('leaderboards', IconTrophy)) },
    { name: 'Projects', commands: nodes(projects).map(ofProject) },
  ];
  return groups.filter(({ commands }) => commands.length > 0);
}

const nodes = <T>(connection: { edges: { node: T }[] } | undefined): T[] =>
  connection?.edges.map(({ node }) => node) ?? [];

const named =
  (section: string, Icon: Icon) =>
  ({ id, name, version = 1 }: Named): Command => ({
    id,
    label: name,
    ...(version > 1 && { detail: `version ${version}` }),
    Icon,
    does: `/${section}/${bareId(id)}`,
  });

const ofRun = ({ id, name, status, experiment }: FoundRunFragment): Command => ({
  id,
  label: name,
  detail: `#${bareId(id)} · ${status.toLowerCase()} · ${experiment.name}`,
  Icon: IconListDetails,
  does: `/runs/${bareId(id)}`,
});

/** A dataset is shown by its newest version. */
const ofDataset = ({
  id,
  name,
  versions,
}: Named & { versions: { edges: { node: { id: string; name: string } }[] } }): Command[] =>
  nodes(versions).map((version) => ({
    id,
    label: name,
    detail: version.name,
    Icon: IconPhoto,
    does: `/datasets/${bareId(version.id)}`,
  }));

const ofProject = (project: Named & { slug: string; team: { name: string; slug: string } }): Command => ({
  id: project.id,
  label: project.name,
  detail: project.team.name,
  Icon: IconLayoutGrid,
  does: homeOf(project),
});
