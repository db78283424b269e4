import {
  precisionRecallCurve,
  rocCurve,
  thinCurve,
  type CalibrationBin,
  type ClassScoreEvaluation,
  type Evaluation as Result,
  type PrecisionRecallPoint,
  type RocPoint,
} from '@samplewise/evaluation';
import { readForEvaluation } from '@samplewise/database';
import { GraphQLError } from 'graphql';
import { builder } from '../builder.ts';
import { EstimateRef } from './evaluation.ts';

/** Points of a curve; beyond that nobody sees a difference. */
const CURVE_POINTS = 500;

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

const RocPointRef = builder.objectRef<RocPoint>('RocPoint').implement({
  description: 'A point of the ROC curve.',
  fields: (t) => ({
    threshold: t.exposeFloat('threshold', { nullable: true, description: 'Scores from here on count as the class.' }),
    falsePositiveRate: t.exposeFloat('falsePositiveRate', { description: 'Share of the others that count.' }),
    truePositiveRate: t.exposeFloat('truePositiveRate', { description: 'Share of the class that counts.' }),
  }),
});

const PrecisionRecallPointRef = builder.objectRef<PrecisionRecallPoint>('PrecisionRecallPoint').implement({
  description: 'A point of the precision-recall curve.',
  fields: (t) => ({
    threshold: t.exposeFloat('threshold', { nullable: true, description: 'Scores from here on count as the class.' }),
    precision: t.exposeFloat('precision', { description: 'Share of those that count that are of the class.' }),
    recall: t.exposeFloat('recall', { description: 'Share of the class that counts.' }),
  }),
});

interface Curves {
  label: string;
  roc: readonly RocPoint[];
  precisionRecall: readonly PrecisionRecallPoint[];
}

const CurvesRef = builder.objectRef<Curves>('ClassCurves').implement({
  description: 'Curves of one class against the rest, thinned out to 500 points each.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'The class.' }),
    roc: t.field({
      type: [RocPointRef],
      description: 'From the origin on.',
      resolve: ({ roc }) => [...thinCurve(roc, CURVE_POINTS)],
    }),
    precisionRecall: t.field({
      type: [PrecisionRecallPointRef],
      description: 'By falling recall.',
      resolve: ({ precisionRecall }) => [...thinCurve(precisionRecall, CURVE_POINTS)],
    }),
  }),
});

builder.prismaObjectField('Run', 'curves', (t) =>
  t.field({
    type: CurvesRef,
    nullable: true,
    description:
      'Computed from the stored predictions. None where not every prediction has class scores, or labels are hidden.',
    complexity: 100,
    labels: 'sealed',
    args: { label: t.arg.string({ required: true, description: 'One of the classes.' }) },
    select: {
      id: true,
      experiment: {
        select: { split: true, datasetVersion: { select: { id: true, labels: true } } },
      },
    },
    resolve: async ({ id, experiment }, { label }, { database }): Promise<Curves | null> => {
      const { datasetVersion, split } = experiment;
      if (!datasetVersion) return null;
      const { id: versionId, labels } = datasetVersion;
      const at = labels.indexOf(label);
      if (at < 0) {
        throw new GraphQLError(`label: there is no class '${label}'; the classes are ${labels.join(', ')}`, {
          extensions: { code: 'BAD_USER_INPUT' },
        });
      }
      const { scores, truth, predicted } = await readForEvaluation(database.pool, id, {
        versionId,
        split,
        classes: labels.length,
      });
      if (!scores) return null;
      const predictions = { labels, truth, predicted, scores };
      return {
        label,
        roc: rocCurve(predictions, at).points,
        precisionRecall: precisionRecallCurve(predictions, at).points,
      };
    },
  }),
);
