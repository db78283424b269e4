import type { Split } from '@samplewise/database';
import { batched } from '../batched.ts';

interface ClassCount {
  label: string;
  split: Split;
  count: number;
}

interface CountedVersion {
  id: bigint;
  labels: string[];
  /** Splits that are left out. */
  hidden: readonly Split[];
}

/** Samples of a version by label and split, in the order of the labels; combinations without samples are left out. */
export const classBalance = batched<CountedVersion, ClassCount[]>(async ({ database }, versions) => {
  const groups = await database.prisma.sample.groupBy({
    by: ['versionId', 'label', 'split'],
    where: {
      versionId: { in: versions.map(({ id }) => id) },
      AND: versions.flatMap(({ id, hidden }) => hidden.map((split) => ({ NOT: { versionId: id, split } }))),
    },
    _count: true,
    orderBy: [{ label: 'asc' }, { split: 'asc' }],
  });
  return versions.map(({ id, labels }) =>
    groups
      .filter((g) => g.versionId === id)
      .map(({ label, split, _count }) => ({ label: labels[label]!, split, count: _count })),
  );
});
