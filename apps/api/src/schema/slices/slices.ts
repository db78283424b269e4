import type { SlicedEvaluation, SliceEvaluation } from '@samplewise/evaluation';
import { sliceRun, type SliceBy } from '../../slices/slice-run.ts';
import { builder, rowNumber } from '../builder.ts';
import { EstimateRef } from '../runs/evaluation.ts';
import '../runs/run.ts';

const DEFAULT_BINS = 5;

const SliceByEnum = builder.enumType('SliceBy', {
  description: "What a run's samples are sliced by; each sample is in one slice.",
  values: {
    LABEL: { description: 'The true class.' },
    SPLIT: { description: 'TRAIN, VALIDATION, TEST.' },
    PREDICTED: { description: "The predicted class; 'none' where there is none." },
    CONFIDENCE: { description: 'Bins of about equally many samples by the score of the predicted class.' },
    BRIGHTNESS: { description: "Bins of about equally many samples by their images' mean brightness." },
    CONTRAST: { description: 'Such bins by the standard deviation of the pixels.' },
    SHARPNESS: { description: 'Such bins by the variance of the Laplacian.' },
    AGREEMENT: { description: 'How many of this run and those in `with` are right.' },
  } satisfies Record<SliceBy, object>,
});

const SliceRef = builder.objectRef<SliceEvaluation>('Slice').implement({
  description: 'Some of the samples of a run, evaluated as if there were nothing else.',
  fields: (t) => {
    const metric = (name: 'accuracy' | 'balancedAccuracy' | 'macroF1', description: string) =>
      t.field({
        type: EstimateRef,
        nullable: true,
        description,
        resolve: ({ evaluation }) => evaluation?.metrics[name] ?? null,
      });
    return {
      value: t.exposeString('value', { description: "The class, the split, the bin, or '2 of 3 right'." }),
      count: t.exposeInt('samples', { description: 'Samples.' }),
      covered: t.int({
        description: 'Of these, how many have a prediction.',
        resolve: ({ evaluation }) => evaluation?.covered ?? 0,
      }),
      accuracy: metric('accuracy', 'Correct over all samples; none for an empty slice.'),
      balancedAccuracy: metric('balancedAccuracy', 'Mean recall of the classes that occur.'),
      macroF1: metric('macroF1', 'Unweighted mean of the classes.'),
    };
  },
});

const SlicesRef = builder.objectRef<SlicedEvaluation>('Slices').implement({
  description: 'A run slice by slice.',
  fields: (t) => ({
    looks: t.exposeInt('looks', {
      description: 'Slices with samples: so many looks at chance, which single intervals do not account for.',
    }),
    slices: t.field({ type: [SliceRef], description: 'In their order.', resolve: ({ slices }) => [...slices] }),
  }),
});

builder.prismaObjectField('Run', 'slices', (t) =>
  t.field({
    type: SlicesRef,
    nullable: true,
    description:
      'Metrics by slice, with intervals. None before the run has its evaluation, and where labels are hidden.',
    complexity: 1000,
    labels: 'sealed',
    args: {
      by: t.arg({ type: SliceByEnum, required: true, description: 'What to slice by.' }),
      bins: t.arg.int({
        description: `Of CONFIDENCE, BRIGHTNESS, CONTRAST and SHARPNESS, 1 to 50; ${DEFAULT_BINS} unless given.`,
      }),
      with: t.arg.idList({ description: 'Of AGREEMENT: 1 to 19 other runs on the same samples, such as Run_2.' }),
    },
    select: { id: true },
    resolve: ({ id }, { by, bins, with: others }, context) =>
      sliceRun(context, id, {
        by,
        bins: bins ?? DEFAULT_BINS,
        with: (others ?? []).map((other, i) => rowNumber(other, 'Run', `with.${i}`)),
      }),
  }),
);
