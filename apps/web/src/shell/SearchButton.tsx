'use client';

import { UnstyledButton } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { openPalette } from '@/keyboard/overlay';

/** Opens the command palette; looks like what it leads to. */
export function SearchButton() {
  const mac = useOs() === 'macos';
  return (
    <UnstyledButton className="site-search" onClick={openPalette} aria-keyshortcuts="Control+K Meta+K">
      <IconSearch size={16} stroke={1.75} aria-hidden="true" />
      <span className="site-search-words">Search or jump to …</span>
      <kbd aria-hidden="true">{mac ? '⌘ K' : 'Ctrl K'}</kbd>
    </UnstyledButton>
  );
}
