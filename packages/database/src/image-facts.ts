import type pg from 'pg';
import { copyRows } from './copy.ts';

/** What is known of an image by itself. Figures are of its luma; see packages/evaluation's imageFigures. */
export interface ImageMeasurements {
  /** Upright, as people see it. */
  width: number;
  height: number;
  /** Mean, 0 to 255. */
  brightness: number;
  /** Standard deviation. */
  contrast: number;
  /** Variance of the Laplacian; null below 3 x 3 pixels. */
  sharpness: number | null;
  /** packages/evaluation's perceptualHash. */
  hash: bigint;
}

export interface FactsOfImage {
  digest: string;
  /** null: it can't be read. */
  facts: ImageMeasurements | null;
}

/**
 * Writes facts of images that have none; an image may come more than once. In the order of their digests, so that those
 * who write facts of the same images never wait for each other in a circle.
 * @param client in a transaction
 */
export async function storeImageFacts(client: pg.ClientBase, images: Iterable<FactsOfImage>): Promise<void> {
  await client.query('CREATE TEMPORARY TABLE measured_image (LIKE image_facts) ON COMMIT DROP');
  const columns = 'digest, width, height, brightness, contrast, sharpness, hash';
  await copyRows(client, `measured_image (${columns})`, images, (out, { digest, facts }) => {
    out.begin(7);
    out.text(digest);
    if (!facts) {
      for (let i = 0; i < 6; i++) out.null();
      return;
    }
    out.int2(facts.width);
    out.int2(facts.height);
    out.float4(facts.brightness);
    out.float4(facts.contrast);
    if (facts.sharpness === null) out.null();
    else out.float4(facts.sharpness);
    out.int8(BigInt.asIntN(64, facts.hash));
  });
  await client.query(
    `INSERT INTO image_facts (${columns})
     SELECT DISTINCT ON (digest) ${columns} FROM measured_image ORDER BY digest
     ON CONFLICT (digest) DO NOTHING`,
  );
}
