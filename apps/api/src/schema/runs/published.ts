import type { PublishedFigures } from '@samplewise/domain';
import { reportedAccuracy } from '@samplewise/evaluation';
import { builder } from '../builder.ts';
import { EstimateRef } from './evaluation.ts';

interface MeasuredOn {
  samples: number;
  accuracy: number;
}

const ReportedAccuracyRef = builder.objectRef<MeasuredOn>('ReportedAccuracy').implement({
  description: 'An accuracy without predictions behind it.',
  fields: (t) => ({
    samples: t.exposeInt('samples', { description: 'Test images that it may have been measured on.' }),
    estimate: t.field({
      type: EstimateRef,
      description: 'The accuracy with the Wilson interval that so many images allow.',
      // Of what somebody has printed, not of labels here.
      labels: 'narrowed',
      resolve: ({ accuracy, samples }) => reportedAccuracy(accuracy, samples),
    }),
  }),
});

const ReportedFigureRef = builder.objectRef<{ name: string; value: number }>('ReportedFigure').implement({
  description: 'A figure as it was told.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Such as f1.' }),
    value: t.exposeFloat('value', { description: 'As told.' }),
  }),
});

const PublishedRef = builder.objectRef<PublishedFigures>('PublishedFigures').implement({
  description: 'What somebody has published of a run that was made elsewhere; no predictions stand behind it.',
  fields: (t) => ({
    citation: t.exposeString('citation', { description: 'Where it stands, as it would be cited.' }),
    url: t.string({ nullable: true, description: 'Its address.', resolve: ({ url }) => url }),
    accuracy: t.field({
      type: [ReportedAccuracyRef],
      description: 'For each number of images that the publication leaves possible.',
      resolve: ({ accuracy, samples }) => samples.map((n) => ({ accuracy, samples: n })),
    }),
    others: t.field({
      type: [ReportedFigureRef],
      description: 'Other figures that it tells.',
      resolve: ({ others }) => Object.entries(others).map(([name, value]) => ({ name, value })),
    }),
  }),
});

builder.prismaObjectField('Run', 'published', (t) =>
  t.field({
    type: PublishedRef,
    nullable: true,
    description: 'Of a run of which only published figures are known.',
    select: { published: true },
    resolve: ({ published }) => published as PublishedFigures | null,
  }),
);

const ReportedFigureInput = builder.inputType('ReportedFigureInput', {
  description: 'A figure as it was told.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Such as f1.' }),
    value: t.float({ required: true, description: 'As told.' }),
  }),
});

export const PublishedFiguresInput = builder.inputType('PublishedFiguresInput', {
  description: 'What somebody has published of a run that was made elsewhere.',
  fields: (t) => ({
    citation: t.string({ required: true, description: 'Where it stands, as it would be cited.' }),
    url: t.string({ description: 'Its address.' }),
    samples: t.intList({
      required: true,
      description: 'Test images that it was measured on; several where the publication leaves it open.',
    }),
    accuracy: t.float({ required: true, description: 'A share: 0.8644 for 86.44 %.' }),
    others: t.field({ type: [ReportedFigureInput], description: 'Other figures that it tells.' }),
  }),
});

/** As packages/domain's `publishedFigures` wants them. */
export const publishedOf = ({ others, url, ...rest }: typeof PublishedFiguresInput.$inferInput) => ({
  ...rest,
  ...(url == null ? {} : { url }),
  others: Object.fromEntries((others ?? []).map(({ name, value }) => [name, value])),
});
