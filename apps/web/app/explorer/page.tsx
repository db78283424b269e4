import type { Metadata } from 'next';
import { LazyExplorer } from '@/explorer/LazyExplorer';

export const metadata: Metadata = { title: 'API explorer' };

interface Props {
  /** A link can bring an operation with it. */
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ExplorerPage({ searchParams }: Props) {
  const { query, variables } = await searchParams;
  return (
    <>
      <h1 className="visually-hidden">API explorer</h1>
      <LazyExplorer
        asked={typeof query === 'string' ? { query, ...(typeof variables === 'string' && { variables }) } : undefined}
      />
    </>
  );
}
