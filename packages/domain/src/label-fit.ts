import { problem, type Problem } from './problems.ts';

/** What keeps a model from predicting a dataset: it must have the same classes, in whatever order. */
export function labelMismatch(
  modelLabels: readonly string[],
  datasetLabels: readonly string[],
  place: string,
): Problem | undefined {
  const [known, wanted] = [new Set(modelLabels), new Set(datasetLabels)];
  const missing = datasetLabels.filter((label) => !known.has(label));
  const unknown = modelLabels.filter((label) => !wanted.has(label));
  if (missing.length === 0 && unknown.length === 0) return undefined;
  const lacks = missing.length > 0 ? `The model does not know ${missing.join(', ')}.` : '';
  const excess = unknown.length > 0 ? `The dataset does not have ${unknown.join(', ')}.` : '';
  return problem('LABEL_MISMATCH', `${lacks} ${excess}`.trim(), {
    place,
    value: modelLabels.join(', '),
    mend: `Name the model's classes as the dataset does: ${datasetLabels.join(', ')}.`,
  });
}
