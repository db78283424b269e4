import {
  InvalidInput,
  weightsOf,
  weightsOfStep,
  type ModelSpec,
  type Problem,
  type RestorationSteps,
} from '@samplewise/domain';
import { checkModelFiles, checkRestorationFiles, readFileRange } from '@samplewise/onnx';

/**
 * Holds a config against the files here that it names, before they are sent.
 * @param files by the digests that the config has for them
 * @throws InvalidInput saying what the files have
 */
export function checkFiles(spec: ModelSpec, files: Files): Promise<void> {
  return check(weightsOf(spec), files, 'spec', (open) => checkModelFiles(spec, open));
}

/** The same for the steps of a restoration. */
export function checkFilesOfSteps(steps: RestorationSteps, files: Files): Promise<void> {
  return check(steps.flatMap(weightsOfStep), files, 'steps', (open) => checkRestorationFiles(steps, open));
}

type Files = readonly { file: string; digest: string }[];
type Open = Parameters<typeof checkModelFiles>[1];

async function check(
  named: readonly { digest: string }[],
  files: Files,
  root: string,
  work: (open: Open) => Promise<Problem[]>,
): Promise<void> {
  const byDigest = new Map(files.map(({ digest, file }) => [digest, file]));
  // What is named by a digest alone has been sent before; the API looks at it.
  if (named.some(({ digest }) => !byDigest.has(digest))) return;
  const problems = await work((digest, use) => readFileRange(byDigest.get(digest)!, use));
  const [first, ...more] = problems.map((p) => ({ ...p, place: `${root}.${p.place}` }));
  if (first) throw new InvalidInput(first, ...more);
}
