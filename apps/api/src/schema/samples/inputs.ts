import type { Agreement, OrderBy, SampleFilter, SampleQuery, Statistic } from '../../samples/search/query.ts';
import { builder, rowNumber } from '../builder.ts';
import { ConfidenceRangeInput } from '../runs/predictions.ts';
import { SplitEnum } from '../datasets/dataset.ts';
import { withoutNullsWithin } from '../shared/inputs.ts';

const STATISTICS = {
  BRIGHTNESS: { description: 'Mean of the luma, from 0 (black) to 255.' },
  CONTRAST: { description: 'Standard deviation of the luma.' },
  SHARPNESS: { description: 'Variance of the Laplacian.' },
  WIDTH: { description: 'Pixels.' },
  HEIGHT: { description: 'Pixels.' },
} satisfies Record<Uppercase<Statistic>, object>;

export const StatisticEnum = builder.enumType('ImageStatisticName', {
  description: 'What is measured of an image.',
  values: STATISTICS,
});

const AgreementEnum = builder.enumType('Agreement', {
  description: 'How the runs that a search names answer a sample. No answer is an answer of its own, and wrong.',
  values: {
    ALL_RIGHT: { description: 'Each of them is right.' },
    ALL_WRONG: { description: 'None of them is right.' },
    SOME_RIGHT: { description: 'Some are right, others are wrong.' },
    SAME_ANSWER: { description: 'All say the same: together with ALL_WRONG, the label may be the mistake.' },
    OTHER_ANSWERS: { description: 'Not all say the same.' },
  } satisfies Record<Agreement, object>,
});

const OrderByEnum = builder.enumType('SampleOrderBy', {
  description:
    'What samples are ordered by. Those of one value are in the order of their index, those without one last.',
  values: {
    INDEX: { description: "Position in the version's manifest." },
    CONFIDENCE: { description: 'Score of the class that the first run predicts.' },
    HARDNESS: { description: 'How many of the runs are wrong, and among equals how sure these are of it.' },
    ...STATISTICS,
  } satisfies Record<OrderBy, object>,
});

const DirectionEnum = builder.enumType('SampleOrderDirection', {
  description: 'Of an order.',
  values: { ASC: { description: 'The smallest first.' }, DESC: { description: 'The largest first.' } },
});

const NumberRangeInput = builder.inputType('NumberRangeInput', {
  description: 'Both ends inclusive. What is not known lies in no range.',
  fields: (t) => ({
    min: t.float({ description: 'From here on.' }),
    max: t.float({ description: 'Up to here.' }),
  }),
});

const SampleRunInput = builder.inputType('SampleRunInput', {
  description: 'A run that is looked at, and what must hold of its answer, if anything.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Such as Run_1.' }),
    predicted: t.stringList({ description: 'It predicts one of these classes.' }),
    correct: t.boolean({ description: 'It is right, or it is wrong.' }),
    answered: t.boolean({ description: 'It has an answer, or has none.' }),
    confidence: t.field({ type: ConfidenceRangeInput, description: 'Score of the class that it predicts.' }),
  }),
});

export const SampleFilterInput = builder.inputType('SampleFilterInput', {
  description: 'Which samples: those for which everything that is given holds.',
  fields: (t) => {
    const range = (description: string) => t.field({ type: NumberRangeInput, description });
    return {
      splits: t.field({ type: [SplitEnum], description: 'They belong to one of these parts.' }),
      labels: t.stringList({ description: 'Their true class is one of these.' }),
      brightness: range(STATISTICS.BRIGHTNESS.description),
      contrast: range(STATISTICS.CONTRAST.description),
      sharpness: range(STATISTICS.SHARPNESS.description),
      width: range(STATISTICS.WIDTH.description),
      height: range(STATISTICS.HEIGHT.description),
      blank: t.boolean({ description: 'The image shows nothing, or it shows something.' }),
      unreadable: t.boolean({ description: 'The image can not be read any more, or it can.' }),
      leakedFrom: t.field({
        type: [SplitEnum],
        description: 'A duplicate stands in one of these splits, which come before their own.',
      }),
      runs: t.field({
        type: [SampleRunInput],
        description: 'Runs on the version, 20 at most. Only samples that all of them are about are found.',
      }),
      agreement: t.field({ type: [AgreementEnum], description: 'Of these runs; everything that is named holds.' }),
    };
  },
});

export const SampleOrderInput = builder.inputType('SampleOrderInput', {
  description: 'In which order samples are found.',
  fields: (t) => ({
    by: t.field({ type: OrderByEnum, required: true, description: 'By which value.' }),
    direction: t.field({ type: DirectionEnum, defaultValue: 'ASC', description: 'The smallest first unless given.' }),
  }),
});

/** Whether what is found, or in which order, depends on true classes. */
export const asksByLabels = (
  filter: typeof SampleFilterInput.$inferInput | null | undefined,
  order: typeof SampleOrderInput.$inferInput | null | undefined,
): boolean =>
  filter?.labels != null ||
  filter?.runs?.some((run) => run.correct != null) === true ||
  filter?.agreement?.some((how) => how !== 'SAME_ANSWER' && how !== 'OTHER_ANSWERS') === true ||
  order?.by === 'HARDNESS';

/** @throws InvalidInput for an id that is not that of a run */
export function queryOf(
  filter: typeof SampleFilterInput.$inferInput | null | undefined,
  order: typeof SampleOrderInput.$inferInput | null | undefined,
): SampleQuery {
  const { runs, ...rest } = withoutNullsWithin(filter ?? {}) as Omit<SampleFilter, 'runs'> & {
    runs?: (Omit<NonNullable<SampleFilter['runs']>[number], 'runId'> & { runId: string })[];
  };
  return {
    filter: {
      ...rest,
      runs: runs?.map((run, i) => ({ ...run, runId: rowNumber(run.runId, 'Run', `filter.runs.${i}.runId`) })),
    },
    order: { by: order?.by ?? 'INDEX', direction: order?.direction ?? 'ASC' },
  };
}
