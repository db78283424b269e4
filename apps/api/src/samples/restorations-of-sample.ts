import type { Database, Sample } from '@samplewise/database';
import { restorationSteps } from '@samplewise/domain';
import { restoredSteps, type RestoredStep } from '../runs/restored-image.ts';

export interface RestorationOfSample {
  restorationConfigId: bigint;
  steps: RestoredStep[];
}

/** A project has few; of more the newest are looked at. */
const MOST_CONFIGS = 100;

/** What the project's restorations have made of a sample: those of which all steps are there, the newest config first. */
export async function restorationsOfSample(
  { prisma }: Pick<Database, 'prisma'>,
  sample: Pick<Sample, 'versionId' | 'digest'>,
): Promise<RestorationOfSample[]> {
  const configs = await prisma.restorationConfig.findMany({
    where: { project: { datasets: { some: { versions: { some: { id: sample.versionId } } } } } },
    orderBy: { id: 'desc' },
    take: MOST_CONFIGS,
  });
  const made = await Promise.all(
    configs.map(async ({ id, steps }) => {
      const wanted = restorationSteps.parse(steps).length;
      const done = await restoredSteps(prisma, sample.digest, steps);
      return wanted > 0 && done.length === wanted ? [{ restorationConfigId: id, steps: done }] : [];
    }),
  );
  return made.flat();
}
