'use client';

import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { IconMoon, IconSun } from '@tabler/icons-react';

/** The scheme that is not used at present, and how to use it; before hydration nobody knows which it is. */
export function useOtherScheme(): { other: 'light' | 'dark'; use: () => void } {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const mounted = useMounted();
  const other = mounted && scheme === 'dark' ? 'light' : 'dark';
  return { other, use: () => setColorScheme(other) };
}

export function SchemeToggle() {
  const { other, use } = useOtherScheme();
  const Icon = other === 'dark' ? IconMoon : IconSun;
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Use the ${other} scheme`} onClick={use}>
      <Icon size={18} stroke={1.75} aria-hidden="true" />
    </ActionIcon>
  );
}
