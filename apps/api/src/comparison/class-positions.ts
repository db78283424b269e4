import { refusal } from './comparable-runs.ts';

/** Positions of classes in a dataset version's labels. @throws InvalidInput naming the place of one that it does not have */
export function classPositions(names: readonly string[], place: string, labels: readonly string[]): Set<number> {
  return new Set(
    names.map((name, i) => {
      const position = labels.indexOf(name);
      if (position >= 0) return position;
      throw refusal('NOT_FOUND', `${place}.${i}`, 'The dataset version has no such class.', name);
    }),
  );
}
