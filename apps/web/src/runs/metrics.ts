import type { Estimate, Unit } from '@/design/EstimateCell';
import type { EvaluationFiguresFragment } from '@/generated/graphql';

export interface Metric {
  name: string;
  /** What it says, in a sentence. */
  hint: string;
  estimate: Estimate | null | undefined;
  unit: Unit;
  /** The axis of its bar; none where it has no end. */
  range?: readonly [number, number];
}

export interface MetricGroup {
  title: string;
  metrics: readonly Metric[];
}

const share = (name: string, estimate: Metric['estimate'], hint: string): Metric => ({
  name,
  hint,
  estimate,
  unit: 'percent',
  range: [0, 1],
});

const number = (name: string, estimate: Metric['estimate'], hint: string, range?: Metric['range']): Metric => ({
  name,
  hint,
  estimate,
  unit: 'number',
  ...(range && { range }),
});

const exact = (value: number): Estimate => ({ value, low: null, high: null, method: null, undefinedReason: null });

/** The few figures that a run is known by. */
export function keyFigures(evaluation: EvaluationFiguresFragment): Metric[] {
  const { accuracy, balancedAccuracy, macroF1, scores, covered, samples } = evaluation;
  return [
    share('Accuracy', accuracy, 'Share of all samples that are right.'),
    share('Balanced accuracy', balancedAccuracy, 'Mean recall of the classes: each counts alike, however rare.'),
    share('Macro F1', macroF1, 'Mean F1 of the classes: precision and recall together.'),
    ...(scores
      ? [
          share('Macro ROC AUC', scores.macroRocAuc, 'How well the scores rank each class before the others.'),
          share(
            'Calibration error',
            scores.expectedCalibrationError,
            'How far confidence is from accuracy, on average; lower is better.',
          ),
        ]
      : []),
    ...(covered < samples
      ? [
          share(
            'Coverage',
            exact(covered / samples),
            'Share of the samples with a prediction; the rest count as wrong.',
          ),
        ]
      : []),
  ];
}

/** Everything that an evaluation has in single figures, each explained. */
export function allMetrics(evaluation: EvaluationFiguresFragment): MetricGroup[] {
  const { scores, samples, covered } = evaluation;
  return [
    {
      title: 'Right or wrong',
      metrics: [
        share('Accuracy', evaluation.accuracy, 'Right over all samples; one without a prediction is wrong.'),
        share('Coverage', exact(covered / samples), 'Share of the samples for which there is a prediction.'),
        share('Accuracy where covered', evaluation.coveredAccuracy, 'Right over the samples with a prediction.'),
        share('Balanced accuracy', evaluation.balancedAccuracy, 'Mean recall of the classes that occur.'),
        ...(scores?.topK ?? []).map(({ k, accuracy }) =>
          share(`Top-${k} accuracy`, accuracy, `The true class is among the ${k} highest scores.`),
        ),
      ],
    },
    {
      title: 'Averages over the classes',
      metrics: [
        share(
          'Macro precision',
          evaluation.macroPrecision,
          'Of what is called a class, how much is; each class alike.',
        ),
        share('Macro recall', evaluation.macroRecall, 'Of a class, how much is found; each class alike.'),
        share('Macro F1', evaluation.macroF1, 'Harmonic mean of the two by class; each class alike.'),
        share('Weighted precision', evaluation.weightedPrecision, 'The same, each class by the number of its samples.'),
        share('Weighted recall', evaluation.weightedRecall, 'The same as accuracy.'),
        share('Weighted F1', evaluation.weightedF1, 'F1 of the classes, each by the number of its samples.'),
        share('Micro precision', evaluation.microPrecision, 'Over all predictions: accuracy where covered.'),
        share('Micro recall', evaluation.microRecall, 'Over all samples: accuracy.'),
        share('Micro F1', evaluation.microF1, 'Harmonic mean of the two; accuracy where all is covered.'),
      ],
    },
    {
      title: 'Beyond chance',
      metrics: [
        number(
          'Cohen’s kappa',
          evaluation.cohenKappa,
          'Agreement with the truth beyond chance: 0 is chance, 1 is all.',
          [-1, 1],
        ),
        number(
          'Matthews’ correlation',
          evaluation.matthewsCorrelation,
          'Correlation of prediction and truth, fair to rare classes: 0 is chance.',
          [-1, 1],
        ),
      ],
    },
    ...(scores ? [probabilities(scores)] : []),
  ];
}

type Scores = NonNullable<EvaluationFiguresFragment['scores']>;

function probabilities(scores: Scores): MetricGroup {
  return {
    title: 'Probabilities',
    metrics: [
      number(
        'Log loss',
        scores.logLoss,
        'Mean surprise at the true class, in nats; lower is better, certainty in error costs most.',
      ),
      number(
        'Brier score',
        scores.brierScore,
        'Mean squared distance of the scores from the truth, 0 to 2; lower is better.',
        [0, 2],
      ),
      share(
        'Expected calibration error',
        scores.expectedCalibrationError,
        'Mean distance of confidence and accuracy over the bins; biased upwards, the more so the fewer the samples.',
      ),
      share('Maximum calibration error', scores.maximumCalibrationError, 'The same of the worst bin.'),
      share(
        'Macro ROC AUC',
        scores.macroRocAuc,
        'Chance that a sample of a class scores above one of another; 50 % is chance.',
      ),
      share(
        'Macro average precision',
        scores.macroAveragePrecision,
        'Area under the precision-recall curve, mean of the classes.',
      ),
      share(
        'Risk over coverage',
        scores.riskCoverageArea,
        'Mean share of errors when the least confident are left out; lower is better.',
      ),
    ],
  };
}
