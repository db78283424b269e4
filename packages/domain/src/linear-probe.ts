import { z } from 'zod';
import { SPLITS } from './dataset-source.ts';
import type { ExecutionProvider } from './execution.ts';
import type { InputSpec, ModelSpec } from './model-config.ts';
import { problem, type Problem } from './problems.ts';

/** Name of a tensor within a graph. */
const tensorName = z.string().min(1, 'must not be empty').max(1000, 'must have at most 1,000 characters');
const split = z.enum(SPLITS);

/** By what the training is stopped early, and the best head chosen. */
export const probeValidation = z.union([
  /** Samples of another split. */
  z.strictObject({ split }),
  /** A part of each class that is kept from the training, drawn by the run's seed. */
  z.strictObject({ share: z.number().gt(0).max(0.9) }),
]);
export type ProbeValidation = z.infer<typeof probeValidation>;

/** How a head is fitted. */
const fitting = {
  /** Strength of the penalty on the weights. */
  l2: z.number().min(0).max(1e6).default(1e-3),
  /** `balanced`: each class counts alike, however many samples it has. */
  classWeights: z.enum(['uniform', 'balanced']).default('uniform'),
  /** Features are brought to mean 0 and deviation 1 first. */
  standardise: z.boolean().default(true),
  maxIterations: z.number().int().min(1).max(10_000).default(500),
  /** Iterations without a lower loss on the validation samples, after which the training ends. */
  patience: z.number().int().min(1).max(10_000).default(20),
};

/** A probe as it is asked for; what is left out is chosen by what the model and the dataset have. */
export const newLinearProbe = z
  .strictObject({
    features: tensorName.optional(),
    trainSplit: split.default('TRAIN'),
    validationSplit: split.optional(),
    /** 0: no validation. */
    validationShare: z.number().min(0).max(0.9).optional(),
    ...fitting,
  })
  .refine((p) => p.validationSplit === undefined || p.validationShare === undefined, {
    message: 'can not be given beside validationSplit',
    path: ['validationShare'],
  });
export type NewLinearProbe = z.infer<typeof newLinearProbe>;

/** What a training run trains: softmax regression on the features that a frozen network makes of images. */
export const linearProbeSpec = z.strictObject({
  kind: z.literal('linear-probe'),
  /** The tensor of the model's graph that is taken as features. */
  features: tensorName,
  trainSplit: split,
  validation: probeValidation.nullable(),
  ...fitting,
});
export type LinearProbeSpec = z.infer<typeof linearProbeSpec>;

/** A probe as it would be asked for, to be trained again. */
export function askedFor(spec: LinearProbeSpec): NewLinearProbe {
  const { features, trainSplit, validation, l2, classWeights, standardise, maxIterations, patience } = spec;
  const probe = { features, trainSplit, l2, classWeights, standardise, maxIterations, patience };
  if (!validation) return { ...probe, validationShare: 0 };
  return 'split' in validation
    ? { ...probe, validationSplit: validation.split }
    : { ...probe, validationShare: validation.share };
}

/** The splits of which features are needed, each once. */
export const splitsOfProbe = ({ trainSplit, validation }: Pick<LinearProbeSpec, 'trainSplit' | 'validation'>) => [
  ...new Set(validation && 'split' in validation ? [trainSplit, validation.split] : [trainSplit]),
];

/** The network of a model that sees the image. */
export interface BackboneSpec {
  /** The spec's field that names its file. */
  place: 'weights' | 'vision';
  digest: string;
  input: InputSpec;
  /** The output that the model reads; undefined: the only one. */
  output: string | undefined;
  executionProviders: ExecutionProvider[] | undefined;
}

/** @returns undefined for models that have no ONNX network that takes an image alone */
export function backboneOfModel(spec: ModelSpec): BackboneSpec | undefined {
  switch (spec.kind) {
    case 'onnx-classifier': {
      const { weights, input, output, executionProviders } = spec;
      return { place: 'weights', digest: weights.digest, input, output: output.name, executionProviders };
    }
    case 'clip-zero-shot': {
      const { vision, input, visionOutput, executionProviders } = spec;
      return { place: 'vision', digest: vision.digest, input, output: visionOutput, executionProviders };
    }
    case 'vlm-prompt':
    case 'external':
      return undefined;
  }
}

/** Why nothing is trained on labels that are hidden: curve and model would tell of them. @param place of the split */
export const hiddenFromTraining = (hidden: readonly string[], place: string): Problem =>
  problem(
    'LABELS_HIDDEN',
    `The labels of ${hidden.join(' and ')} are hidden, and a trained model would tell of them.`,
    {
      place,
      value: hidden.join(', '),
      mend: 'Train on other splits, or show the labels first.',
    },
  );

/** Metrics of a training: the curve, a point an iteration. */
export const CURVE_METRICS = {
  trainingLoss: 'train/loss',
  trainingAccuracy: 'train/accuracy',
  validationLoss: 'validation/loss',
  validationAccuracy: 'validation/accuracy',
} as const;

/** Metrics of its end: of the head that was kept, and what it took. */
export const PROBE_METRICS = {
  iteration: 'probe/iteration',
  trainingLoss: 'probe/train_loss',
  trainingAccuracy: 'probe/train_accuracy',
  validationLoss: 'probe/validation_loss',
  validationAccuracy: 'probe/validation_accuracy',
  /** Of the phase TRAINING, what the network took … */
  featureSeconds: 'probe/feature_seconds',
  /** … and what the fitting of the head took. */
  fitSeconds: 'probe/fit_seconds',
} as const;
