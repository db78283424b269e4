import type { PrismaScope, Split } from '@samplewise/database';

/** Samples of a version by label and split, in the order of the labels; combinations without samples are left out. */
export async function classBalance(
  prisma: PrismaScope,
  version: { id: bigint; labels: string[] },
): Promise<{ label: string; split: Split; count: number }[]> {
  const groups = await prisma.sample.groupBy({
    by: ['label', 'split'],
    where: { versionId: version.id },
    _count: true,
    orderBy: [{ label: 'asc' }, { split: 'asc' }],
  });
  return groups.map(({ label, split, _count }) => ({ label: version.labels[label]!, split, count: _count }));
}
