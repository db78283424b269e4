import { z } from 'zod';
import { IMPORT_LIMITS } from './dataset-source.ts';
import { resizeKernel } from './model-config.ts';
import { digest } from './names.ts';

const weights = z.strictObject({ digest });
const portName = z.string().min(1).max(200);
const side = z.number().int().min(1).max(IMPORT_LIMITS.imageSide);

/** A network that maps an image to a larger one: RGB, [N,3,H,W] -> [N,3,factor*H,factor*W]. */
export const onnxSuperResolutionStep = z.strictObject({
  kind: z.literal('onnx-super-resolution'),
  weights,
  /** How many times wider and higher the output is. */
  factor: z.number().int().min(1).max(8),
  /** Range of the input's and the output's values: -1..1, 0..1 or 0..255. */
  range: z.enum(['-1..1', '0..1', '0..255']),
  batch: z.number().int().min(1).max(1024).default(32),
});
export type OnnxSuperResolutionStep = z.infer<typeof onnxSuperResolutionStep>;

/** UltraFace (Linzaer, 2019): RGB, (v-127)/128, [1,3,H,W] -> `scores` [1,N,2] and `boxes` [1,N,4] in 0..1. */
export const faceDetector = z.strictObject({
  kind: z.literal('ultraface').default('ultraface'),
  weights,
  /** Scores below are no face. */
  threshold: z.number().min(0).max(1).default(0.7),
  /** Of two boxes that overlap by more (intersection over union) the better one stays. */
  iou: z.number().min(0).max(1).default(0.3),
});
export type FaceDetector = z.infer<typeof faceDetector>;

const gfpgan = {
  kind: z.literal('gfpgan'),
  weights,
  input: portName.default('input'),
  output: portName.default('output'),
  /** Width and height that the network takes and gives. */
  size: z.number().int().min(16).max(1024).default(512),
  /** Faces in a call; a graph with a fixed batch decides by itself. */
  batch: z.number().int().min(1).max(64).default(1),
  /** Share of the restored face in the result; the rest is the original's. */
  blend: z.number().min(0).max(1).default(1),
};

/** GFPGAN (Wang et al., 2021) on pictures that are nothing but a face, as those of FER-2013. */
export const gfpganWholeStep = z.strictObject({
  ...gfpgan,
  mode: z.literal('whole'),
  /** The result is so many times as large as the original; left out, it is as large as the network gives it. */
  upscale: z.number().int().min(1).max(8).optional(),
});
export type GfpganWholeStep = z.infer<typeof gfpganWholeStep>;

/** GFPGAN on the faces that a detector finds in larger pictures; they are pasted back. */
export const gfpganFacesStep = z.strictObject({
  ...gfpgan,
  mode: z.literal('faces'),
  detector: faceDetector,
  /** The result is so many times as large as the original. */
  upscale: z.number().int().min(1).max(4).default(1),
  /** The best faces of a picture; further ones stay as they are. */
  maxFaces: z.number().int().min(1).max(256).default(16),
});
export type GfpganFacesStep = z.infer<typeof gfpganFacesStep>;

export const gfpganStep = z.discriminatedUnion('mode', [gfpganWholeStep, gfpganFacesStep]);
export type GfpganStep = z.infer<typeof gfpganStep>;

const medianStep = z.strictObject({
  kind: z.literal('denoise'),
  method: z.literal('median'),
  /** Side of the square window, in pixels. */
  size: z
    .number()
    .int()
    .min(3)
    .max(15)
    .refine((v) => v % 2 === 1, 'must be odd')
    .default(3),
});

export const denoiseStep = z.discriminatedUnion('method', [
  medianStep,
  z.strictObject({
    kind: z.literal('denoise'),
    method: z.literal('gaussian'),
    /** Standard deviation, in pixels. */
    sigma: z.number().min(0.3).max(10).default(1),
  }),
]);

/** Contrast-limited adaptive histogram equalisation (Zuiderveld, 1994), each channel by itself. */
export const claheStep = z.strictObject({
  kind: z.literal('clahe'),
  /** Of the window around each pixel; in smaller pictures the window is the picture. */
  width: side,
  height: side,
  /** Limit of the brightening; 0: none. */
  maxSlope: z.number().int().min(0).max(100).default(3),
});

export const resizeStep = z
  .strictObject({
    kind: z.literal('resize'),
    /** To this size, without cropping … */
    width: side.optional(),
    height: side.optional(),
    /** … or to so many times the original's. */
    factor: z
      .number()
      .min(1 / 16)
      .max(8)
      .optional(),
    kernel: resizeKernel.default('cubic'),
  })
  .refine(
    ({ width, height, factor }) =>
      factor === undefined ? width !== undefined && height !== undefined : width === undefined && height === undefined,
    { message: 'needs width and height, or factor', path: ['factor'] },
  );

/** Unsharp masking; colours are sharpened in their lightness. */
export const unsharpStep = z.strictObject({
  kind: z.literal('unsharp'),
  /** Standard deviation of the mask, in pixels. */
  sigma: z.number().min(0.3).max(10).default(1),
  /** How much is added where the picture is flat, and where it is jagged. */
  flat: z.number().min(0).max(20).default(1),
  jagged: z.number().min(0).max(20).default(2),
});

/** v -> 255 * (v / 255)^(1 / gamma): above 1 brighter, below darker. */
export const gammaStep = z.strictObject({
  kind: z.literal('gamma'),
  gamma: z.number().min(0.1).max(10),
});

/** Stretches the lightness, so that these percentiles become black and white. */
export const normaliseStep = z
  .strictObject({
    kind: z.literal('normalise'),
    lower: z.number().min(0).max(99).default(1),
    upper: z.number().min(1).max(100).default(99),
  })
  .refine(({ lower, upper }) => lower < upper, { message: 'must be above lower', path: ['upper'] });

/** Steps without a network. */
export const classicalStep = z.discriminatedUnion('kind', [
  denoiseStep,
  claheStep,
  resizeStep,
  unsharpStep,
  gammaStep,
  normaliseStep,
]);
export type ClassicalStep = z.infer<typeof classicalStep>;

export const restorationStep = z.discriminatedUnion('kind', [onnxSuperResolutionStep, gfpganStep, classicalStep]);
export type RestorationStep = z.infer<typeof restorationStep>;

/** Ordered steps; the empty list is 'none'. */
export const restorationSteps = z.array(restorationStep).max(8);
export type RestorationSteps = z.infer<typeof restorationSteps>;

/** A step's blobs that must be in storage before it can be used; `place` is the field that names them. */
export function weightsOfStep(step: RestorationStep): { place: string; digest: string }[] {
  switch (step.kind) {
    case 'onnx-super-resolution':
      return [{ place: 'weights', digest: step.weights.digest }];
    case 'gfpgan': {
      const network = { place: 'weights', digest: step.weights.digest };
      return step.mode === 'whole'
        ? [network]
        : [network, { place: 'detector.weights', digest: step.detector.weights.digest }];
    }
    case 'denoise':
    case 'clahe':
    case 'resize':
    case 'unsharp':
    case 'gamma':
    case 'normalise':
      return [];
  }
}
