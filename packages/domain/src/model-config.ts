import { z } from 'zod';
import { executionProviders } from './execution.ts';
import { externalModelSpec } from './external-model.ts';
import { digest, displayName, labels } from './names.ts';
import { vlmPromptSpec } from './vlm-prompt.ts';

/** Kernels that sharp offers; the kernel changes accuracies by points, so it is part of a config's identity. */
export const resizeKernel = z.enum(['nearest', 'linear', 'cubic', 'mitchell', 'lanczos2', 'lanczos3']);
export type ResizeKernel = z.infer<typeof resizeKernel>;

const channels = z.array(z.number()).refine((v) => v.length === 1 || v.length === 3, 'needs one or three numbers');

/**
 * How an image becomes the model's input tensor: decode, to the colour order, resize to width x height, then
 * `(value / scale - mean) / std` per channel with value in 0..255. Fields that came later are optional without a
 * default: a default would change the digests of configs that are stored.
 */
export const inputSpec = z
  .strictObject({
    /** Name of the graph's input; found by itself when the graph has only one. */
    name: z.string().min(1).optional(),
    width: z.number().int().min(1).max(4096),
    height: z.number().int().min(1).max(4096),
    layout: z.enum(['NCHW', 'NHWC']).default('NCHW'),
    colour: z.enum(['RGB', 'BGR', 'GRAY']).default('RGB'),
    resize: resizeKernel.default('cubic'),
    /**
     * The image's shorter side is resized to it, in proportion, and width x height is cut from the middle, as by
     * torchvision's Resize and CenterCrop. Without it the image is stretched to width x height.
     */
    shortSide: z.number().int().min(1).max(4096).optional(),
    scale: z.number().positive().default(255),
    mean: channels.default([0]),
    std: channels.refine((v) => v.every((s) => s > 0), 'must be positive').default([1]),
    /** Images per call of the model; a graph with a fixed batch decides by itself. */
    batch: z.number().int().min(1).max(1024).default(64),
  })
  .refine((s) => s.colour !== 'GRAY' || (s.mean.length === 1 && s.std.length === 1), {
    message: 'a GRAY input has one channel: mean and std need one number each',
    path: ['mean'],
  })
  .refine((s) => s.shortSide === undefined || s.shortSide >= Math.max(s.width, s.height), {
    message: 'must be at least the width and the height that are cut from it',
    path: ['shortSide'],
  });
export type InputSpec = z.infer<typeof inputSpec>;

/** Where the bytes of a model are. The blob is uploaded first. */
const weights = z.strictObject({ digest });

export const onnxClassifierSpec = z.strictObject({
  kind: z.literal('onnx-classifier'),
  weights,
  labels,
  input: inputSpec,
  output: z
    .strictObject({
      name: z.string().min(1).optional(),
      activation: z.enum(['logits', 'probabilities']).default('logits'),
    })
    .default({ activation: 'logits' }),
  executionProviders: executionProviders.optional(),
});
export type OnnxClassifierSpec = z.infer<typeof onnxClassifierSpec>;

export const clipZeroShotSpec = z
  .strictObject({
    kind: z.literal('clip-zero-shot'),
    vision: weights,
    text: weights,
    labels,
    input: inputSpec,
    visionOutput: z.string().min(1).default('image_embeds'),
    textInput: z.string().min(1).default('input_ids'),
    textOutput: z.string().min(1).default('text_embeds'),
    /** What to call each label in a prompt, in the order of `labels`: 'fear' -> 'fearful'. */
    words: z.array(displayName),
    /** `{}` stands for the word; the embeddings of several templates are averaged into one per class. */
    templates: z
      .array(displayName.refine((t) => t.includes('{}'), 'needs {} where the word goes'))
      .min(1)
      .max(200),
    logitScale: z.number().positive(),
    contextLength: z.number().int().min(4).max(512).default(77),
    padToken: z.number().int().min(0).default(0),
    executionProviders: executionProviders.optional(),
  })
  .refine((s) => s.words.length === s.labels.length, { message: 'needs one word for each label', path: ['words'] });
export type ClipZeroShotSpec = z.infer<typeof clipZeroShotSpec>;

export const modelSpec = z.discriminatedUnion('kind', [
  onnxClassifierSpec,
  clipZeroShotSpec,
  vlmPromptSpec,
  externalModelSpec,
]);
/** Immutable description of how to get predictions from images. Its digest identifies it. */
export type ModelSpec = z.infer<typeof modelSpec>;
export type ModelKind = ModelSpec['kind'];

/** The blobs that must be in storage before the config can be used, and where in the spec each is named. */
export function weightsOf(spec: ModelSpec): { place: string; digest: string }[] {
  switch (spec.kind) {
    case 'onnx-classifier':
      return [{ place: 'weights', digest: spec.weights.digest }];
    case 'clip-zero-shot':
      return [
        { place: 'vision', digest: spec.vision.digest },
        { place: 'text', digest: spec.text.digest },
      ];
    case 'vlm-prompt':
      return spec.runtime.type === 'openai'
        ? []
        : spec.runtime.files.map((file, i) => ({ place: `runtime.files.${i}`, digest: file.digest }));
    case 'external':
      return [];
  }
}
