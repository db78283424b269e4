export { evaluateSlices, type SlicedEvaluation, type SliceEvaluation } from './evaluate-slices.ts';
export { byAgreement, byLabel, byQuantile, byWord, type Slicing } from './slicing.ts';
