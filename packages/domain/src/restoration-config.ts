import { z } from 'zod';
import { digest } from './names.ts';

/** A network that maps an image to a larger one: RGB, [N,3,H,W] -> [N,3,factor*H,factor*W]. */
export const onnxSuperResolutionStep = z.strictObject({
  kind: z.literal('onnx-super-resolution'),
  weights: z.strictObject({ digest }),
  /** How many times wider and higher the output is. */
  factor: z.number().int().min(1).max(8),
  /** Range of the input's and the output's values: -1..1, 0..1 or 0..255. */
  range: z.enum(['-1..1', '0..1', '0..255']),
  batch: z.number().int().min(1).max(1024).default(32),
});

export const restorationStep = z.discriminatedUnion('kind', [onnxSuperResolutionStep]);
export type RestorationStep = z.infer<typeof restorationStep>;

/** Ordered steps; the empty list is 'none'. */
export const restorationSteps = z.array(restorationStep).max(8);
export type RestorationSteps = z.infer<typeof restorationSteps>;
