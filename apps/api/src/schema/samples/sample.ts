import { resolveCursorConnection } from '@pothos/plugin-relay';
import type { ImageFacts } from '@samplewise/database';
import { BLANK_CONTRAST } from '@samplewise/evaluation';
import { imageFacts } from '../../samples/image-facts.ts';
import { loadSample } from '../../samples/load-samples.ts';
import { FURTHEST, nearestSamples, type NearSample } from '../../samples/nearest.ts';
import { predictionsOfSample } from '../../samples/predictions-of-sample.ts';
import { restorationsOfSample, type RestorationOfSample } from '../../samples/restorations-of-sample.ts';
import type { PredictionOfSample } from '../../runs/read-predictions.ts';
import { builder, PAGE_LIMIT } from '../builder.ts';
import { SampleRef } from '../datasets/dataset.ts';
import { PredictionRef } from '../runs/predictions.ts';
import { RestoredImage } from '../runs/restoration.ts';
import { cursorNumber, wholeNumber } from '../shared/numbers.ts';

const ImageMeasurements = builder.objectRef<ImageFacts>('ImageMeasurements').implement({
  description: "What is known of a sample's picture by itself. Figures are of its luma, at 512 pixels at most.",
  fields: (t) => ({
    readable: t.boolean({
      description: 'false: its bytes are no picture any more, and nothing else is known.',
      resolve: ({ hash }) => hash !== null,
    }),
    width: t.exposeInt('width', { nullable: true, description: 'Pixels, upright as people see it.' }),
    height: t.exposeInt('height', { nullable: true, description: 'Pixels.' }),
    brightness: t.exposeFloat('brightness', { nullable: true, description: 'Mean, from 0 (black) to 255.' }),
    contrast: t.exposeFloat('contrast', { nullable: true, description: 'Standard deviation of the pixels.' }),
    sharpness: t.exposeFloat('sharpness', {
      nullable: true,
      description: 'Variance of the Laplacian: larger is sharper, and noise counts. None below 3 x 3 pixels.',
    }),
    blank: t.boolean({
      description: `It shows nothing: its contrast is below ${BLANK_CONTRAST}.`,
      resolve: ({ contrast }) => contrast !== null && contrast < BLANK_CONTRAST,
    }),
    hash: t.string({
      nullable: true,
      description: '64 bits in hexadecimal that differ little between pictures that look alike (pHash).',
      resolve: ({ hash }) => (hash === null ? null : BigInt.asUintN(64, hash).toString(16).padStart(16, '0')),
    }),
  }),
});

const NearSampleRef = builder.objectRef<NearSample>('NearSample').implement({
  description: 'A sample whose picture is the same as another one, or looks like it.',
  fields: (t) => ({
    sample: t.field({
      type: SampleRef,
      description: 'The sample.',
      resolve: (near, _args, context) => loadSample(context, near),
    }),
    distance: t.exposeInt('distance', {
      nullable: true,
      description: 'Of 64 bits of the perceptual hashes, how many differ; none for the same bytes.',
    }),
  }),
});

const SampleRestoration = builder.objectRef<RestorationOfSample>('SampleRestoration').implement({
  description: 'What a restoration made of a sample.',
  fields: (t) => ({
    restorationConfig: t.prismaField({
      type: 'RestorationConfig',
      description: 'The restoration.',
      // Prisma joins the look-ups of one tick into one statement.
      resolve: (query, { restorationConfigId: id }, _args, { database }) =>
        database.prisma.restorationConfig.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    steps: t.field({
      type: [RestoredImage],
      description: 'Step by step; the last one is what models saw.',
      resolve: ({ steps }) => steps,
    }),
  }),
});

builder.prismaObjectFields('Sample', (t) => ({
  datasetVersion: t.relation('version', { description: 'What it is a sample of.' }),
  measurements: t.field({
    type: ImageMeasurements,
    nullable: true,
    description: 'What is known of the picture by itself; none until it has been measured.',
    select: { digest: true },
    resolve: ({ digest }, _args, context) => imageFacts(context, digest),
  }),
  nearest: t.field({
    type: [NearSampleRef],
    description:
      'Samples of the version, in any split, with the same picture or one that looks like it; nearest first.',
    complexity: 20,
    args: {
      limit: t.arg.int({ defaultValue: 12, description: 'So many at most, 1 to 50.' }),
      maximumDistance: t.arg.int({ defaultValue: 10, description: `Of 64 bits, 0 to ${FURTHEST}.` }),
    },
    select: { versionId: true, index: true },
    resolve: (sample, { limit, maximumDistance }, { database }) =>
      nearestSamples(database, sample, {
        limit: wholeNumber(limit ?? 12, 'limit', 1, 50),
        maximumDistance: wholeNumber(maximumDistance ?? 10, 'maximumDistance', 0, FURTHEST),
      }),
  }),
  restorations: t.field({
    type: [SampleRestoration],
    description: "What the project's restorations have made of it so far, the newest first.",
    complexity: 20,
    select: { versionId: true, digest: true },
    resolve: (sample, _args, { database }) => restorationsOfSample(database, sample),
  }),
  predictions: t.connection(
    {
      type: PredictionRef,
      description: 'What runs say of it, the newest run first.',
      select: { versionId: true, index: true, split: true, label: true, digest: true, source: true },
      resolve: (sample, args, context) =>
        resolveCursorConnection<Promise<PredictionOfSample[]>>(
          { args, maxSize: PAGE_LIMIT, defaultSize: 50, toCursor: ({ runId }) => String(runId) },
          ({ before, after, limit, inverted }) =>
            predictionsOfSample(context, {
              sample,
              page: {
                before: cursorNumber(before, 'before'),
                after: cursorNumber(after, 'after'),
                limit,
                inverted,
              },
            }),
        ),
    },
    { name: 'SamplePredictionsConnection', description: 'A page of predictions of one sample.' },
    { name: 'SamplePredictionsConnectionEdge', description: 'A prediction and its cursor.' },
  ),
}));

builder.objectField(PredictionRef, 'run', (t) =>
  t.prismaField({
    type: 'Run',
    description: 'Who says it.',
    resolve: (query, { runId: id }, _args, { database }) =>
      database.prisma.run.findUniqueOrThrow({ ...query, where: { id } }),
  }),
);
