'use client';

import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RunPredictionsQuery } from '@/generated/graphql';
import { PredictionCard } from './PredictionCard';

const PAGE = 48;

export type PredictionPage = Extract<RunPredictionsQuery['node'], { __typename: 'Run' }>['predictions'];

interface Props {
  /** The server's first page. Another one needs another `key`. */
  first: PredictionPage;
  /** @throws Error with what to tell */
  more: (after: string | null, first: number) => Promise<PredictionPage>;
}

/** Cards of samples, page by page. */
export function PredictionPages({ first, more }: Props) {
  const [pages, setPages] = useState([first]);
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<string>();
  const last = pages.at(-1)!;

  const load = async (): Promise<void> => {
    setLoading(true);
    try {
      const next = await more(last.pageInfo.endCursor ?? null, PAGE);
      setPages([...pages, next]);
      setError(undefined);
    } catch (reason) {
      setError((reason as Error).message);
    }
    setLoading(false);
  };

  return (
    <>
      <div style={{ display: 'grid', gap: 10, gridTemplateColumns: 'repeat(auto-fill, minmax(224px, 1fr))' }}>
        {pages.flatMap((page) =>
          page.edges.map(({ node }) => <PredictionCard key={node.sample.id} prediction={node} />),
        )}
      </div>
      {error && <p role="alert">More could not be loaded: {error}</p>}
      {last.pageInfo.hasNextPage && (
        <Button variant="light" loading={loading} onClick={() => void load()} style={{ alignSelf: 'center' }}>
          Load more
        </Button>
      )}
    </>
  );
}
