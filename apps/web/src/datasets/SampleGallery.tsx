'use client';

import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { count } from '@/design/format';
import type { DatasetVersionPageQuery } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { VersionSamples } from './documents';

type Page = Extract<DatasetVersionPageQuery['node'], { __typename: 'DatasetVersion' }>['samples'];
const PAGE = 120;

/** The version's samples in their order, all or of one class. */
export function SampleGallery({
  versionId,
  labels,
  first,
}: {
  versionId: string;
  labels: readonly string[];
  first: Page;
}) {
  const [label, setLabel] = useState<number>();
  const [pages, setPages] = useState([first]);
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<string>();
  const last = pages.at(-1)!;

  const load = async (of: number | undefined, after: string | null | undefined, before: Page[]): Promise<void> => {
    setLoading(true);
    const variables = { id: versionId, first: PAGE, after, ...(of === undefined ? {} : { label: of }) };
    const result = await browserClient().query(VersionSamples, variables).toPromise();
    setLoading(false);
    setError(result.error?.message);
    const node = result.data?.node;
    if (node?.__typename === 'DatasetVersion') setPages([...before, node.samples]);
  };

  return (
    <section className="stack" style={{ gap: 12 }} aria-label="Samples">
      <div className="row spread">
        <h2>
          Samples <span className="muted">({count(pages[0]!.totalCount)})</span>
        </h2>
        <NativeSelect
          size="xs"
          aria-label="Class"
          value={label ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            const next = value === '' ? undefined : Number(value);
            setLabel(next);
            void load(next, null, []);
          }}
          data={[{ value: '', label: 'All classes' }, ...labels.map((l, i) => ({ value: String(i), label: l }))]}
        />
      </div>
      <ul
        style={{
          listStyle: 'none',
          margin: 0,
          padding: 0,
          display: 'grid',
          gap: 8,
          gridTemplateColumns: 'repeat(auto-fill, minmax(84px, 1fr))',
        }}
      >
        {pages.flatMap((page) =>
          page.edges.map(({ node }) => (
            <li key={node.id} title={`#${node.index} · ${node.source}`}>
              <img
                className="pixelated"
                src={node.image.url}
                alt={`Sample ${node.index}, ${node.label}`}
                width={84}
                height={84}
                loading="lazy"
                style={{ objectFit: 'contain' }}
              />
              <span className="truncate muted" style={{ fontSize: 11.5 }}>
                {node.label}
              </span>
            </li>
          )),
        )}
      </ul>
      {error && <p role="alert">The samples could not be loaded: {error}</p>}
      {last.pageInfo.hasNextPage && (
        <Button
          variant="light"
          loading={loading}
          style={{ alignSelf: 'center' }}
          onClick={() => void load(label, last.pageInfo.endCursor, pages)}
        >
          Load more
        </Button>
      )}
    </section>
  );
}
