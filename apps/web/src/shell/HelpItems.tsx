'use client';

import { Menu } from '@mantine/core';
import { IconCode, IconKeyboard } from '@tabler/icons-react';
import Link from 'next/link';
import { openShortcuts } from '@/keyboard/overlay';

export function HelpItems() {
  return (
    <>
      <Menu.Item leftSection={<IconKeyboard size={16} />} rightSection={<kbd>?</kbd>} onClick={openShortcuts}>
        Keyboard shortcuts
      </Menu.Item>
      <Menu.Item component={Link} href="/explorer" leftSection={<IconCode size={16} />}>
        API explorer
      </Menu.Item>
    </>
  );
}
