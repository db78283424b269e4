import type { Split } from '@samplewise/domain';
import { z } from 'zod';
import { operation } from './operation.ts';
import { PROBLEM_FIELDS } from './problem-schema.ts';
import { RUN_FIELDS, runSchema, type Run } from './runs.ts';
import type { Transport } from './transport.ts';

/** A softmax head to be trained on the features of a network that stays as it is. What is left out has a default. */
export interface TrainProbeOptions {
  /** Where the run belongs; its dataset version is learned from, whatever its split. */
  experimentId: string;
  /** The backbone. */
  modelConfigId: string;
  /** Of the images before; none unless given. */
  restorationConfigId?: string;
  /** Tensor of the backbone's graph; what its last dense layer is given, or CLIP's embedding, unless given. */
  features?: string;
  /** Under which the trained model is registered. */
  modelName?: string;
  trainSplit?: Split;
  validationSplit?: Split;
  /** Of each class, to be held out in the place of a split; 0: no validation. */
  validationShare?: number;
  l2?: number;
  classWeights?: 'UNIFORM' | 'BALANCED';
  standardise?: boolean;
  maxIterations?: number;
  patience?: number;
  seed?: number;
  name?: string;
  priority?: number;
}

export const TRAIN_PROBE = operation<{ input: TrainProbeOptions }>()(
  `mutation TrainProbe($input: TrainProbeInput!) {
    result: trainProbe(input: $input) {
      __typename
      ... on InvalidInputError { problems { ${PROBLEM_FIELDS} } }
      ... on TrainProbePayload { run { ${RUN_FIELDS} } }
    }
  }`,
  z.object({ run: runSchema }),
);

/** Queues the training of a linear probe. */
export async function trainProbe(transport: Transport, options: TrainProbeOptions): Promise<Run> {
  const { run } = await transport.mutate(TRAIN_PROBE, options);
  return run;
}
