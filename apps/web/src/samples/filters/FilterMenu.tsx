'use client';

import { Button, Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';

interface Props {
  label: string;
  /** What is chosen, in short; undefined: nothing. */
  chosen?: string | undefined;
  disabled?: boolean;
  /** Why it is disabled. */
  hint?: string;
  width?: number;
  children: ReactNode;
  opened?: () => void;
}

/** A button that says what is chosen, and opens what can be chosen. */
export function FilterMenu({ label, chosen, disabled = false, hint, width = 280, children, opened }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-start"
      shadow="md"
      width={width}
      trapFocus
      returnFocus
      withRoles
    >
      <Popover.Target>
        <Button
          size="xs"
          variant={chosen === undefined ? 'default' : 'light'}
          disabled={disabled}
          title={disabled ? hint : undefined}
          rightSection={<IconChevronDown size={13} aria-hidden="true" />}
          onClick={() => {
            if (!open) opened?.();
            setOpen(!open);
          }}
          styles={{ label: { maxWidth: 220, overflow: 'hidden', textOverflow: 'ellipsis' } }}
        >
          {chosen === undefined ? label : `${label}: ${chosen}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}

/** `happy`, `happy, sad`, `happy and 3 more` */
export function inShort(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  return names.length <= 2 ? names.join(', ') : `${names[0]!} and ${names.length - 1} more`;
}
