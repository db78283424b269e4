import { Skeleton } from '@mantine/core';

/** While a tab is read; as high as most of them, so that nothing jumps. */
export default function Loading() {
  return (
    <div className="stack" aria-busy="true">
      <div style={{ display: 'grid', gap: 12, gridTemplateColumns: 'repeat(auto-fit, minmax(170px, 1fr))' }}>
        {[1, 2, 3, 4].map((key) => (
          <Skeleton key={key} height={92} radius={8} />
        ))}
      </div>
      <Skeleton height={420} radius={8} />
      <span className="visually-hidden" role="status">
        Loading
      </span>
    </div>
  );
}
