import type { Split } from '@samplewise/database';
import { batched } from '../batched.ts';

interface ClassCount {
  label: string;
  split: Split;
  count: number;
}

/** Samples of a version by label and split, in the order of the labels; combinations without samples are left out. */
export const classBalance = batched<{ id: bigint; labels: string[] }, ClassCount[]>(async ({ database }, versions) => {
  const groups = await database.prisma.sample.groupBy({
    by: ['versionId', 'label', 'split'],
    where: { versionId: { in: versions.map(({ id }) => id) } },
    _count: true,
    orderBy: [{ label: 'asc' }, { split: 'asc' }],
  });
  return versions.map(({ id, labels }) =>
    groups
      .filter((g) => g.versionId === id)
      .map(({ label, split, _count }) => ({ label: labels[label]!, split, count: _count })),
  );
});
