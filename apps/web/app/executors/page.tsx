import type { Metadata } from 'next';
import { PageHead } from '@/design/PageHead';
import { ExecutorsPage } from '@/executors/documents';
import { LiveExecutors } from '@/executors/LiveExecutors';
import { readOnServer } from '@/graphql/server';

export const metadata: Metadata = { title: 'Executors and queue' };
export const dynamic = 'force-dynamic';

export default async function ExecutorsRoute() {
  const initial = await readOnServer(ExecutorsPage, {});
  return (
    <div className="stack">
      <PageHead title="Executors and queue" about="What runs models here, what it does now, and what waits for it." />
      <LiveExecutors initial={initial} />
    </div>
  );
}
