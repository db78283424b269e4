'use client';

import { ActionIcon, Button } from '@mantine/core';
import { IconDownload, IconFile, IconFolder, IconPhoto, IconTable, IconTrash } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { useState } from 'react';
import { DataTable, type Head } from '@/design/DataTable';
import { bytes, count } from '@/design/format';
import { perform } from '@/design/perform';
import { RelativeTime } from '@/design/RelativeTime';
import { tellDone, tellProblem } from '@/design/tell';
import type { ArtifactRowFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { useRun } from '@/runs/RunContext';
import styles from './Artifacts.module.css';
import type { Folder } from './ArtifactsPanel';
import { ArtifactFolder, DeleteArtifacts, RestoreArtifacts } from './documents';
import { downloadAddress, writePlace, type Place } from './place';

const HEADS: readonly Head[] = [
  { label: 'Name' },
  { label: 'Size', number: true },
  { label: 'Version', number: true },
  { label: 'Logged' },
  { label: 'Actions', hidden: true },
];
const PAGE = 200;

/** What lies in a folder, by name. */
export function FolderTable({ place, first }: { place: Place; first: Folder }) {
  const { run } = useRun();
  const [pages, setPages] = useState([first]);
  const [loading, setLoading] = useState(false);
  const last = pages.at(-1)!;
  const more = async (): Promise<void> => {
    setLoading(true);
    const { data, error } = await browserClient()
      .query(ArtifactFolder, { id: run.id, prefix: place.folder || null, first: PAGE, after: last.pageInfo.endCursor })
      .toPromise();
    setLoading(false);
    if (data?.node?.__typename === 'Run') setPages([...pages, data.node.artifacts]);
    else tellProblem('More files could not be read', error?.message ?? 'No answer came.');
  };
  return (
    <div className="panel" style={{ padding: 8 }}>
      <DataTable label="Files" heads={HEADS}>
        {pages.flatMap((page) => page.edges.map(({ node }) => <Entry key={node.path} entry={node} place={place} />))}
      </DataTable>
      {last.pageInfo.hasNextPage && (
        <Button size="xs" variant="light" loading={loading} onClick={() => void more()} style={{ margin: 8 }}>
          Load more
        </Button>
      )}
    </div>
  );
}

function Entry({ entry, place }: { entry: ArtifactRowFragment; place: Place }) {
  const { run, canWrite } = useRun();
  const pathname = usePathname();
  const router = useRouter();
  const { name, path, isFolder, fileCount, size, artifact } = entry;
  const remove = async (): Promise<void> => {
    const input = { runId: run.id, paths: [path] };
    if (!(await perform(DeleteArtifacts, { input }, `${name} was not deleted`))) return;
    const gone = path === place.file;
    if (gone) router.replace(`${pathname}${writePlace({ folder: place.folder })}`, { scroll: false });
    else router.refresh();
    tellDone(`${name} is in the bin for 30 days.`, () => {
      void perform(RestoreArtifacts, { input }, `${name} was not restored`).then((done) => {
        if (done) router.refresh();
      });
    });
  };
  const to = isFolder ? { folder: path } : { folder: place.folder, file: path };
  return (
    <tr aria-current={path === place.file ? 'true' : undefined}>
      <td>
        <Link href={`${pathname}${writePlace(to)}`} scroll={false} className={styles.name} title={name}>
          <Icon entry={entry} />
          <span style={{ fontWeight: path === place.file ? 620 : 400 }}>{name}</span>
        </Link>
      </td>
      <td className="number">
        {bytes(Number(size))}
        {isFolder && (
          <span className="muted" style={{ display: 'block', fontSize: 12 }}>
            {count(fileCount)} {fileCount === 1 ? 'file' : 'files'}
          </span>
        )}
      </td>
      <td className="number">{artifact?.version ?? ''}</td>
      <td className="muted" style={{ whiteSpace: 'nowrap' }}>
        {artifact && <RelativeTime value={artifact.createdAt} />}
      </td>
      <td style={{ whiteSpace: 'nowrap', textAlign: 'right' }}>
        {artifact && (
          <>
            <ActionIcon
              component="a"
              href={downloadAddress(artifact.url)}
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`Download ${name}`}
            >
              <IconDownload size={15} stroke={1.75} aria-hidden="true" />
            </ActionIcon>
            {canWrite && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Delete ${name}`}
                onClick={() => void remove()}
              >
                <IconTrash size={15} stroke={1.75} aria-hidden="true" />
              </ActionIcon>
            )}
          </>
        )}
      </td>
    </tr>
  );
}

function Icon({ entry: { isFolder, artifact } }: { entry: ArtifactRowFragment }) {
  const type = artifact?.mediaType ?? '';
  const Shape = isFolder
    ? IconFolder
    : type.startsWith('image/')
      ? IconPhoto
      : type === 'text/csv'
        ? IconTable
        : IconFile;
  return <Shape size={16} stroke={1.75} aria-hidden="true" />;
}
