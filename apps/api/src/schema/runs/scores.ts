import type { CalibrationBin, ClassScoreEvaluation, Evaluation as Result } from '@samplewise/evaluation';
import { builder } from '../builder.ts';
import { EstimateRef } from './evaluation.ts';

type Scores = Exclude<Result['scores'], { problem: string }>;

const CalibrationBinRef = builder.objectRef<CalibrationBin>('CalibrationBin').implement({
  description: 'Predictions of about the same confidence.',
  fields: (t) => ({
    low: t.exposeFloat('low', { description: 'Confidences above this.' }),
    high: t.exposeFloat('high', { description: 'Up to this.' }),
    count: t.exposeFloat('count', { description: 'Samples.' }),
    confidence: t.expose('confidence', { type: EstimateRef, description: 'Mean.' }),
    accuracy: t.expose('accuracy', { type: EstimateRef, description: 'Share that is right.' }),
  }),
});

const TopKRef = builder.objectRef<Scores['topK'][number]>('TopKAccuracy').implement({
  description: 'Share of samples whose class is among the highest scores.',
  fields: (t) => ({
    k: t.exposeInt('k', { description: 'How many of the highest scores.' }),
    accuracy: t.expose('accuracy', { type: EstimateRef, description: 'The share.' }),
  }),
});

const ClassScoresRef = builder.objectRef<ClassScoreEvaluation>('ClassScoreMetrics').implement({
  description: 'What the scores of one class tell it from the rest.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'The class.' }),
    rocAuc: t.expose('rocAuc', { type: EstimateRef, description: 'Area under the ROC curve.' }),
    averagePrecision: t.expose('averagePrecision', {
      type: EstimateRef,
      description: 'Area under the precision-recall curve, without interpolation.',
    }),
  }),
});

const ScoresRef = builder.objectRef<Scores>('ScoreMetrics').implement({
  description: 'Metrics of class scores, over the samples with a prediction.',
  fields: (t) => ({
    logLoss: t.expose('logLoss', { type: EstimateRef, description: 'Mean negative logarithm of the true class.' }),
    brierScore: t.expose('brierScore', {
      type: EstimateRef,
      description: 'Mean squared distance from the truth, 0 to 2.',
    }),
    topK: t.field({ type: [TopKRef], description: 'For k of 2, 3 and 5.', resolve: ({ topK }) => [...topK] }),
    expectedCalibrationError: t.field({
      type: EstimateRef,
      description: 'Mean distance of confidence and accuracy over the bins.',
      resolve: ({ calibration }) => calibration.expectedError,
    }),
    maximumCalibrationError: t.field({
      type: EstimateRef,
      description: 'Largest distance of confidence and accuracy of a bin.',
      resolve: ({ calibration }) => calibration.maximumError,
    }),
    calibrationBins: t.field({
      type: [CalibrationBinRef],
      description: 'By confidence.',
      resolve: ({ calibration }) => [...calibration.bins],
    }),
    macroRocAuc: t.expose('macroRocAuc', { type: EstimateRef, description: 'Unweighted mean of the classes.' }),
    macroAveragePrecision: t.expose('macroAveragePrecision', {
      type: EstimateRef,
      description: 'Unweighted mean of the classes.',
    }),
    perClass: t.field({
      type: [ClassScoresRef],
      description: 'In the order of the labels.',
      resolve: ({ perClass }) => [...perClass],
    }),
    riskCoverageArea: t.expose('riskCoverageArea', {
      type: EstimateRef,
      description: 'Mean share of errors when the least confident are left out, over every such share.',
    }),
  }),
});

builder.prismaObjectField('Evaluation', 'scores', (t) =>
  t.field({
    type: ScoresRef,
    nullable: true,
    description: 'None where not every prediction has class scores.',
    select: { result: true },
    resolve: ({ result }) => {
      const { scores } = result as unknown as Result;
      return 'problem' in scores ? null : scores;
    },
  }),
);
