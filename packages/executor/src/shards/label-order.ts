import { InvalidInput, labelMismatch } from '@samplewise/domain';

/**
 * For each of the dataset's labels its position among the model's: models and datasets list the same classes in
 * different orders, and scores are stored in the dataset's.
 * @throws InvalidInput (LABEL_MISMATCH) when they are not the same classes
 */
export function labelOrder(modelLabels: readonly string[], datasetLabels: readonly string[]): Int32Array {
  const mismatch = labelMismatch(modelLabels, datasetLabels, 'model.labels');
  if (mismatch) throw new InvalidInput(mismatch);
  return Int32Array.from(datasetLabels, (label) => modelLabels.indexOf(label));
}

/** Copies scores, row-major, into the dataset's order. */
export function reorderScores(scores: Float32Array, order: Int32Array): Float32Array {
  const classes = order.length;
  const result = new Float32Array(scores.length);
  for (let start = 0; start < scores.length; start += classes) {
    for (let c = 0; c < classes; c++) result[start + c] = scores[start + order[c]!]!;
  }
  return result;
}

/** Position of the largest score in a row; the first of equals. */
export function argmax(scores: Float32Array, row: number, classes: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) {
    if (scores[row * classes + c]! > scores[row * classes + best]!) best = c;
  }
  return best;
}
