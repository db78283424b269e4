'use client';

import { Menu } from '@mantine/core';
import { cloneElement, type ComponentType, type ReactElement, type Ref } from 'react';
import { useUsedButton } from './use-used-button';

export interface OpenMenuProps {
  /** The button; it takes a ref. */
  target: ReactElement;
  /** Pixels. */
  width: number;
  Content: ComponentType;
}

/** A menu that opens as soon as it is there: its button has been used before. See LazyMenu. */
export function OpenMenu({ target, width, Content }: OpenMenuProps) {
  const button = useUsedButton();
  return (
    <Menu position="bottom-end" width={width} shadow="md">
      <Menu.Target>
        {cloneElement(target as ReactElement<{ ref: Ref<HTMLButtonElement> }>, { ref: button })}
      </Menu.Target>
      <Menu.Dropdown>
        <Content />
      </Menu.Dropdown>
    </Menu>
  );
}
