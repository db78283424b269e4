'use client';

import { Button, CloseButton, NativeSelect } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { usePathname, useRouter } from 'next/navigation';
import { CopyButton } from '@/design/CopyButton';
import { Digest } from '@/design/Digest';
import { Empty } from '@/design/Empty';
import { bytes } from '@/design/format';
import { RelativeTime } from '@/design/RelativeTime';
import styles from './Artifacts.module.css';
import type { ShownFile } from './ArtifactsPanel';
import { downloadAddress, writePlace, type Place } from './place';
import { Preview } from './Preview';

/** One file: what can be seen of it, and what is known. */
export function FilePanel({ shown: { artifact, artifactVersions }, place }: { shown: ShownFile; place: Place }) {
  const pathname = usePathname();
  const router = useRouter();
  const go = (next: Place): void => router.push(`${pathname}${writePlace(next)}`, { scroll: false });
  const { folder, file } = place;
  if (!artifact) {
    return <Empty title="There is no such file.">It may have been deleted, or this version of it.</Empty>;
  }
  const versions = artifactVersions.edges.map(({ node }) => node);
  const { metadata } = artifact;
  return (
    <section className="panel stack" aria-label={`File ${artifact.name}`} style={{ gap: 12 }}>
      <div className="row spread" style={{ flexWrap: 'nowrap' }}>
        <h2 style={{ overflowWrap: 'anywhere' }}>{artifact.name}</h2>
        <CloseButton aria-label="Close the file" onClick={() => go({ folder })} />
      </div>
      <div className="row" style={{ gap: 8 }}>
        {versions.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label="Version"
            value={String(artifact.version)}
            onChange={(event) => {
              const version = Number(event.currentTarget.value);
              go({ folder, file: file!, ...(version !== versions[0]!.version && { version }) });
            }}
            data={versions.map(({ version, size }, i) => ({
              value: String(version),
              label: `Version ${version}${i === 0 ? ', the latest' : ''} (${bytes(Number(size))})`,
            }))}
          />
        )}
        <Button
          size="compact-sm"
          variant="default"
          component="a"
          href={downloadAddress(artifact.url)}
          leftSection={<IconDownload size={14} stroke={1.75} aria-hidden="true" />}
        >
          Download
        </Button>
        <CopyButton label="Copy the path" text={() => artifact.path}>
          Path
        </CopyButton>
      </div>
      <Preview artifact={artifact} />
      <dl className={styles.facts}>
        <dt>Size</dt>
        <dd>{bytes(Number(artifact.size))}</dd>
        <dt>Type</dt>
        <dd>
          {artifact.mediaType}
          {artifact.type != null && `, ${artifact.type}`}
        </dd>
        <dt>Logged</dt>
        <dd>
          <RelativeTime value={artifact.createdAt} />
        </dd>
        <dt>SHA-256</dt>
        <dd>
          <Digest value={artifact.blob.digest} />
        </dd>
        {metadata != null && (
          <>
            <dt>Metadata</dt>
            <dd>
              <code style={{ whiteSpace: 'pre-wrap' }}>{JSON.stringify(metadata)}</code>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
