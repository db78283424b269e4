'use client';

import { Button, Menu } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useRef, type ChangeEvent } from 'react';
import { chosenFiles, type NewFile } from './dropped-files';

/** React's types do not know it. */
const FOLDER = { webkitdirectory: '' };

/** Chooses files, or a folder with all that is in it. */
export function UploadMenu({ bring }: { bring: (files: readonly NewFile[]) => void }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const chosen = (event: ChangeEvent<HTMLInputElement>): void => {
    bring(chosenFiles(event.currentTarget.files ?? []));
    event.currentTarget.value = ''; // The same file may be chosen again.
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button size="xs" leftSection={<IconUpload size={14} stroke={1.75} aria-hidden="true" />}>
            Upload
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => files.current?.click()}>Files</Menu.Item>
          <Menu.Item onClick={() => folder.current?.click()}>A folder</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input ref={files} type="file" hidden multiple aria-label="Files to upload" onChange={chosen} />
      <input ref={folder} type="file" hidden multiple {...FOLDER} aria-label="Folder to upload" onChange={chosen} />
    </>
  );
}
