'use client';

import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  /** What is copied; read at the click. */
  text: () => string | Promise<string>;
  /** Of what, for who does not see what stands beside. */
  label: string;
  children: ReactNode;
}

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text, label, children }: Props) {
  const { copied, copy } = useClipboard({ timeout: 1500 });
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={copied ? 'Copied' : label}
      leftSection={<Icon size={13} stroke={1.75} aria-hidden="true" />}
      onClick={() => void Promise.resolve(text()).then(copy)}
    >
      {copied ? 'Copied' : children}
    </Button>
  );
}
