import { logCosts } from '../../runs/log-costs.ts';
import { logMetrics } from '../../runs/log-metrics.ts';
import { logPredictions } from '../../runs/log-predictions.ts';
import { builder, rowNumber } from '../builder.ts';
import { withoutNulls } from '../shared/inputs.ts';
import { PhaseEnum, PredictionStatusEnum } from './enums.ts';
import { runPayload } from './payload.ts';

const LogPredictionsInput = builder.inputType('LogPredictionsInput', {
  description: 'Predictions in columns: element i of each column belongs to sample `sampleIndex[i]`.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Such as Run_1.' }),
    batchId: t.string({ required: true, description: 'Such as a UUID; the same batch sent again changes nothing.' }),
    sampleIndex: t.field({ type: 'IntColumn', required: true, description: 'Positions in the dataset version.' }),
    predicted: t.field({
      type: 'IntColumn',
      description: 'Positions in the labels, -1 for none; the class of the highest score unless given.',
    }),
    scores: t.field({ type: 'Float32Column', description: 'Probabilities, row by row: samples x labels.' }),
    labels: t.stringList({ description: "The classes in your order; the dataset version's order unless given." }),
    statuses: t.field({ type: [PredictionStatusEnum], description: 'ABSTAINED where there is none, unless given.' }),
    confidence: t.field({ type: 'Float32Column', description: 'Of the predicted class, where there are no scores.' }),
    latencyMicros: t.field({ type: 'IntColumn', description: 'Microseconds; -1 where it is not known.' }),
  }),
});

const LogPredictionsPayload = builder
  .objectRef<{ sampleDone: number; repeated: boolean }>('LogPredictionsPayload')
  .implement({
    description: 'What is stored now.',
    fields: (t) => ({
      sampleDone: t.exposeInt('sampleDone', { description: 'Samples of the run that have a prediction.' }),
      repeated: t.exposeBoolean('repeated', { description: 'Whether this batch was there already.' }),
    }),
  });

const MetricSeriesInput = builder.inputType('MetricSeriesInput', {
  description: 'Points of one metric in columns.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Such as `loss/train`.' }),
    steps: t.field({ type: 'LongColumn', required: true, description: 'From 0 on, in any order.' }),
    times: t.field({ type: 'FloatColumn', description: 'Milliseconds since 1970; now unless given.' }),
    values: t.field({ type: 'FloatColumn', required: true, description: 'NaN and infinities are kept.' }),
  }),
});

const LogMetricsInput = builder.inputType('LogMetricsInput', {
  description: 'Points of metrics.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Such as Run_1.' }),
    batchId: t.string({ description: 'Such as a UUID; the same batch sent again changes nothing.' }),
    series: t.field({
      type: [MetricSeriesInput],
      required: true,
      description: 'Up to 200,000 points in 1,000 series.',
    }),
  }),
});

const PhaseCostInput = builder.inputType('PhaseCostInput', {
  description: 'What one phase of a run has cost.',
  fields: (t) => ({
    phase: t.field({ type: PhaseEnum, required: true, description: 'The phase.' }),
    wallSeconds: t.float({ required: true, description: 'Time in which it was at work.' }),
    cpuSeconds: t.float({ description: 'Processor time.' }),
    peakMemoryBytes: t.field({ type: 'BigInt', description: 'Most memory of the process that did it.' }),
    device: t.string({ description: 'Such as cpu, or the name of a GPU.' }),
    samples: t.int({ description: 'Samples that went through.' }),
    energyJoules: t.float({ description: 'Energy that it took.' }),
    price: t.float({ description: 'What it cost; with its currency.' }),
    currency: t.string({ description: 'Such as EUR (ISO 4217).' }),
  }),
});

const LogCostsInput = builder.inputType('LogCostsInput', {
  description: 'What phases of a run have cost.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Such as Run_1.' }),
    costs: t.field({ type: [PhaseCostInput], required: true, description: 'Each phase once.' }),
  }),
});

builder.mutationFields((t) => ({
  logCosts: t.field({
    type: runPayload('LogCostsPayload', 'The run with its costs.'),
    description: "Says what phases of a client's run have cost; a phase that is there gets the new figures.",
    errors: {},
    args: { input: t.arg({ type: LogCostsInput, required: true, description: 'What to log.' }) },
    resolve: async (_root, { input }, context) => {
      const id = rowNumber(input.runId, 'Run', 'input.runId');
      await logCosts(context, id, input.costs.map(withoutNulls));
      return { id };
    },
  }),
  logPredictions: t.field({
    type: LogPredictionsPayload,
    description: "Stores predictions of a client's run, all or none; a sample that has one gets the new one.",
    errors: {},
    args: { input: t.arg({ type: LogPredictionsInput, required: true, description: 'What to log.' }) },
    resolve: async (_root, { input }, context) => {
      const { sampleIndex, predicted, scores, labels, statuses, confidence, latencyMicros } = input;
      return logPredictions(context, rowNumber(input.runId, 'Run', 'input.runId'), input.batchId, {
        sampleIndex,
        predicted: predicted ?? undefined,
        scores: scores ?? undefined,
        labels: labels ?? undefined,
        statuses: statuses ?? undefined,
        confidence: confidence ?? undefined,
        latencyMicros: latencyMicros ?? undefined,
      });
    },
  }),
  logMetrics: t.field({
    type: runPayload('LogMetricsPayload', 'The run with its metrics.'),
    description: "Stores points of a client's run, all or none.",
    errors: {},
    args: { input: t.arg({ type: LogMetricsInput, required: true, description: 'What to log.' }) },
    resolve: async (_root, { input }, context) => {
      const id = rowNumber(input.runId, 'Run', 'input.runId');
      const series = input.series.map(({ key, steps, times, values }) => ({
        key,
        steps,
        values,
        times: times ?? undefined,
      }));
      await logMetrics(context, id, input.batchId ?? undefined, series);
      return { id };
    },
  }),
}));
