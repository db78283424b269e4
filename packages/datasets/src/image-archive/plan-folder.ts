import { InvalidInput, problem, splitFromName, type Problem } from '@samplewise/domain';
import { naturalOrder } from '../archive/natural-order.ts';
import type { ProblemList } from '../problem-list.ts';
import type { PlannedSample } from './plan.ts';

const SHAPES = '<class>/<image> or <split>/<class>/<image>';

/**
 * Reads splits and classes from paths of the form `<class>/<image>` or `<split>/<class>/<image>`, below any number of
 * folders that all share. Without splits every sample is for testing.
 */
export function planFolder(paths: readonly string[], fileName: string, problems: ProblemList): PlannedSample[] {
  const files = [...paths].sort(naturalOrder).map((path) => ({ path, parts: path.split('/') }));
  const root = sharedFolders(files.map(({ parts }) => parts));
  const withSplits = haveSplits(files.map(({ parts }) => parts.slice(root)));
  const samples = files.flatMap(({ path, parts }): PlannedSample[] => {
    const below = parts.slice(root);
    if (below.length !== (withSplits ? 3 : 2)) {
      problems.add(misplaced(path, withSplits));
      return [];
    }
    const split = withSplits ? splitFromName(below[0]!) : 'TEST';
    if (split === undefined) {
      problems.add(unknownSplit(path, below[0]!));
      return [];
    }
    return [{ path, split, label: below.at(-2)!.trim() }];
  });
  if (!withSplits && samples.length > 0 && samples.every(({ label }) => splitFromName(label))) {
    throw new InvalidInput(splitsWithoutClasses(fileName));
  }
  return samples;
}

/** When some are in a split's folder, or none is directly in a class's. One stray file must not decide it. */
function haveSplits(files: readonly (readonly string[])[]): boolean {
  return (
    files.some((parts) => parts.length === 3 && splitFromName(parts[0]!)) || files.every(({ length }) => length > 2)
  );
}

/** How many leading folders are common to all and are neither split nor class. */
function sharedFolders(files: readonly (readonly string[])[]): number {
  const [first] = files;
  if (!first) return 0;
  const depth = files.reduce((least, parts) => Math.min(least, parts.length), Infinity);
  let root = 0;
  while (depth - root > 2 && files.every((parts) => parts[root] === first[root])) {
    if (depth - root === 3 && splitFromName(first[root]!)) break;
    root++;
  }
  return root;
}

function misplaced(path: string, withSplits: boolean): Problem {
  return problem('UNSUPPORTED_SOURCE', `The file is not where an image of a class would be.`, {
    place: path,
    mend: `Images are at ${withSplits ? '<split>/<class>/<image>, as the others here are' : SHAPES}.`,
  });
}

function unknownSplit(path: string, value: string): Problem {
  return problem('UNKNOWN_SPLIT', 'The folder above the class is none that stands for a split.', {
    place: path,
    value,
    mend: 'Name it train, validation or test.',
  });
}

function splitsWithoutClasses(fileName: string): Problem {
  return problem('UNSUPPORTED_SOURCE', 'There are folders for splits, but none for classes.', {
    place: fileName,
    mend: `Images are at ${SHAPES}.`,
  });
}
