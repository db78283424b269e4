import type { AccuracyCoveragePoint, PrecisionRecallPoint, RocPoint } from '@samplewise/evaluation';
import { InvalidInput, problem } from '@samplewise/domain';
import { GraphQLError } from 'graphql';
import { classCurves, coverageCurve, type ClassCurves, type ScoredRun } from '../../runs/score-curves.ts';
import { builder } from '../builder.ts';
import './run.ts';

/** Curves that one chart can show. */
const CLASSES_AT_ONCE = 20;

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

const CurvesRef = builder.objectRef<ClassCurves>('ClassCurves').implement({
  description: 'Curves of one class against the rest, thinned out to 500 points each.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'The class.' }),
    roc: t.field({ type: [RocPointRef], description: 'From the origin on.', resolve: ({ roc }) => [...roc] }),
    precisionRecall: t.field({
      type: [PrecisionRecallPointRef],
      description: 'By falling recall.',
      resolve: ({ precisionRecall }) => [...precisionRecall],
    }),
  }),
});

const CoveragePointRef = builder.objectRef<AccuracyCoveragePoint>('CoveragePoint').implement({
  description: 'What a run would do that abstains where it is less sure.',
  fields: (t) => ({
    threshold: t.exposeFloat('threshold', { description: 'Predictions of this confidence or more are kept.' }),
    coverage: t.exposeFloat('coverage', { description: 'Share of all samples that are kept.' }),
    accuracy: t.exposeFloat('accuracy', { description: 'Of those that are kept.' }),
  }),
});

interface RunRow {
  id: bigint;
  evaluation: { predictionsDigest: string } | null;
  experiment: { split: ScoredRun['split']; datasetVersion: { id: bigint; labels: string[] } | null };
}

function scoredRun({ id, evaluation, experiment: { split, datasetVersion } }: RunRow): ScoredRun | null {
  if (!datasetVersion) return null;
  const { id: versionId, labels } = datasetVersion;
  return { id, versionId, split, labels, digest: evaluation?.predictionsDigest ?? null };
}

/** @throws GraphQLError naming what is no class of the run */
function checkLabel(label: string, { labels }: ScoredRun, place: string): void {
  if (labels.includes(label)) return;
  throw new GraphQLError(`${place}: there is no class '${label}'; the classes are ${labels.join(', ')}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

const SCORED = {
  id: true,
  evaluation: { select: { predictionsDigest: true } },
  experiment: { select: { split: true, datasetVersion: { select: { id: true, labels: true } } } },
} as const;
const FROM_SCORES =
  'Computed from the stored predictions. None where not every prediction has class scores, or labels are hidden.';

builder.prismaObjectFields('Run', (t) => ({
  curves: t.field({
    type: CurvesRef,
    nullable: true,
    description: FROM_SCORES,
    complexity: 100,
    labels: 'sealed',
    args: { label: t.arg.string({ required: true, description: 'One of the classes.' }) },
    select: SCORED,
    resolve: async (row, { label }, context) => {
      const run = scoredRun(row);
      if (!run) return null;
      checkLabel(label, run, 'label');
      return (await classCurves(context, run, [label]))?.[0] ?? null;
    },
  }),
  classCurves: t.field({
    type: [CurvesRef],
    nullable: true,
    description: FROM_SCORES,
    complexity: ({ labels }) => ({ field: 50 * labels.length }),
    labels: 'sealed',
    args: {
      labels: t.arg.stringList({ required: true, description: `Of the classes, ${CLASSES_AT_ONCE} at most.` }),
    },
    select: SCORED,
    resolve: (row, { labels }, context) => {
      const run = scoredRun(row);
      if (!run) return null;
      if (labels.length > CLASSES_AT_ONCE) {
        throw new InvalidInput(
          problem('TOO_LARGE', `These are ${labels.length} classes.`, {
            place: 'labels',
            value: labels.length,
            mend: `Name ${CLASSES_AT_ONCE} at most.`,
          }),
        );
      }
      const wanted = [...new Set(labels)];
      for (const label of wanted) checkLabel(label, run, 'labels');
      return classCurves(context, run, wanted);
    },
  }),
  accuracyCoverage: t.field({
    type: [CoveragePointRef],
    nullable: true,
    description: `Accuracy when the least sure predictions are left out, by falling confidence, thinned out to 500 points. ${FROM_SCORES}`,
    complexity: 100,
    labels: 'sealed',
    select: SCORED,
    resolve: async (row, _args, context) => {
      const run = scoredRun(row);
      const points = run && (await coverageCurve(context, run));
      return points && [...points];
    },
  }),
}));
