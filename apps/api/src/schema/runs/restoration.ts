import { restoredSteps, type RestoredStep } from '../../runs/restored-image.ts';
import { builder } from '../builder.ts';
import { stepsOfConfig } from '../configs/restoration-steps.ts';
import { BlobRef } from '../shared/blob.ts';
import { PredictionRef } from './predictions.ts';

interface Figures {
  brightness: number;
  contrast: number;
  sharpness: number | null;
  noise: number | null;
}

const ImageFigures = builder.objectRef<Figures>('ImageFigures').implement({
  description: 'What can be said of a picture by itself, from its luma.',
  fields: (t) => ({
    brightness: t.exposeFloat('brightness', { description: 'Mean, from 0 (black) to 255.' }),
    contrast: t.exposeFloat('contrast', { description: 'Standard deviation of the pixels.' }),
    sharpness: t.exposeFloat('sharpness', {
      nullable: true,
      description: 'Variance of the Laplacian: larger is sharper, and noise counts. None below 3 x 3 pixels.',
    }),
    noise: t.exposeFloat('noise', {
      nullable: true,
      description: 'Standard deviation of the noise, estimated as by Immerkær (1996). None below 3 x 3 pixels.',
    }),
  }),
});

interface Quality {
  psnr: number | null;
  ssim: number | null;
  before: Figures;
  after: Figures;
}

const RestorationQuality = builder.objectRef<Quality>('RestorationQuality').implement({
  description: 'A picture before and after a restoration step, both at the size of the smaller, at most 512 pixels.',
  fields: (t) => ({
    psnr: t.exposeFloat('psnr', {
      nullable: true,
      description: 'Peak signal-to-noise ratio of the one against the other, in decibels; none when they are equal.',
    }),
    ssim: t.exposeFloat('ssim', {
      nullable: true,
      description:
        'Structural similarity of the two (Wang et al., 2004), 1 when they are equal; none below 11 x 11 pixels.',
    }),
    before: t.expose('before', { type: ImageFigures, description: 'Of what the step was given.' }),
    after: t.expose('after', { type: ImageFigures, description: 'Of what it made.' }),
  }),
});

export const RestoredImage = builder.objectRef<RestoredStep>('RestoredImage').implement({
  description: 'What one restoration step made of a picture.',
  fields: (t) => ({
    step: t.exposeInt('step', { description: "Position in the restoration's steps, from 0." }),
    kind: t.exposeString('kind', { description: 'Of the step, such as gfpgan.' }),
    image: t.field({
      type: BlobRef,
      description: 'The picture that it made.',
      resolve: ({ restored }) => ({ digest: restored.outputDigest }),
    }),
    faces: t.int({
      nullable: true,
      description: 'Faces that were found and restored: with 0 nothing was. None where the step looks for none.',
      resolve: ({ restored }) => restored.faces,
    }),
    quality: t.field({
      type: RestorationQuality,
      nullable: true,
      description: 'What it changed; none for pictures that were made before this was measured.',
      resolve: ({ restored }) => qualityOf(restored),
    }),
  }),
});

function qualityOf(row: RestoredStep['restored']): Quality | null {
  if (row.brightness === null || row.contrast === null) return null;
  return {
    psnr: row.psnr,
    ssim: row.ssim,
    before: {
      brightness: row.brightnessBefore!,
      contrast: row.contrastBefore!,
      sharpness: row.sharpnessBefore,
      noise: row.noiseBefore,
    },
    after: { brightness: row.brightness, contrast: row.contrast, sharpness: row.sharpness, noise: row.noise },
  };
}

const DESCRIPTION = 'step by step, as far as it has been made; empty without one.';

builder.objectField(PredictionRef, 'restoration', (t) =>
  t.field({
    type: [RestoredImage],
    description: `What the run's restoration made of the image, ${DESCRIPTION}`,
    complexity: 5,
    resolve: ({ sample, steps }, _args, { database }) => restoredSteps(database.prisma, sample.digest, steps ?? []),
  }),
);

builder.prismaObjectField('Sample', 'restoration', (t) =>
  t.field({
    type: [RestoredImage],
    description: `What a restoration made of the picture, ${DESCRIPTION}`,
    complexity: 5,
    args: { restorationConfigId: t.arg.id({ required: true, description: 'Such as RestorationConfig_2.' }) },
    select: { digest: true },
    resolve: async ({ digest }, { restorationConfigId }, context) =>
      restoredSteps(context.database.prisma, digest, await stepsOfConfig(context, restorationConfigId)),
  }),
);
