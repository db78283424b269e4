import { EvaluationInputError } from '../errors.ts';
import { minimise, type End } from './minimise.ts';
import { checkSamples, countClasses, rowsOf, type LabelledFeatures } from './samples.ts';
import { softmaxLoss, type HeadLoss, type LinearHead } from './softmax-loss.ts';

export interface SoftmaxRegressionOptions {
  classes: number;
  /** Strength of the penalty on the weights, not on the biases: `l2 / 2` times the sum of their squares. */
  l2?: number;
  /** `balanced`: each class counts alike, n / (classes x samples of the class), as scikit-learn's. */
  classWeights?: 'balanced' | 'uniform';
  /** Learn on features of mean 0 and deviation 1, so that `l2` means the same for all of them. */
  standardise?: boolean;
  maxIterations?: number;
  /** Largest number of the gradient at which the minimum counts as reached. */
  tolerance?: number;
  /** Samples that are not learned from: the head with the least loss on them is kept. */
  validation?: LabelledFeatures;
  /** The training ends after so many iterations without a lower loss on them. */
  patience?: number;
  /** Called after each iteration, the one before the first included. */
  onIteration?: (point: CurvePoint) => void;
}

export interface CurvePoint {
  /** 0: before anything is learned. */
  iteration: number;
  training: HeadLoss;
  validation: HeadLoss | null;
}

export interface SoftmaxRegression extends LinearHead {
  /** Of the features as they were given: standardisation is folded in. Row-major, classes x width. */
  weights: Float64Array;
  bias: Float64Array;
  /** That of the head that is kept. */
  iteration: number;
  training: HeadLoss;
  validation: HeadLoss | null;
  iterations: number;
  end: End;
  /** Classes without a sample to learn from; the head gives them a probability of 0. */
  unknown: number[];
}

export const SOFTMAX_DEFAULTS = {
  l2: 1e-3,
  classWeights: 'uniform',
  standardise: true,
  maxIterations: 500,
  tolerance: 1e-5,
  patience: 20,
} as const satisfies Omit<SoftmaxRegressionOptions, 'classes'>;

/** Bias of a class that was never seen: its probability is 0 in any precision. */
const NEVER = -1e6;

/**
 * Softmax (multinomial logistic) regression: the weights W and biases b that minimise
 *
 *     sum_i s_i CE(y_i, softmax(W z_i + b)) / sum_i s_i  +  l2 / 2 |W|^2,   z = (x - mean) / deviation
 *
 * (the deviation is left out without `standardise`; the mean, which only moves b, makes the search quick) s_i is the weight of sample i's class. scikit-learn's LogisticRegression minimises the same with
 * C = 1 / (l2 sum_i s_i). The function is convex: the search begins at 0, and finds the same head each time; what is drawn
 * at random is which samples are held out (`holdOut`). With `validation` the training stops early, and the best head is
 * kept.
 * @throws EvaluationInputError when there are no samples, of less than two classes, or of other sizes than they say
 */
export function softmaxRegression(training: LabelledFeatures, options: SoftmaxRegressionOptions): SoftmaxRegression {
  const { classes, validation, onIteration } = options;
  const { l2, classWeights, standardise, maxIterations, tolerance, patience } = { ...SOFTMAX_DEFAULTS, ...options };
  checkSamples('training', training, classes);
  if (validation) checkSamples('validation', validation, classes);
  if (validation && validation.width !== training.width) {
    throw new EvaluationInputError('validation.width', `${validation.width} features, not ${training.width}`);
  }
  const samples = { ...training, rows: rowsOf(training) };
  const counts = countClasses(samples, samples.rows, classes);
  const seen = counts.filter((count) => count > 0).length;
  if (seen < 2) throw new EvaluationInputError('training.labels', 'all samples are of one class');
  const weighing = counts.map((count) => {
    if (count === 0) return 0;
    return classWeights === 'balanced' ? samples.rows.length / (seen * count) : 1;
  });
  const scaling = measure(samples, standardise);
  const { width } = training;
  const head = (parameters: Float64Array): LinearHead => ({
    weights: parameters.subarray(0, classes * width),
    bias: parameters.subarray(classes * width),
  });

  let latest: HeadLoss = { loss: NaN, accuracy: NaN };
  const objective = (at: Float64Array, into: Float64Array): number => {
    const [inner, gradient] = [head(at), head(into)];
    latest = softmaxLoss(samples, foldIn(inner, scaling), weighing, gradient);
    foldBack(gradient, scaling);
    let penalty = 0;
    for (let i = 0; i < inner.weights.length; i++) {
      const weight = inner.weights[i]!;
      penalty += weight * weight;
      gradient.weights[i]! += l2 * weight;
    }
    return latest.loss + (l2 / 2) * penalty;
  };

  const parameters = new Float64Array(classes * (width + 1));
  let best: (CurvePoint & LinearHead) | undefined;
  let iterations = 0;
  const end = minimise(objective, parameters, {
    maxIterations,
    tolerance,
    reached(at, iteration) {
      const outer = foldIn(head(at), scaling);
      const held = validation ? softmaxLoss(validation, outer, weighing) : null;
      const point: CurvePoint = { iteration, training: latest, validation: held };
      onIteration?.(point);
      iterations = iteration;
      if (!best || !held || held.loss < best.validation!.loss) best = { ...point, ...outer };
      return held !== null && iteration - best.iteration >= patience;
    },
  });
  const { iteration, weights, bias, ...reached } = best!;
  const unknown = [...counts.keys()].filter((c) => counts[c] === 0);
  for (const c of unknown) bias[c] = NEVER;
  return { ...reached, weights, bias, iteration, iterations, end, unknown };
}

interface Scaling {
  /** Of each feature. */
  mean: Float64Array;
  /** 1 where features are not to be divided by theirs, or do not change. */
  deviation: Float64Array;
}

function measure({ features, width, rows }: LabelledFeatures & { rows: Int32Array }, standardise: boolean): Scaling {
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width).fill(1);
  for (let i = 0; i < width; i++) {
    // Relative to the first, and then to the mean, so that nothing is lost where these are large.
    const first = features[rows[0]! * width + i]!;
    let sum = 0;
    for (const row of rows) sum += features[row * width + i]! - first;
    mean[i] = first + sum / rows.length;
    if (!standardise) continue;
    let squares = 0;
    for (const row of rows) squares += (features[row * width + i]! - mean[i]!) ** 2;
    if (squares > 0) deviation[i] = Math.sqrt(squares / rows.length);
  }
  return { mean, deviation };
}

/** A head of standardised features as one of the features themselves: W z + b = (W / d) x + (b - (W / d) m). */
function foldIn({ weights, bias }: LinearHead, { mean, deviation }: Scaling): LinearHead {
  const width = mean.length;
  const outer = { weights: new Float64Array(weights.length), bias: Float64Array.from(bias) };
  for (let c = 0; c < bias.length; c++) {
    for (let i = 0; i < width; i++) {
      const weight = weights[c * width + i]! / deviation[i]!;
      outer.weights[c * width + i] = weight;
      outer.bias[c]! -= weight * mean[i]!;
    }
  }
  return outer;
}

/** The gradient of that: in place. */
function foldBack({ weights, bias }: LinearHead, { mean, deviation }: Scaling): void {
  const width = mean.length;
  for (let c = 0; c < bias.length; c++) {
    for (let i = 0, at = c * width; i < width; i++, at++) {
      weights[at] = (weights[at]! - bias[c]! * mean[i]!) / deviation[i]!;
    }
  }
}
