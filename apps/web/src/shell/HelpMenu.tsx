'use client';

import { ActionIcon } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { LazyMenu } from './LazyMenu';

const load = () => import('./HelpItems').then((module) => module.HelpItems);

/** Where to learn more. */
export function HelpMenu() {
  return (
    <LazyMenu
      width={230}
      load={load}
      target={
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Help">
          <IconHelp size={18} stroke={1.75} aria-hidden="true" />
        </ActionIcon>
      }
    />
  );
}
