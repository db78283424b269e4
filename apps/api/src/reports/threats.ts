import type { ExperimentReport } from '@samplewise/domain';

/** A class with fewer samples says little by itself. */
const FEW_SAMPLES = 100;
/** So far above what was measured here, in shares, a published accuracy is worth a question. */
const FAR_ABOVE = 0.05;

/** What a reader should know before believing a report, in sentences. */
export function threatsTo(report: Omit<ExperimentReport, 'threats'>): string[] {
  return [
    ...ofSamples(report),
    ...ofLeaks(report),
    ...ofRuns(report),
    ...ofPublications(report),
    'Figures hold for these images. Pictures of other people, cameras and labellers are another question, and labels of facial expressions are judgements of people, who do not always agree.',
  ];
}

function ofSamples({ dataset, runs }: Omit<ExperimentReport, 'threats'>): string[] {
  const few = dataset.labels.filter((_, i) => dataset.supports[i]! < FEW_SAMPLES && dataset.supports[i]! > 0);
  const none = dataset.labels.filter((_, i) => dataset.supports[i] === 0);
  const best = runs[0]?.metrics.find(({ name }) => name === 'accuracy')?.figure;
  const width =
    best?.value != null && best.low !== undefined && best.high !== undefined
      ? (100 * (best.high - best.low)) / 2
      : undefined;
  return [
    ...(width === undefined
      ? []
      : [
          `${dataset.samples} samples allow an accuracy to be known to about ±${width.toFixed(1)} points. Smaller differences can only be shown by tests that pair the runs' answers to the same samples, as here.`,
        ]),
    ...(few.length === 0
      ? []
      : [
          `Fewer than ${FEW_SAMPLES} samples are of ${list(few)}: figures of ${few.length === 1 ? 'this class' : 'these classes'} are uncertain, and so is what macro averages owe to them.`,
        ]),
    ...(none.length === 0 ? [] : [`No sample is of ${list(none)}; macro averages leave such classes out.`]),
  ];
}

function ofLeaks({ audit, dataset, experiment }: Omit<ExperimentReport, 'threats'>): string[] {
  if (audit === null && experiment.split !== null)
    return [
      'Whether tested samples stand in another split, too, has not been looked at yet: an executor does so after an import.',
    ];
  if (audit === null)
    return [
      'All samples of the version are tested, so that nothing is left that a model could have been trained on here; what it was trained on elsewhere is not known.',
    ];
  const leaked = audit.exact + audit.near;
  const looked = 'Whether a model was trained on that other split is for who trained it to say.';
  if (leaked === 0) return [`No tested sample stands in an earlier split of this version. ${looked}`];
  const conflicts = audit.conflicts === 0 ? '' : ` ${audit.conflicts} of them have another label there.`;
  return [
    `${leaked} of ${dataset.samples} tested samples stand in an earlier split too: ${audit.exact} byte for byte, ${audit.near} that look the same.${conflicts} A model that was trained there has seen them. ${looked}`,
  ];
}

function ofRuns({ runs, unfinished }: Omit<ExperimentReport, 'threats'>): string[] {
  const incomplete = runs.filter(({ covered, samples }) => covered < samples);
  const seeds = new Set(runs.map(({ seed }) => seed));
  return [
    ...(incomplete.length === 0
      ? []
      : [
          `${list(incomplete.map(({ name }) => name))} ${incomplete.length === 1 ? 'gives' : 'give'} no answer to some samples; these count as wrong.`,
        ]),
    ...(runs.length > 0 && seeds.size === 1
      ? [
          'Each model stands for one training: how much another training of the same architecture would differ is not in the intervals, which are about the samples alone.',
        ]
      : []),
    ...(unfinished.length === 0
      ? []
      : [
          `${unfinished.length} ${unfinished.length === 1 ? 'run has' : 'runs have'} not finished and ${unfinished.length === 1 ? 'is' : 'are'} missing from the tables.`,
        ]),
  ];
}

function ofPublications({ runs, published }: Omit<ExperimentReport, 'threats'>): string[] {
  if (published.length === 0) return [];
  const best = runs[0]?.metrics[0]?.figure.value ?? null;
  const far = best === null ? [] : published.filter((one) => one.published.accuracy > best + FAR_ABOVE);
  return [
    'Published figures have no predictions behind them here: their intervals follow from the number of images alone, and no paired test with our runs can be made.',
    ...(far.length === 0
      ? []
      : [
          `${list(far.map(({ name }) => name))} ${far.length === 1 ? 'is' : 'are'} said to be more than ${100 * FAR_ABOVE} points above the most accurate run here. A figure so far above deserves an audit: which images it was measured on, and whether they, or their like, stood in the training set.`,
        ]),
  ];
}

const list = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}` : (names[0] ?? '');
