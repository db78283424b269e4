import type { MetricAggregate, RunOrder } from '@samplewise/domain';
import { builder } from '../builder.ts';
import { PhaseEnum, RunSourceEnum, RunStatusEnum } from './enums.ts';

export const MetricAggregateEnum = builder.enumType('MetricAggregate', {
  description: "What is taken of a metric's points.",
  values: {
    LAST: { description: 'The value at the highest step.' },
    MIN: { description: 'The smallest value.' },
    MAX: { description: 'The largest value.' },
    STEP: { description: 'The highest step itself.' },
  } satisfies Record<MetricAggregate, object>,
});

const TextCondition = builder.inputType('TextCondition', {
  description: 'On a text. What is said beside each other holds together.',
  fields: (t) => ({
    eq: t.string({ description: 'It is this.' }),
    in: t.stringList({ description: 'It is one of these, 200 at most.' }),
    matches: t.string({
      description: 'It is like this, in upper or lower case: `*` is any text, `?` any character.',
    }),
    startsWith: t.string({ description: 'It begins with this.' }),
    contains: t.string({ description: 'This is in it, in upper or lower case.' }),
    exists: t.boolean({ description: 'There is one, or there is none.' }),
  }),
});

const NumberCondition = builder.inputType('NumberCondition', {
  description:
    'On a number. What is said beside each other holds together. NaN equals itself, and is neither smaller nor larger than anything.',
  fields: (t) => ({
    eq: t.field({ type: 'MetricValue', description: 'It is this.' }),
    in: t.field({ type: ['MetricValue'], description: 'It is one of these, 200 at most.' }),
    lt: t.field({ type: 'MetricValue', description: 'It is smaller.' }),
    lte: t.field({ type: 'MetricValue', description: 'It is not larger.' }),
    gt: t.field({ type: 'MetricValue', description: 'It is larger.' }),
    gte: t.field({ type: 'MetricValue', description: 'It is not smaller.' }),
    between: t.field({ type: ['MetricValue'], description: 'Two numbers between which it is, or which it is.' }),
  }),
});

const MOMENT = 'such as 2026-01-31, 2026-01-31T12:00:00Z, or back from now: -7d, -12h, -30m';
const TimeCondition = builder.inputType('TimeCondition', {
  description: 'On a time. What is said beside each other holds together.',
  fields: (t) => ({
    lt: t.string({ description: `Before this, ${MOMENT}.` }),
    lte: t.string({ description: `Before or at this, ${MOMENT}.` }),
    gt: t.string({ description: `After this, ${MOMENT}.` }),
    gte: t.string({ description: `After or at this, ${MOMENT}.` }),
    exists: t.boolean({ description: 'There is one, or there is none.' }),
  }),
});

const IdCondition = builder.inputType('IdCondition', {
  description: 'On an id.',
  fields: (t) => ({
    eq: t.id({ description: 'It is this, such as Run_1.' }),
    in: t.idList({ description: 'It is one of these, 200 at most.' }),
    exists: t.boolean({ description: 'There is one, or there is none.' }),
  }),
});

const ParamCondition = builder.inputType('ParamCondition', {
  description: 'On a param of a run.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Such as `optimizer.lr`.' }),
    string: t.field({ type: TextCondition, description: 'On its text.' }),
    number: t.field({ type: NumberCondition, description: 'On the number that it is; one that is none does not fit.' }),
    exists: t.boolean({ description: 'The run has it, or has it not.' }),
  }),
});

const TagCondition = builder.inputType('TagCondition', {
  description: 'On a tag of a run.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Such as `stage`.' }),
    string: t.field({ type: TextCondition, description: 'On its value.' }),
    exists: t.boolean({ description: 'The run has it, or has it not.' }),
  }),
});

const MetricCondition = builder.inputType('MetricCondition', {
  description: 'On a metric of a run.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Such as `loss/train`.' }),
    aggregate: t.field({ type: MetricAggregateEnum, description: 'LAST unless given.' }),
    number: t.field({ type: NumberCondition, description: 'On its value.' }),
    exists: t.boolean({ description: 'The run has it, or has it not.' }),
  }),
});

/** Only its name is needed here: what comes in is read by packages/domain's schema. */
export const RunFilterInput = builder.inputRef<object>('RunFilter');
RunFilterInput.implement({
  description:
    'Which runs. What is said beside each other holds together; what is not known of a run does not hold for it. At most 100 conditions. Archived runs are hidden unless `archived` is said; what is in the bin is never found.',
  fields: (t) => ({
    and: t.field({ type: [RunFilterInput], description: 'All of these hold.' }),
    or: t.field({ type: [RunFilterInput], description: 'One of these holds.' }),
    not: t.field({ type: RunFilterInput, description: 'This does not hold.' }),
    id: t.field({ type: IdCondition, description: 'The run, such as Run_1.' }),
    name: t.field({ type: TextCondition, description: 'Its name.' }),
    description: t.field({ type: TextCondition, description: 'Its Markdown.' }),
    group: t.field({ type: TextCondition, description: 'What it belongs together with.' }),
    status: t.field({ type: [RunStatusEnum], description: 'One of these.' }),
    source: t.field({ type: [RunSourceEnum], description: 'One of these.' }),
    seed: t.field({ type: NumberCondition, description: 'Of what is drawn at random.' }),
    createdAt: t.field({ type: TimeCondition, description: 'When it was made.' }),
    startedAt: t.field({ type: TimeCondition, description: 'When it began.' }),
    finishedAt: t.field({ type: TimeCondition, description: 'When it ended.' }),
    duration: t.field({ type: NumberCondition, description: 'Seconds from its start to its end.' }),
    archived: t.boolean({ description: 'true: only archived runs; false: only others.' }),
    silent: t.boolean({ description: 'Its client is running, but was not heard of.' }),
    experimentId: t.field({ type: IdCondition, description: 'Such as Experiment_1.' }),
    experiment: t.field({ type: TextCondition, description: 'Name of its experiment.' }),
    modelId: t.field({ type: IdCondition, description: 'Such as ModelConfig_1.' }),
    model: t.field({ type: TextCondition, description: 'Name of its model config.' }),
    modelVersion: t.field({ type: NumberCondition, description: 'Version of its model config.' }),
    restorationId: t.field({ type: IdCondition, description: 'Such as RestorationConfig_1.' }),
    restoration: t.field({ type: TextCondition, description: 'Name of its restoration config.' }),
    restorationVersion: t.field({ type: NumberCondition, description: 'Version of its restoration config.' }),
    parentId: t.field({ type: IdCondition, description: 'The run that it is a part of, such as Run_1.' }),
    param: t.field({ type: ParamCondition, description: 'A param.' }),
    tag: t.field({ type: TagCondition, description: 'A tag.' }),
    metric: t.field({
      type: MetricCondition,
      description: 'A metric; evaluated runs have accuracy, balanced_accuracy, macro_f1 and samples_per_second.',
    }),
    text: t.string({ description: 'This is in its name, group, model or tags, in upper or lower case.' }),
  }),
});

const RunOrderField = builder.enumType('RunOrderField', {
  description: 'By what of a run.',
  values: {
    ID: { description: 'Its number.' },
    NAME: { description: 'Its name.' },
    STATUS: { description: 'How far it is, from QUEUED on.' },
    GROUP: { description: 'Its group.' },
    SEED: { description: 'Its seed.' },
    CREATED: { description: 'When it was made.' },
    STARTED: { description: 'When it began.' },
    FINISHED: { description: 'When it ended.' },
    DURATION: { description: 'Seconds from its start to its end.' },
    MODEL: { description: 'Name and version of its model config.' },
    RESTORATION: { description: 'Name and version of its restoration config.' },
    EXPERIMENT: { description: 'Name of its experiment.' },
  } satisfies Record<NonNullable<RunOrder['field']>, object>,
});

export const DirectionEnum = builder.enumType('OrderDirection', {
  description: 'From which end.',
  values: { ASC: { description: 'Smallest first.' }, DESC: { description: 'Largest first.' } },
});

const ParamOrder = builder.inputType('ParamOrder', {
  description: 'A param to order by.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Such as `optimizer.lr`.' }),
    text: t.boolean({ description: 'By the first 100 characters of its text rather than by its number.' }),
  }),
});

export const MetricOrder = builder.inputType('MetricOrder', {
  description: 'A metric to order by.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Such as `accuracy`.' }),
    aggregate: t.field({ type: MetricAggregateEnum, description: 'LAST unless given.' }),
  }),
});

const PhaseMeasureEnum = builder.enumType('PhaseMeasure', {
  description: 'What of a phase is counted.',
  values: {
    WALL_SECONDS: { description: 'Time in which it was at work.' },
    CPU_SECONDS: { description: 'Processor time.' },
    PEAK_MEMORY: { description: 'Most memory of the process that did it, in bytes.' },
    ENERGY: { description: 'Joules.' },
    PRICE: { description: 'In whatever currency it was logged.' },
  } satisfies Record<NonNullable<RunOrder['cost']>['measure'], object>,
});

const CostOrder = builder.inputType('CostOrder', {
  description: 'A cost to order by.',
  fields: (t) => ({
    measure: t.field({ type: PhaseMeasureEnum, required: true, description: 'What is counted.' }),
    phase: t.field({
      type: PhaseEnum,
      description: 'Of this phase; unless given of all together: their sum, and of memory the most.',
    }),
  }),
});

export const RunOrderInput = builder.inputType('RunOrder', {
  description:
    'By one of `field`, `param`, `tag`, `metric`, `cost`. Runs without a value, and NaN, come last in either direction. Equal ones are in the order of their ids, in the direction of the first term.',
  fields: (t) => ({
    field: t.field({ type: RunOrderField, description: 'By a field.' }),
    param: t.field({ type: ParamOrder, description: 'By a param.' }),
    tag: t.string({ description: 'By the value of the tag with this key.' }),
    metric: t.field({ type: MetricOrder, description: 'By a metric.' }),
    cost: t.field({ type: CostOrder, description: 'By what it cost.' }),
    direction: t.field({ type: DirectionEnum, description: 'ASC unless given.' }),
  }),
});
