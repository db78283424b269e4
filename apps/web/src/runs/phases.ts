import type { Phase } from '@/generated/graphql';

/** How phases are called, in their order. */
export const PHASES: Readonly<Record<Phase, string>> = {
  PREPROCESSING: 'Preprocessing and restoration',
  TRAINING: 'Training',
  INFERENCE: 'Inference',
  EVALUATION: 'Evaluation',
};
