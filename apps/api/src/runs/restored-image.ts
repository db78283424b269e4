import { digestOfJson, restorationSteps, type Digest } from '@samplewise/domain';
import type { PrismaScope } from '@samplewise/database';

/** The digests of a restoration config's steps, by which their outputs are cached. `steps` is the config's JSON. */
export function stepDigests(steps: unknown): Digest[] {
  return restorationSteps.parse(steps).map((step) => digestOfJson(step));
}

/** Follows an image through the cached outputs of all steps; undefined where one has not been made, or there are none. */
export async function restoredDigest(prisma: PrismaScope, image: Digest, steps: unknown): Promise<Digest | undefined> {
  let at: Digest | undefined;
  for (const stepDigest of stepDigests(steps)) {
    const row = await prisma.restoredImage.findUnique({
      where: { inputDigest_stepDigest: { inputDigest: at ?? image, stepDigest } },
    });
    if (!row) return undefined;
    at = row.outputDigest;
  }
  return at;
}
