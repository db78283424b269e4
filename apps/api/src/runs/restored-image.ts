import { digestOfJson, restorationSteps, type Digest, type RestorationStep } from '@samplewise/domain';
import type { PrismaScope, RestoredImage } from '@samplewise/database';

/** The digests of a restoration config's steps, by which their outputs are cached. `steps` is the config's JSON. */
export function stepDigests(steps: unknown): Digest[] {
  return restorationSteps.parse(steps).map((step) => digestOfJson(step));
}

/** What one step made of an image. */
export interface RestoredStep {
  /** Position in the config's steps. */
  step: number;
  kind: RestorationStep['kind'];
  restored: RestoredImage;
}

/** Follows an image through the cached outputs of the steps, as far as they have been made. */
export async function restoredSteps(prisma: PrismaScope, image: Digest, steps: unknown): Promise<RestoredStep[]> {
  const made: RestoredStep[] = [];
  for (const [step, spec] of restorationSteps.parse(steps).entries()) {
    const inputDigest = made.at(-1)?.restored.outputDigest ?? image;
    // Prisma joins the look-ups of one tick into one statement.
    const restored = await prisma.restoredImage.findUnique({
      where: { inputDigest_stepDigest: { inputDigest, stepDigest: digestOfJson(spec) } },
    });
    if (!restored) break;
    made.push({ step, kind: spec.kind, restored });
  }
  return made;
}

/** The image after all steps; undefined where one has not been made, or there are none. */
export async function restoredDigest(prisma: PrismaScope, image: Digest, steps: unknown): Promise<Digest | undefined> {
  const wanted = restorationSteps.parse(steps).length;
  return (await restoredSteps(prisma, image, steps))[wanted - 1]?.restored.outputDigest;
}
