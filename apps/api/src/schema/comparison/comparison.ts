import { InvalidInput, problem } from '@samplewise/domain';
import type {
  ClassComparison,
  ComparedMetric,
  ComparedMetricName,
  Comparison,
  McNemar,
  Outcome,
} from '@samplewise/evaluation';
import { costFront, type CostMeasure, type CostOfRun } from '../../comparison/cost-front.ts';
import { compare, type ComparedPair, type RunAgainstReference, type RunsComparison } from '../../comparison/compare.ts';
import { builder, rowNumber } from '../builder.ts';
import { EstimateRef } from '../runs/evaluation.ts';
import { ConfidenceRangeInput } from '../runs/predictions.ts';
import '../runs/run.ts';

const ComparedMetricRef = builder.objectRef<ComparedMetric & { name: string }>('ComparedMetric').implement({
  description: 'A metric of two runs on the same samples.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Such as macroF1.' }),
    reference: t.float({
      nullable: true,
      description: 'Of the reference; none where it is undefined.',
      resolve: ({ first }) => first,
    }),
    value: t.float({
      nullable: true,
      description: 'Of the run; none where it is undefined.',
      resolve: ({ second }) => second,
    }),
    difference: t.expose('difference', { type: EstimateRef, description: 'Run - reference, with its interval.' }),
  }),
});

const ClassComparisonRef = builder.objectRef<ClassComparison>('ClassComparison').implement({
  description: 'Two runs on the samples of one class.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'The class.' }),
    support: t.exposeInt('support', { description: 'Samples of the class.' }),
    fixed: t.exposeInt('fixed', { description: 'Of these, wrong in the reference and right in the run.' }),
    broken: t.exposeInt('broken', { description: 'The reverse.' }),
    midP: t.exposeFloat('p', { description: "Of McNemar's test on the samples of the class." }),
    adjustedP: t.exposeFloat('adjusted', { description: 'The same, corrected by Holm for all classes.' }),
    recall: t.field({
      type: ComparedMetricRef,
      description: 'Share of the class that is found.',
      resolve: ({ recall }) => ({ ...recall, name: 'recall' }),
    }),
    f1: t.field({
      type: ComparedMetricRef,
      description: 'Harmonic mean of precision and recall.',
      resolve: ({ f1 }) => ({ ...f1, name: 'f1' }),
    }),
  }),
});

const McNemarRef = builder.objectRef<McNemar & { adjustedP: number }>('McNemarTest').implement({
  description: "McNemar's test whether two runs are right equally often.",
  fields: (t) => ({
    exactP: t.exposeFloat('exactP', { description: 'Two-sided exact test.' }),
    midP: t.exposeFloat('midP', { description: 'Mid-p, which is recommended.' }),
    adjustedP: t.exposeFloat('adjustedP', { description: 'Mid-p, corrected by Holm for the runs that are compared.' }),
    statistic: t.float({ description: 'Chi-squared, one degree of freedom.', resolve: (m) => m.asymptotic.statistic }),
    oddsRatio: t.expose('oddsRatio', { type: EstimateRef, description: 'fixed / broken.' }),
  }),
});

const OutcomesRef = builder.objectRef<Readonly<Record<Outcome, number>>>('OutcomeCounts').implement({
  description: 'What became of the samples from the reference to the run. One without a prediction is wrong.',
  fields: (t) => ({
    bothRight: t.int({ description: 'Samples.', resolve: (o) => o['both right'] }),
    fixed: t.int({ description: 'Wrong in the reference, right in the run.', resolve: (o) => o.fixed }),
    broken: t.int({ description: 'Right in the reference, wrong in the run.', resolve: (o) => o.broken }),
    bothWrong: t.int({ description: 'Samples.', resolve: (o) => o['both wrong'] }),
  }),
});

const runById = (description: string) => ({ type: 'Run' as const, description });

/** @throws InvalidInput naming what is no metric of a comparison */
function metricsOf({ metrics }: Comparison, names: readonly string[] | null | undefined) {
  const known = Object.keys(metrics);
  const [first, ...more] = (names ?? [])
    .filter((name) => !known.includes(name))
    .map((value) =>
      problem('NOT_FOUND', 'A comparison has no such metric.', {
        place: 'names',
        value,
        mend: `It has ${known.join(', ')}.`,
      }),
    );
  if (first) throw new InvalidInput(first, ...more);
  return (Object.entries(metrics) as [ComparedMetricName, ComparedMetric][])
    .filter(([name]) => names?.includes(name) ?? true)
    .map(([name, of]) => ({ name, ...of }));
}

const RunComparisonRef = builder.objectRef<RunAgainstReference>('RunComparison').implement({
  description: 'A run beside the reference.',
  fields: (t) => ({
    run: t.prismaField({
      ...runById('The run.'),
      resolve: (query, { runId }, _args, { database }) =>
        database.prisma.run.findUniqueOrThrow({ ...query, where: { id: runId } }),
    }),
    metrics: t.field({
      type: [ComparedMetricRef],
      description: 'Differences with a paired interval.',
      args: { names: t.arg.stringList({ description: 'Only these, such as macroF1; all unless given.' }) },
      resolve: ({ comparison }, { names }) => metricsOf(comparison, names),
    }),
    perClass: t.field({
      type: [ClassComparisonRef],
      description: 'In the order of the labels.',
      resolve: ({ comparison }) => [...comparison.perClass],
    }),
    outcomes: t.field({
      type: OutcomesRef,
      description: 'Fixed and broken samples; see the argument `outcome` of Run.predictions.',
      resolve: ({ comparison }) => comparison.outcomes,
    }),
    mcnemar: t.field({
      type: McNemarRef,
      description: 'Whether the difference is more than chance.',
      resolve: ({ comparison, adjustedP }) => ({ ...comparison.mcnemar, adjustedP }),
    }),
    cohenG: t.field({
      type: EstimateRef,
      description: 'Effect size: how far the share of fixed samples among those that differ is from one half.',
      resolve: ({ comparison }) => comparison.cohenG,
    }),
    cohenH: t.float({
      description: 'Effect size between the two accuracies.',
      resolve: ({ comparison }) => comparison.cohenH,
    }),
    agreement: t.float({
      description: 'Share of samples with the same prediction.',
      resolve: ({ comparison }) => comparison.agreement.same,
    }),
    kappa: t.field({
      type: EstimateRef,
      description: "Cohen's kappa between the two runs' predictions.",
      resolve: ({ comparison }) => comparison.agreement.kappa,
    }),
  }),
});

const PairRef = builder.objectRef<ComparedPair>('RunPair').implement({
  description: 'Any two of the runs.',
  fields: (t) => ({
    firstId: t.id({ description: 'Such as Run_1.', resolve: ({ firstId }) => `Run_${firstId}` }),
    secondId: t.id({ description: 'Such as Run_2.', resolve: ({ secondId }) => `Run_${secondId}` }),
    difference: t.expose('difference', { type: EstimateRef, description: 'Of the accuracies, second - first.' }),
    fixed: t.exposeInt('fixed', { description: 'Wrong in the first and right in the second.' }),
    broken: t.exposeInt('broken', { description: 'The reverse.' }),
    agreement: t.exposeFloat('same', { description: 'Share of samples with the same prediction.' }),
    kappa: t.expose('kappa', { type: EstimateRef, description: "Cohen's kappa between the two runs' predictions." }),
    midP: t.float({ description: "Of McNemar's test.", resolve: ({ p }) => p }),
    adjustedP: t.float({ description: 'The same, corrected by Holm for all pairs.', resolve: (pair) => pair.adjusted }),
  }),
});

const CostMeasureEnum = builder.enumType('CostMeasure', {
  description: 'What it costs to predict: preprocessing and inference.',
  values: {
    WALL_SECONDS: { description: 'Time at work, for 1,000 samples.' },
    CPU_SECONDS: { description: 'Processor time, for 1,000 samples.' },
    PEAK_MEMORY_BYTES: { description: 'Most memory of the process that did it.' },
    ENERGY_JOULES: { description: 'Energy, for 1,000 samples.' },
    PRICE: { description: 'For 1,000 samples.' },
    LATENCY_P50_MILLISECONDS: { description: "The median of the samples' latencies." },
  } satisfies Record<CostMeasure, object>,
});

const CostOfRunRef = builder.objectRef<CostOfRun>('ComparedCost').implement({
  description: 'What a run costs, beside what it is worth.',
  fields: (t) => ({
    runId: t.id({ description: 'Such as Run_1.', resolve: ({ runId }) => `Run_${runId}` }),
    cost: t.exposeFloat('cost', { nullable: true, description: 'None where the run has not told.' }),
    currency: t.exposeString('currency', { nullable: true, description: 'Of a price, such as EUR.' }),
    onFront: t.exposeBoolean('onFront', {
      description: 'Whether no other run is at least as accurate for at most this cost, and better in one (Pareto).',
    }),
  }),
});

const ComparisonRef = builder.objectRef<RunsComparison>('Comparison').implement({
  description: 'Runs on the same samples, beside a reference and all together.',
  fields: (t) => ({
    samples: t.exposeInt('samples', { description: 'Samples of each run.' }),
    reference: t.prismaField({
      ...runById('What the others are compared with.'),
      resolve: (query, { referenceId }, _args, { database }) =>
        database.prisma.run.findUniqueOrThrow({ ...query, where: { id: referenceId } }),
    }),
    runs: t.field({
      type: [RunComparisonRef],
      description: 'The others, in the order asked for.',
      resolve: ({ runs }) => [...runs],
    }),
    cochranQ: t.float({
      description: "p of Cochran's Q: whether any of the runs is right more often than another.",
      resolve: ({ all }) => all.cochranQ.p,
    }),
    fleissKappa: t.field({
      type: EstimateRef,
      description: 'Agreement of all the predictions beyond chance.',
      resolve: ({ all }) => all.fleissKappa,
    }),
    costs: t.field({
      type: [CostOfRunRef],
      description: 'What each run costs to predict, in the order asked for.',
      complexity: 20,
      args: { measure: t.arg({ type: CostMeasureEnum, required: true, description: 'In which unit.' }) },
      resolve: (comparison, { measure }, context) => costFront(context, comparison, measure),
    }),
    pairs: t.field({
      type: [PairRef],
      description: "McNemar's test of every pair.",
      resolve: ({ pairs }) => [...pairs],
    }),
  }),
});

const ComparisonSliceInput = builder.inputType('ComparisonSliceInput', {
  description: 'Some of the samples: those for which everything that is given holds.',
  fields: (t) => ({
    labels: t.stringList({ description: 'True classes.' }),
    predicted: t.stringList({ description: 'Classes that the reference predicts.' }),
    confidence: t.field({ type: ConfidenceRangeInput, description: 'Of the reference.' }),
  }),
});

builder.queryField('comparison', (t) =>
  t.field({
    type: ComparisonRef,
    description: 'Compares finished runs on the same samples. The same predictions give the same figures.',
    complexity: ({ runIds }) => ({ field: 100 * runIds.length }),
    labels: 'sealed',
    args: {
      runIds: t.arg.idList({ required: true, description: '2 to 20, such as Run_1.' }),
      reference: t.arg.id({ description: 'One of them; the first unless given.' }),
      slice: t.arg({ type: ComparisonSliceInput, description: 'Only these samples; all unless given.' }),
    },
    resolve: (_root, { runIds, reference, slice }, context) => {
      const ids = [...new Set(runIds.map((id, i) => rowNumber(id, 'Run', `runIds.${i}`)))];
      return compare(context, ids, reference == null ? undefined : rowNumber(reference, 'Run', 'reference'), {
        labels: slice?.labels ?? undefined,
        predicted: slice?.predicted ?? undefined,
        confidence: slice?.confidence
          ? { min: slice.confidence.min ?? undefined, max: slice.confidence.max ?? undefined }
          : undefined,
      });
    },
  }),
);
