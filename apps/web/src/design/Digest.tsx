'use client';

import { UnstyledButton } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';

/** A SHA-256, shortened; a click copies it whole. */
export function Digest({ value }: { value: string }) {
  const { copied, copy } = useClipboard();
  return (
    <UnstyledButton
      onClick={() => copy(value)}
      title={`${value} (click to copy)`}
      style={{ fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5, color: 'var(--muted)' }}
    >
      {copied ? 'copied' : value.slice(0, 12)}
    </UnstyledButton>
  );
}
