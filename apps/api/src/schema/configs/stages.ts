import { modelSpec, modelStages, restorationStages, restorationSteps, type Stage } from '@samplewise/domain';
import { builder } from '../builder.ts';
import './configs.ts';

const StageRef = builder.objectRef<Stage>('Stage').implement({
  description: 'One thing that is done to a picture, told to people.',
  fields: (t) => ({
    title: t.exposeString('title', { description: 'Such as `Resize`.' }),
    detail: t.exposeString('detail', { description: 'To what size, with which numbers.' }),
    text: t.exposeString('text', { nullable: true, description: 'What is said to a model, word by word.' }),
  }),
});

builder.prismaObjectFields('ModelConfig', (t) => ({
  labels: t.stringList({
    description: "The classes in the order of the model's outputs.",
    select: { spec: true },
    resolve: ({ spec }) => modelSpec.parse(spec).labels,
  }),
  stages: t.field({
    type: [StageRef],
    description: 'How a picture becomes a prediction, in the order in which it is done.',
    select: { spec: true },
    resolve: ({ spec }) => modelStages(modelSpec.parse(spec)),
  }),
}));

builder.prismaObjectField('RestorationConfig', 'stages', (t) =>
  t.field({
    type: [StageRef],
    description: 'What it does to a picture, step by step.',
    select: { steps: true },
    resolve: ({ steps }) => restorationStages(restorationSteps.parse(steps)),
  }),
);
