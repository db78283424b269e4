import type { ClassEvaluation, ConfusionMatrix, Estimate, Evaluation as Result } from '@samplewise/evaluation';
import { builder } from '../builder.ts';

export const EstimateRef = builder.objectRef<Estimate>('Estimate').implement({
  description: 'A computed figure with its interval, or the reason why it is undefined.',
  fields: (t) => ({
    value: t.exposeFloat('value', { nullable: true, description: 'None where it is undefined.' }),
    low: t.float({
      nullable: true,
      description: 'Lower end of the interval.',
      resolve: (e) => (e.value === null ? null : e.low),
    }),
    high: t.float({
      nullable: true,
      description: 'Upper end of the interval.',
      resolve: (e) => (e.value === null ? null : e.high),
    }),
    method: t.string({
      nullable: true,
      description: 'How the interval was made.',
      resolve: (e) => (e.value === null ? null : e.method),
    }),
    undefinedReason: t.string({
      nullable: true,
      description: 'Why there is no value.',
      resolve: (e) => (e.value === null ? e.reason : null),
    }),
  }),
});

const ClassMetrics = builder.objectRef<ClassEvaluation>('ClassMetrics').implement({
  description: 'Metrics of one class against the rest.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'The class.' }),
    support: t.exposeInt('support', { description: 'Samples of this class.' }),
    predicted: t.exposeInt('predicted', { description: 'Samples predicted as this class.' }),
    precision: t.expose('precision', { type: EstimateRef, description: 'TP / (TP + FP).' }),
    recall: t.expose('recall', { type: EstimateRef, description: 'TP / (TP + FN).' }),
    f1: t.expose('f1', { type: EstimateRef, description: 'Harmonic mean of precision and recall.' }),
  }),
});

const ConfusionMatrixRef = builder.objectRef<ConfusionMatrix>('ConfusionMatrix').implement({
  description: 'Counts of truth against prediction.',
  fields: (t) => ({
    labels: t.stringList({ description: 'Of rows and columns.', resolve: (m) => [...m.labels] }),
    counts: t.field({
      type: t.listRef(t.listRef('Int')),
      description: 'Rows: truth; columns: prediction.',
      resolve: (m) => m.counts.map((row) => [...row]),
    }),
    none: t.intList({ description: 'Samples of each true class without a prediction.', resolve: (m) => [...m.none] }),
  }),
});

type Latency = NonNullable<Result['latency']>;
const LatencyRef = builder.objectRef<Latency>('Latency').implement({
  description:
    'Percentiles of the time that the model took for a sample, in microseconds. A sample of a batch has its share.',
  fields: (t) => ({
    p50: t.exposeFloat('p50', { description: 'The median.' }),
    p90: t.exposeFloat('p90', { nullable: true, description: 'None in evaluations of former versions.' }),
    p95: t.exposeFloat('p95', { description: 'Nineteen of twenty samples took no longer.' }),
    p99: t.exposeFloat('p99', { description: 'All but one of a hundred samples took no longer.' }),
  }),
});

builder.prismaObject('Evaluation', {
  description: "What was computed from a run's stored predictions.",
  fields: (t) => {
    const metric = (name: keyof Result['metrics'], description: string) =>
      t.field({
        type: EstimateRef,
        description,
        select: { result: true },
        resolve: (row) => (row.result as unknown as Result).metrics[name],
      });
    const micro = (name: 'microPrecision' | 'microRecall' | 'microF1', description: string) =>
      t.field({
        type: EstimateRef,
        nullable: true,
        description: `${description} None in evaluations of former versions.`,
        select: { result: true },
        resolve: (row) => (row.result as unknown as Partial<Pick<Result, 'metrics'>>).metrics?.[name],
      });
    const stored = <T>(read: (result: Result) => T) => ({
      select: { result: true } as const,
      resolve: (row: { result: unknown }) => read(row.result as Result),
    });
    return {
      codeVersion: t.exposeString('codeVersion', { description: 'Version of the code that computed it.' }),
      predictionsDigest: t.exposeString('predictionsDigest', {
        description: 'SHA-256 of the predictions that it rests on.',
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was computed.' }),
      samples: t.int({ description: 'Samples of the run.', ...stored((r) => r.samples) }),
      covered: t.int({ description: 'Of these, how many have a prediction.', ...stored((r) => r.covered) }),
      confidence: t.float({ description: 'Of the intervals, such as 0.95.', ...stored((r) => r.confidence) }),
      accuracy: metric('accuracy', 'Correct over all samples; one without a prediction is wrong.'),
      coveredAccuracy: metric('coveredAccuracy', 'Correct over the samples with a prediction.'),
      balancedAccuracy: metric('balancedAccuracy', 'Mean recall of the classes that occur.'),
      macroPrecision: metric('macroPrecision', 'Unweighted mean of the classes.'),
      macroRecall: metric('macroRecall', 'Unweighted mean of the classes.'),
      macroF1: metric('macroF1', 'Unweighted mean of the classes.'),
      cohenKappa: metric('cohenKappa', 'Agreement with the truth beyond chance.'),
      matthewsCorrelation: metric('matthewsCorrelation', 'Correlation of truth and prediction, -1 to 1.'),
      weightedPrecision: metric('weightedPrecision', 'Mean of the classes, weighted by their samples.'),
      weightedRecall: metric('weightedRecall', 'Mean of the classes, weighted by their samples.'),
      weightedF1: metric('weightedF1', 'Mean of the classes, weighted by their samples.'),
      microPrecision: micro('microPrecision', 'Correct over the samples with a prediction, as coveredAccuracy.'),
      microRecall: micro('microRecall', 'Correct over all samples, as accuracy.'),
      microF1: micro('microF1', 'Harmonic mean of the two; as accuracy where each sample has a prediction.'),
      perClass: t.field({
        type: [ClassMetrics],
        description: 'In the order of the labels.',
        ...stored((r) => [...r.perClass]),
      }),
      confusionMatrix: t.field({
        type: ConfusionMatrixRef,
        description: 'Truth against prediction.',
        ...stored((r) => r.confusion),
      }),
      latency: t.field({
        type: LatencyRef,
        nullable: true,
        description: 'Of the samples; none where not each has one.',
        ...stored((r) => r.latency),
      }),
      result: t.expose('result', { type: 'JSON', description: 'Everything that was computed.' }),
    };
  },
});
