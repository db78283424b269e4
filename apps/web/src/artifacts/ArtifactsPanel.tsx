'use client';

import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState, type DragEvent } from 'react';
import { Empty } from '@/design/Empty';
import { tellProblem } from '@/design/tell';
import type { ArtifactFileQuery, ArtifactFolderQuery } from '@/generated/graphql';
import { useRun } from '@/runs/RunContext';
import styles from './Artifacts.module.css';
import { droppedFiles, type NewFile } from './dropped-files';
import { FilePanel } from './FilePanel';
import { FolderPath } from './FolderPath';
import { FolderTable } from './FolderTable';
import { archiveAddress, type Place } from './place';
import { UploadList } from './UploadList';
import { UploadMenu } from './UploadMenu';
import { useUploads } from './use-uploads';

export type Folder = Extract<ArtifactFolderQuery['node'], { __typename: 'Run' }>['artifacts'];
export type ShownFile = Extract<ArtifactFileQuery['node'], { __typename: 'Run' }>;

interface Props {
  place: Place;
  /** The server's first page of the folder. */
  first: Folder;
  /** The file that the address names, where there is one. */
  shown: ShownFile | undefined;
}

/** The run's files by folder: looked at, downloaded, and brought by whoever may write. */
export function ArtifactsPanel({ place, first, shown }: Props) {
  const { run, canWrite } = useRun();
  const router = useRouter();
  const { uploads, start, stop, clear } = useUploads(run.id, () => router.refresh());
  const [over, setOver] = useState(false);

  const bring = (files: readonly NewFile[]): void => {
    if (files.length > 0) void start(files, place.folder);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    droppedFiles(event.dataTransfer).then(bring, (error: unknown) => {
      tellProblem('The files could not be read', error instanceof Error ? error.message : String(error));
    });
  };
  const dragging = canWrite
    ? {
        onDragOver: (event: DragEvent) => {
          if (!event.dataTransfer.types.includes('Files')) return;
          event.preventDefault();
          setOver(true);
        },
        onDragLeave: (event: DragEvent) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
        },
        onDrop: drop,
      }
    : {};
  const isEmpty = first.edges.length === 0;

  return (
    <section aria-label="Artifacts" className="stack" style={{ gap: 12 }} {...dragging}>
      <div className="row spread">
        <FolderPath folder={place.folder} />
        <span className="row" style={{ gap: 8 }}>
          {!isEmpty && (
            <Button
              size="xs"
              variant="default"
              component="a"
              href={archiveAddress(run.id, place.folder)}
              leftSection={<IconDownload size={14} stroke={1.75} aria-hidden="true" />}
            >
              Folder as .tar
            </Button>
          )}
          {canWrite && <UploadMenu bring={bring} />}
        </span>
      </div>
      <UploadList uploads={uploads} stop={stop} clear={clear} />
      {isEmpty && !shown ? (
        <Empty title={place.folder === '' ? 'No files yet.' : 'There is nothing in this folder.'}>
          {canWrite ? 'Drop files or folders here, or ' : 'Its client logs them: '}
          <code>samplewise artifacts upload {run.id.slice('Run_'.length)} ./checkpoints --to checkpoints</code>
        </Empty>
      ) : (
        <div className={styles.columns} data-open={shown ? true : undefined}>
          <FolderTable key={keyOf(place, first)} place={place} first={first} />
          {shown && <FilePanel shown={shown} place={place} />}
        </div>
      )}
      {over && (
        <div className={styles.over} aria-hidden="true">
          Drop to upload{place.folder === '' ? '' : ` into ${place.folder}`}
        </div>
      )}
    </section>
  );
}

/** Another folder, or other files in it, begin its list anew. */
const keyOf = ({ folder }: Place, { edges }: Folder): string =>
  JSON.stringify([folder, edges.map(({ node }) => [node.name, node.size, node.artifact?.version])]);
