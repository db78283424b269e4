import { exactEstimate, undefinedEstimate, type Estimate } from '../estimate.ts';
import type { ClassSums } from '../confusion.ts';
import { percentileInterval } from '../intervals.ts';
import * as metric from '../metrics.ts';
import { randomStream } from '../random.ts';
import { checkResampling, type ResamplingOptions } from '../options.ts';
import { kappaBetween } from './agreement.ts';
import { holm } from './corrections.ts';
import { accuracyDifference, cohenG, cohenH, type PairedCounts } from './effect-sizes.ts';
import { mcnemar, type McNemar } from './mcnemar.ts';
import { PairedCells } from './paired-cells.ts';
import { outcomes, OUTCOMES, type Outcome, type PairedPredictions } from './paired-predictions.ts';

const METRICS = {
  accuracy: metric.accuracy,
  balancedAccuracy: metric.balancedAccuracy,
  macroPrecision: metric.macro(metric.precision),
  macroF1: metric.macro(metric.f1),
  cohenKappa: metric.cohenKappa,
  matthewsCorrelation: metric.matthewsCorrelation,
} as const satisfies Record<string, metric.OverallMetric>;
export type ComparedMetricName = keyof typeof METRICS;
const NAMES = Object.keys(METRICS) as ComparedMetricName[];

export interface ComparedMetric {
  readonly first: number | null;
  readonly second: number | null;
  /** second - first. */
  readonly difference: Estimate;
}

export interface ClassComparison {
  readonly label: string;
  readonly support: number;
  readonly fixed: number;
  readonly broken: number;
  /** Mid-p of McNemar's test on the samples of the class. */
  readonly p: number;
  /** The same, corrected by Holm for all classes. */
  readonly adjusted: number;
  readonly recall: ComparedMetric;
  readonly f1: ComparedMetric;
}

export interface Comparison {
  readonly samples: number;
  readonly seed: number;
  readonly draws: number;
  readonly confidence: number;
  readonly metrics: Readonly<Record<ComparedMetricName, ComparedMetric>>;
  readonly perClass: readonly ClassComparison[];
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly mcnemar: McNemar;
  readonly cohenG: Estimate;
  readonly cohenH: number;
  readonly agreement: {
    /** Share of samples with the same prediction. */
    readonly same: number;
    /** Cohen's kappa between the two runs' predictions. */
    readonly kappa: Estimate;
    /** Share of samples that both have wrong: the double fault of Giacinto and Roli (2001). */
    readonly doubleFault: number;
  };
}

/**
 * Compares a second run with a first one on the same samples. Differences have a paired stratified percentile bootstrap,
 * in which a sample is drawn with both its predictions; that of the accuracies has Newcombe's interval instead.
 * @throws EvaluationInputError
 */
export function compareRuns(p: PairedPredictions, options: ResamplingOptions = {}): Comparison {
  const became = outcomes(p);
  const { seed, draws, confidence } = checkResampling(options);
  const samples = p.truth.length;
  const counts = new Array<number>(OUTCOMES.length).fill(0);
  const byClass = p.labels.map(() => new Array<number>(OUTCOMES.length).fill(0));
  let same = 0;
  for (let i = 0; i < samples; i++) {
    counts[became[i]!]!++;
    byClass[p.truth[i]!]![became[i]!]!++;
    if (p.first[i] === p.second[i]) same++;
  }
  const [bothWrong, fixed, broken, bothRight] = counts as [number, number, number, number];
  const paired: PairedCounts = { bothRight, fixed, broken, bothWrong };

  const statistics: metric.OverallMetric[] = [
    ...NAMES.map((name): metric.OverallMetric => METRICS[name]),
    ...p.labels.flatMap((_, c) => [metric.recall, metric.f1].map((of) => (sums: ClassSums) => of(sums, c))),
  ];
  const compared = compareStatistics(new PairedCells(p), statistics, seed, draws, confidence);
  const ofClasses = byClass.map(([, fixed, broken]) => mcnemar(fixed!, broken!).midP);
  const adjusted = holm(ofClasses);
  const metrics = Object.fromEntries(NAMES.map((name, at) => [name, compared[at]!])) as Comparison['metrics'];
  return {
    samples,
    seed,
    draws,
    confidence,
    metrics: { ...metrics, accuracy: { ...metrics.accuracy, difference: accuracyDifference(paired, confidence) } },
    perClass: p.labels.map((label, c) => {
      const [, fixedHere, brokenHere] = byClass[c]! as [number, number, number, number];
      const at = NAMES.length + 2 * c;
      const support = byClass[c]!.reduce((a, b) => a + b, 0);
      return {
        label,
        support,
        fixed: fixedHere,
        broken: brokenHere,
        p: ofClasses[c]!,
        adjusted: adjusted[c]!,
        recall: compared[at]!,
        f1: compared[at + 1]!,
      };
    }),
    outcomes: Object.fromEntries(OUTCOMES.map((outcome, i) => [outcome, counts[i]!])) as Comparison['outcomes'],
    mcnemar: mcnemar(fixed, broken, confidence),
    cohenG: cohenG(fixed, broken, confidence),
    cohenH: cohenH((bothRight + broken) / samples, (bothRight + fixed) / samples),
    agreement: { same: same / samples, kappa: kappaBetween(p.first, p.second), doubleFault: bothWrong / samples },
  };
}

function compareStatistics(
  cells: PairedCells,
  statistics: readonly metric.OverallMetric[],
  seed: number,
  draws: number,
  confidence: number,
): ComparedMetric[] {
  const observed = cells.sums();
  const random = randomStream(seed);
  const differences = statistics.map(() => new Float64Array(draws));
  for (let draw = 0; draw < draws; draw++) {
    const { first, second } = cells.draw(random);
    statistics.forEach((of, s) => (differences[s]![draw] = of(second) - of(first)));
  }
  return statistics.map((of, s): ComparedMetric => {
    const [first, second] = [of(observed.first), of(observed.second)];
    const number = (value: number): number | null => (Number.isNaN(value) ? null : value);
    return { first: number(first), second: number(second), difference: differenceOf(second - first, differences[s]!) };
  });

  function differenceOf(value: number, values: Float64Array): Estimate {
    if (Number.isNaN(value)) return undefinedEstimate('it is undefined for one of the runs');
    const interval = percentileInterval(values, confidence);
    if (!interval) return exactEstimate(value);
    return { value, ...interval, method: 'paired stratified percentile bootstrap' };
  }
}
