'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { homeOf, SECTIONS } from '@/design/sections';
import { useCurrentProject } from '@/shell/current-project';
import { openPalette, openShortcuts, useOverlay } from './overlay';
import { useShortcuts } from './shortcuts';
import { useSingleKeys } from './single-keys';
import { useKeyPresses } from './use-key-presses';

// Read when they are opened: most pages are looked at without them.
const Palette = dynamic(() => import('@/palette/Palette').then((module) => module.Palette), { ssr: false });
const ShortcutsHelp = dynamic(() => import('./ShortcutsHelp').then((module) => module.ShortcutsHelp), { ssr: false });

/** What keys do on every page. */
export function Keyboard() {
  const router = useRouter();
  const overlay = useOverlay();
  const project = useCurrentProject();
  const [singleKeys] = useSingleKeys();
  useKeyPresses(singleKeys);
  useShortcuts('Everywhere', [
    { keys: 'mod+k', label: 'Search, or jump to anything', run: openPalette, whileTyping: true },
    { keys: '?', label: 'All shortcuts of this page', run: openShortcuts },
    { keys: 'g p', label: 'All projects', run: () => router.push('/projects') },
  ]);
  useShortcuts(
    'Go to',
    project
      ? SECTIONS.map(({ label, path, key }) => ({
          keys: `g ${key}`,
          label,
          run: () => router.push(`${homeOf(project)}${path}`),
        }))
      : [],
  );
  if (overlay === 'palette') return <Palette />;
  return overlay === 'shortcuts' ? <ShortcutsHelp /> : null;
}
