import { Skeleton } from '@mantine/core';
import { Loading, SkeletonCards, SkeletonTable } from '@/design/Skeleton';
import { RememberedFrame } from './RememberedFrame';

/** A page that is on its way: where its head and content will stand, beside the sections that are known already. */
export function PageSkeleton() {
  return (
    <RememberedFrame>
      <Loading what="The page is coming">
        <div className="stack">
          <div style={{ display: 'grid', gap: 12 }}>
            <Skeleton height={11} width={160} radius="xl" />
            <Skeleton height={24} width="min(380px, 80%)" radius="xl" />
            <Skeleton height={11} width="min(560px, 95%)" radius="xl" />
          </div>
          <SkeletonCards cards={3} />
          <SkeletonTable />
        </div>
      </Loading>
    </RememberedFrame>
  );
}
