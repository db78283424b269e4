'use client';

import { ActionIcon } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { save } from './save';

/** A table that is no chart, as a file. @param text its content, made at the click */
export function SaveButton({ name, text }: { name: string; text: () => string }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={`Download ${name}`}
      title={`Download ${name}`}
      onClick={() => save(name, new Blob([text()], { type: 'text/csv' }))}
    >
      <IconDownload size={15} stroke={1.75} aria-hidden="true" />
    </ActionIcon>
  );
}
