'use client';

import { ActionIcon, Menu } from '@mantine/core';
import { IconCode, IconHelp, IconKeyboard } from '@tabler/icons-react';
import Link from 'next/link';
import { openShortcuts } from '@/keyboard/overlay';

/** Where to learn more. */
export function HelpMenu() {
  return (
    <Menu position="bottom-end" width={230} shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Help">
          <IconHelp size={18} stroke={1.75} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconKeyboard size={16} />} rightSection={<kbd>?</kbd>} onClick={openShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item component={Link} href="/explorer" leftSection={<IconCode size={16} />}>
          API explorer
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
