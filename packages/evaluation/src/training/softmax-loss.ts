import { rowsOf, type LabelledFeatures } from './samples.ts';

/** Of a linear classifier: one row of `width` weights a class, and a bias a class. */
export interface LinearHead {
  weights: Float64Array;
  bias: Float64Array;
}

/** What a head makes of samples. */
export interface HeadLoss {
  /** Mean cross-entropy in nats; each sample counts as its class weighs. */
  loss: number;
  /** Share of the samples whose largest logit is their class's; the first of equals. */
  accuracy: number;
}

/** A class that the head does not know has this probability, so that losses stay finite. */
const LEAST_PROBABILITY = 1e-15;

/**
 * The mean cross-entropy of softmax(weights . x + bias), and its gradient.
 * @param classWeights of each class; 0 for one that the head does not know
 * @param gradient of the loss with respect to the head, written when it is given
 */
export function softmaxLoss(
  samples: LabelledFeatures,
  { weights, bias }: LinearHead,
  classWeights: Float64Array,
  gradient?: LinearHead,
): HeadLoss {
  const { features, width, labels } = samples;
  const rows = rowsOf(samples);
  const classes = bias.length;
  gradient?.weights.fill(0);
  gradient?.bias.fill(0);
  const scores = new Float64Array(classes);
  let [loss, weight, right] = [0, 0, 0];
  for (const row of rows) {
    const x = features.subarray(row * width, (row + 1) * width);
    const label = labels[row]!;
    const best = logits(x, weights, bias, classWeights, scores);
    if (best === label) right++;
    const known = classWeights[label]! > 0;
    const counts = known ? classWeights[label]! : 1;
    weight += counts;
    loss -= counts * (known ? logSoftmax(scores, label) : Math.log(LEAST_PROBABILITY));
    if (gradient) addGradient(x, scores, label, counts, gradient);
  }
  if (gradient) {
    for (let i = 0; i < gradient.weights.length; i++) gradient.weights[i]! /= weight;
    for (let c = 0; c < classes; c++) gradient.bias[c]! /= weight;
  }
  return { loss: loss / weight, accuracy: right / rows.length };
}

/** @returns the class with the largest logit; those of unknown classes are -Infinity */
function logits(
  x: Float32Array,
  weights: Float64Array,
  bias: Float64Array,
  classWeights: Float64Array,
  into: Float64Array,
): number {
  const width = x.length;
  let best = 0;
  for (let c = 0; c < into.length; c++) {
    let sum = bias[c]!;
    for (let i = 0, at = c * width; i < width; i++, at++) sum += weights[at]! * x[i]!;
    into[c] = classWeights[c]! > 0 ? sum : -Infinity;
    if (into[c]! > into[best]!) best = c;
  }
  return best;
}

/** Turns logits into probabilities, and gives the logarithm of one of them. */
function logSoftmax(scores: Float64Array, label: number): number {
  const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const own = scores[label]! - most;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) sum += scores[c] = Math.exp(scores[c]! - most);
  for (let c = 0; c < scores.length; c++) scores[c]! /= sum;
  return own - Math.log(sum);
}

function addGradient(
  x: Float32Array,
  probabilities: Float64Array,
  label: number,
  counts: number,
  { weights, bias }: LinearHead,
): void {
  const width = x.length;
  for (let c = 0; c < bias.length; c++) {
    const error = counts * (probabilities[c]! - (c === label ? 1 : 0));
    if (error === 0) continue;
    bias[c]! += error;
    for (let i = 0, at = c * width; i < width; i++, at++) weights[at]! += error * x[i]!;
  }
}
