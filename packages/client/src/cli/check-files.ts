import { InvalidInput, weightsOf, type ModelSpec } from '@samplewise/domain';
import { checkModelFiles, readFileRange } from '@samplewise/onnx';

/**
 * Holds a config against the files here that it names, before they are sent.
 * @param files by the digests that the config has for them
 * @throws InvalidInput saying what the files have
 */
export async function checkFiles(spec: ModelSpec, files: readonly { file: string; digest: string }[]): Promise<void> {
  const byDigest = new Map(files.map(({ digest, file }) => [digest, file]));
  // What is named by a digest alone has been sent before; the API looks at it.
  if (weightsOf(spec).some(({ digest }) => !byDigest.has(digest))) return;
  const problems = await checkModelFiles(spec, (digest, use) => readFileRange(byDigest.get(digest)!, use));
  const [first, ...more] = problems.map((p) => ({ ...p, place: `spec.${p.place}` }));
  if (first) throw new InvalidInput(first, ...more);
}
