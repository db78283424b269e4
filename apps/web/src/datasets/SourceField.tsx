'use client';

import { Button } from '@mantine/core';
import { IconFile, IconFolder, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { bytes } from '@/design/format';
import styles from './Import.module.css';

interface Props {
  /** What is chosen. */
  source: { name: string; file: Blob } | undefined;
  /** @param folder whether the files are those of a folder, with their paths */
  choose: (files: readonly File[], folder: boolean) => void;
}

const ACCEPTED = '.csv,.gz,.zip,.tar,.tgz';

/** A file that is dropped or chosen, or a folder that is chosen. */
export function SourceField({ source, choose }: Props) {
  const [over, setOver] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const Icon = source ? IconFile : IconUpload;
  return (
    <div
      className={styles.drop}
      data-over={over}
      role="group"
      aria-label="What is imported"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        choose([...event.dataTransfer.files], false);
      }}
    >
      <Icon size={22} stroke={1.5} aria-hidden="true" />
      <div style={{ minWidth: 0 }} aria-live="polite">
        {source ? (
          <>
            <span className="truncate" style={{ fontWeight: 570 }} title={source.name}>
              {source.name}
            </span>
            <span className="muted" style={{ fontSize: 12.5 }}>
              {bytes(source.file.size)}
            </span>
          </>
        ) : (
          <>
            <span style={{ fontWeight: 570 }}>Drop a file here</span>
            <span className="muted" style={{ display: 'block', fontSize: 12.5 }}>
              or choose a CSV, an archive, or a folder, which is packed here
            </span>
          </>
        )}
      </div>
      <div className="row" style={{ gap: 8 }}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFile size={14} aria-hidden="true" />}
          onClick={() => file.current?.click()}
        >
          Choose a file
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFolder size={14} aria-hidden="true" />}
          onClick={() => folder.current?.click()}
        >
          Choose a folder
        </Button>
      </div>
      <input
        ref={file}
        type="file"
        hidden
        aria-label="File"
        accept={ACCEPTED}
        onChange={(event) => choose(taken(event.currentTarget), false)}
      />
      <input
        ref={folder}
        type="file"
        hidden
        aria-label="Folder"
        {...{ webkitdirectory: '' }}
        onChange={(event) => choose(taken(event.currentTarget), true)}
      />
    </div>
  );
}

/** What was chosen; the same can be chosen again after it was mended. */
function taken(input: HTMLInputElement): File[] {
  const files = [...(input.files ?? [])];
  input.value = '';
  return files;
}
