import { Skeleton } from '@mantine/core';

export default function Loading() {
  return (
    <div className="stack" aria-busy="true" aria-label="Loading">
      <Skeleton height={28} width={360} maw="100%" />
      <Skeleton height={16} width={520} maw="100%" />
      <Skeleton height={320} />
    </div>
  );
}
