'use client';

import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { DataTable } from '@/design/DataTable';
import { Markdown } from '@/design/Markdown';
import styles from './Artifacts.module.css';
import type { ShownFile } from './ArtifactsPanel';

type Artifact = NonNullable<ShownFile['artifact']>;

/** What can be shown of a file without opening it: nothing of it is run, and its HTML is text. */
export function Preview({ artifact }: { artifact: Artifact }) {
  const { preview, mediaType, url, name } = artifact;
  if (!preview) return <p role="alert">Its bytes are lost.</p>;
  switch (preview.__typename) {
    case 'ImagePreview':
      return (
        <figure style={{ margin: 0 }}>
          <img
            className={styles.picture}
            src={url}
            alt={name}
            width={preview.width}
            height={preview.height}
            style={{ width: 'auto', height: 'auto' }}
          />
          <figcaption className="muted" style={{ fontSize: 12 }}>
            {preview.width} × {preview.height} pixels
          </figcaption>
        </figure>
      );
    case 'TablePreview':
      return (
        <>
          <div style={{ maxHeight: 560, overflow: 'auto' }} tabIndex={0} role="region" aria-label="Rows">
            <DataTable label="Rows" heads={preview.columns.map((label, i) => ({ label: label || `Column ${i + 1}` }))}>
              {preview.rows.map((row, i) => (
                <tr key={i}>
                  {row.map((value, column) => (
                    <td key={column} style={{ fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>
                      {value}
                    </td>
                  ))}
                </tr>
              ))}
            </DataTable>
          </div>
          <Beginning complete={preview.complete} />
        </>
      );
    case 'TextPreview':
      return mediaType === 'text/markdown' ? <MarkdownFile {...preview} /> : <Source {...preview} />;
    case 'JsonPreview':
      return <Source {...preview} />;
    case 'BinaryPreview':
      return (
        <>
          <p className="muted" style={{ margin: 0 }}>
            {preview.format ?? 'A file that is no text'}; its first bytes:
          </p>
          <pre className={styles.preview} tabIndex={0} style={{ maxHeight: 200 }}>
            {preview.hex
              .match(/.{1,32}/g)
              ?.map((row) => row.match(/../g)!.join(' '))
              .join('\n')}
          </pre>
        </>
      );
  }
}

function Source({ text, complete }: { text: string; complete: boolean }) {
  return (
    <>
      <pre className={styles.preview} tabIndex={0}>
        {text}
      </pre>
      <Beginning complete={complete} />
    </>
  );
}

function MarkdownFile({ text, complete }: { text: string; complete: boolean }) {
  const [shown, setShown] = useState<'text' | 'source'>('text');
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="How it is shown"
        value={shown}
        onChange={(value) => setShown(value)}
        data={[
          { value: 'text', label: 'Text' },
          { value: 'source', label: 'Source' },
        ]}
        style={{ alignSelf: 'start' }}
      />
      {shown === 'text' ? (
        <div style={{ maxHeight: 560, overflow: 'auto' }} tabIndex={0} role="region" aria-label="Text">
          <Markdown>{text}</Markdown>
        </div>
      ) : (
        <Source text={text} complete />
      )}
      <Beginning complete={complete} />
    </>
  );
}

function Beginning({ complete }: { complete: boolean }) {
  if (complete) return null;
  return (
    <p className="muted" style={{ margin: 0, fontSize: 12.5 }}>
      Only its beginning is shown. The download has all of it.
    </p>
  );
}
