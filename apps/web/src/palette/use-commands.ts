'use client';

import {
  IconBolt,
  IconCode,
  IconFlask,
  IconKeyboard,
  IconLayoutGrid,
  IconLink,
  IconMoon,
  IconPlus,
  IconServer2,
  IconSun,
  IconUpload,
} from '@tabler/icons-react';
import { bareId } from '@/design/format';
import { homeOf, SECTIONS } from '@/design/sections';
import { tellDone } from '@/design/tell';
import { openShortcuts } from '@/keyboard/overlay';
import { useAllShortcuts } from '@/keyboard/shortcuts';
import type { CurrentProject } from '@/shell/current-project';
import { useOtherScheme } from '@/shell/SchemeToggle';
import type { Command, CommandGroup } from './command';

/** What can be done without asking the API: where to go, and what this page or any page offers. */
export function useCommands(project: CurrentProject | undefined): CommandGroup[] {
  const scheme = useOtherScheme();
  const ofPage = useAllShortcuts()
    .filter(({ name }) => !['Everywhere', 'Go to'].includes(name))
    .flatMap(({ name, shortcuts }) =>
      shortcuts.map(({ label, keys, run }): Command => {
        return { id: `page ${keys}`, label, detail: name, keys, Icon: IconBolt, does: run };
      }),
    );
  const anywhere: Command[] = [
    { id: 'projects', label: 'All projects', keys: 'g p', Icon: IconLayoutGrid, does: '/projects' },
    { id: 'executors', label: 'Executors', words: 'queue machines workers', Icon: IconServer2, does: '/executors' },
    { id: 'explorer', label: 'API explorer', words: 'graphql graphiql', Icon: IconCode, does: '/explorer' },
  ];
  const actions: Command[] = [
    {
      id: 'scheme',
      label: `Use the ${scheme.other} scheme`,
      words: 'theme colours dark light mode',
      Icon: scheme.other === 'dark' ? IconMoon : IconSun,
      does: scheme.use,
    },
    { id: 'link', label: 'Copy the link to this page', words: 'share address url', Icon: IconLink, does: copyLink },
    { id: 'keys', label: 'Keyboard shortcuts', words: 'help', keys: '?', Icon: IconKeyboard, does: openShortcuts },
  ];
  return [
    { name: 'On this page', commands: ofPage },
    { name: project?.name ?? '', commands: project ? sectionsOf(project) : [] },
    { name: 'Do', commands: [...(project ? deedsIn(project) : []), ...actions] },
    { name: 'Elsewhere', commands: anywhere },
  ].filter(({ commands }) => commands.length > 0);
}

const sectionsOf = (project: CurrentProject): Command[] =>
  SECTIONS.map(({ section, label, path, key, Icon }) => ({
    id: section,
    label,
    words: 'go to',
    keys: `g ${key}`,
    Icon,
    does: `${homeOf(project)}${path}`,
  }));

const deedsIn = (project: CurrentProject): Command[] => {
  const query = `?project=${bareId(project.id)}`;
  return [
    { id: 'experiment', label: 'New experiment', words: 'create', Icon: IconFlask, does: `/experiments/new${query}` },
    { id: 'import', label: 'Import a dataset', words: 'upload', Icon: IconUpload, does: `${homeOf(project)}/import` },
    { id: 'model', label: 'New model', words: 'register create', Icon: IconPlus, does: `/models/new${query}` },
    {
      id: 'restoration',
      label: 'New restoration',
      words: 'create steps',
      Icon: IconPlus,
      does: `/restorations/new${query}`,
    },
  ];
};

function copyLink(): void {
  void navigator.clipboard.writeText(location.href).then(() => tellDone('The link is copied.'));
}
