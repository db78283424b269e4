export { holdOut, type HeldOut } from './hold-out.ts';
export type { LabelledFeatures } from './samples.ts';
export type { HeadLoss, LinearHead } from './softmax-loss.ts';
export {
  SOFTMAX_DEFAULTS,
  softmaxRegression,
  type CurvePoint,
  type SoftmaxRegression,
  type SoftmaxRegressionOptions,
} from './softmax-regression.ts';
