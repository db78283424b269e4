import type { ImageFacts } from '@samplewise/database';
import { batched } from '../batched.ts';

/** What is known of images by their digests; null: not measured yet. */
export const imageFacts = batched<string, ImageFacts | null>(async ({ database }, digests) => {
  const rows = await database.prisma.imageFacts.findMany({ where: { digest: { in: [...new Set(digests)] } } });
  const byDigest = new Map(rows.map((row) => [row.digest, row]));
  return digests.map((digest) => byDigest.get(digest) ?? null);
});
