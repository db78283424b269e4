import { datasetFormat, digest, displayName, InvalidInput, parseInput, problem, SPLITS } from '@samplewise/domain';
import { enqueue } from '@samplewise/database';
import { z } from 'zod';
import type { Services } from '../context.ts';

const schema = z.object({
  dataset: displayName,
  version: displayName,
  format: datasetFormat,
  fileName: displayName,
  uploadDigest: digest,
  hiddenSplits: z.array(z.enum(SPLITS)).default([]),
});

/**
 * Queues the reading of an uploaded file into a dataset version.
 * @throws InvalidInput when a field is wrong or the file has not been uploaded
 */
export async function requestImport(
  { database, boss }: Pick<Services, 'database' | 'boss'>,
  projectId: bigint,
  input: unknown,
): Promise<{ id: bigint }> {
  const given = parseInput(schema, input, 'input');
  const { dataset, version, format, fileName, uploadDigest } = given;
  const hiddenSplits = [...new Set(given.hiddenSplits)];
  const upload = await database.prisma.blob.findUnique({ where: { digest: uploadDigest } });
  if (!upload) {
    throw new InvalidInput(
      problem('NOT_FOUND', 'No upload has this digest.', {
        place: 'input.uploadDigest',
        value: uploadDigest,
        mend: 'Send the file to POST /uploads first; the answer holds its digest.',
      }),
    );
  }
  return database.prisma.$transaction(async (transaction) => {
    const row = await transaction.datasetImport.create({
      data: { projectId, datasetName: dataset, versionName: version, format, fileName, uploadDigest, hiddenSplits },
    });
    await enqueue(boss, transaction, 'import-dataset', [{ importId: String(row.id) }]);
    return row;
  });
}
