import { InvalidInput, problem, type Digest, type ModelSpec, type RestorationSteps } from '@samplewise/domain';
import { checkModelFiles, checkRestorationFiles, type ByteSource } from '@samplewise/onnx';
import type { Storage } from '@samplewise/storage';
import { buffer } from 'node:stream/consumers';

/**
 * Holds a config against its uploaded model files.
 * @param root place of the spec in the input
 * @throws InvalidInput for each field that does not fit: what the file has, and the nearest right value
 */
export async function checkUploadedModel(storage: Storage, spec: ModelSpec, root: string): Promise<void> {
  const problems = await checkModelFiles(spec, async (digest, use) => use(await blobSource(storage, digest)));
  const [first, ...more] = problems.map((p) => ({ ...p, place: `${root}.${p.place}` }));
  if (first) throw new InvalidInput(first, ...more);
}

/** The same for the steps of a restoration. */
export async function checkUploadedSteps(storage: Storage, steps: RestorationSteps, root: string): Promise<void> {
  const problems = await checkRestorationFiles(steps, async (digest, use) => use(await blobSource(storage, digest)));
  const [first, ...more] = problems.map((p) => ({ ...p, place: `${root}.${p.place}` }));
  if (first) throw new InvalidInput(first, ...more);
}

/** @throws InvalidInput (BLOB_MISSING) */
export async function blobSource(storage: Storage, digest: Digest): Promise<ByteSource> {
  const size = await storage.size(digest);
  if (size === undefined) {
    const mend = 'Upload the file again.';
    throw new InvalidInput(
      problem('BLOB_MISSING', 'The uploaded file is lost.', { place: 'input.spec', value: digest, mend }),
    );
  }
  return {
    size,
    read: (start, length) => {
      const end = Math.min(size, start + length) - 1;
      return end < start ? Promise.resolve(new Uint8Array()) : buffer(storage.readStream(digest, { start, end }));
    },
  };
}
