import { runProgress, type PhaseProgress, type RunProgress } from '../../runs/read-progress.ts';
import { builder } from '../builder.ts';
import { PhaseEnum } from './enums.ts';
import './run.ts';

const PhaseProgressRef = builder.objectRef<PhaseProgress>('PhaseProgress').implement({
  description: 'How far a phase is. Preprocessing and inference go on side by side.',
  fields: (t) => ({
    phase: t.expose('phase', { type: PhaseEnum, description: 'The phase.' }),
    done: t.exposeInt('done', { description: 'Samples whose results are stored.' }),
    total: t.exposeInt('total', { description: 'Samples that go through it.' }),
    running: t.exposeBoolean('running', { description: 'Whether it is at work, as far as is known.' }),
    samplesPerSecond: t.exposeFloat('samplesPerSecond', {
      nullable: true,
      description: 'Over the time in which it was at work; none where nobody says.',
    }),
    cached: t.exposeInt('cached', { description: 'Samples that were read from a cache.' }),
  }),
});

const RunProgressRef = builder.objectRef<RunProgress>('RunProgress').implement({
  description: 'How far a run is that has not ended.',
  fields: (t) => ({
    phases: t.expose('phases', { type: [PhaseProgressRef], description: 'In their order; none without samples.' }),
    samplesPerSecond: t.exposeFloat('samplesPerSecond', {
      nullable: true,
      description: 'Of the last minute; none before the first samples, and while it is paused.',
    }),
    secondsLeft: t.exposeFloat('secondsLeft', {
      nullable: true,
      description: 'Until the last sample is predicted, at that rate.',
    }),
  }),
});

builder.prismaObjectField('Run', 'progress', (t) =>
  t.field({
    type: RunProgressRef,
    nullable: true,
    description: 'How far it is, by phase; none once it has ended.',
    complexity: 5,
    select: { id: true },
    resolve: ({ id }, _args, context) => runProgress(context, id),
  }),
);
