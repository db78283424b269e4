import { InvalidInput, problem, runKey, parseInput, SEARCH_LIMIT } from '@samplewise/domain';
import {
  columnsOfRuns,
  EXAMINED,
  type KeyKind,
  type RunColumn,
  type RunColumns,
} from '../../runs/search/columns-of-runs.ts';
import { groupRuns, type GroupField, type GroupFigures, type RunGroup } from '../../runs/search/group-runs.ts';
import { readKeys } from '../../runs/search/keys-and-values.ts';
import { readSearch, type SearchArguments } from '../../runs/search/read-search.ts';
import type { RunSearch } from '../../runs/search/scope.ts';
import { suggest, type PlacedSuggestion } from '../../runs/search/suggest.ts';
import { builder, PAGE_LIMIT, rowNumber } from '../builder.ts';
import { withoutNulls, withoutNullsWithin } from '../shared/inputs.ts';
import { MetricAggregateEnum, MetricOrder, RunFilterInput } from './search-inputs.ts';

const GROUP_LIMIT = 200;
const GROUP_METRICS = 20;

const searchOf = (args: object, projectId: bigint): RunSearch => ({
  ...readSearch(withoutNullsWithin(args) as SearchArguments),
  projectIds: [projectId],
  now: new Date(),
});
const inProject = (id: bigint) => ({ kind: 'project', id, projectId: id }) as const;

const KeyKindEnum = builder.enumType('RunKeyKind', {
  description: 'What of a run is named by a key.',
  values: {
    PARAM: { description: 'What it was started with.' },
    METRIC: { description: 'What was measured.' },
    TAG: { description: 'What people hang on it.' },
  } satisfies Record<KeyKind, object>,
});

const RunColumnRef = builder.objectRef<RunColumn>('RunColumn').implement({
  description: 'A param, metric or tag that some of the runs have.',
  fields: (t) => ({
    kind: t.expose('kind', { type: KeyKindEnum, description: 'Which of them.' }),
    key: t.exposeString('key', { description: 'Its name.' }),
    runs: t.exposeInt('runs', { description: 'Runs that have it, of those that were looked at.' }),
    differs: t.exposeBoolean('differs', { description: 'Not all of them have it, or not with the same value.' }),
    numeric: t.exposeBoolean('numeric', { description: 'All of its values are numbers.' }),
  }),
});

const RunColumnsRef = builder.objectRef<RunColumns>('RunColumns').implement({
  description: 'What the runs of a table have.',
  fields: (t) => ({
    examined: t.exposeInt('examined', { description: 'Runs that were looked at: the newest of those that fit.' }),
    complete: t.exposeBoolean('complete', {
      description: 'All runs that fit were looked at, and nothing is left out.',
    }),
    columns: t.field({
      type: [RunColumnRef],
      description: 'Params, metrics and tags in the order of their keys, 10,000 at most.',
      complexity: { field: 1, multiplier: 100 },
      args: { differing: t.arg.boolean({ description: 'Only those that differ.' }) },
      resolve: ({ columns }, { differing }) => (differing ? columns.filter((column) => column.differs) : columns),
    }),
  }),
});

const GroupFieldEnum = builder.enumType('RunGroupField', {
  description: 'By what of a run.',
  values: {
    MODEL: { description: 'Its model config, as name@version.' },
    RESTORATION: { description: 'Its restoration config, as name@version.' },
    EXPERIMENT: { description: 'The name of its experiment.' },
    GROUP: { description: 'Its group.' },
    STATUS: { description: 'How far it is.' },
    SEED: { description: 'Its seed.' },
  } satisfies Record<GroupField, object>,
});

const RunGroupByInput = builder.inputType('RunGroupBy', {
  description: 'By one of these.',
  fields: (t) => ({
    field: t.field({ type: GroupFieldEnum, description: 'By a field.' }),
    param: t.string({ description: 'By the value of the param with this key.' }),
    tag: t.string({ description: 'By the value of the tag with this key.' }),
  }),
});

const GroupFiguresRef = builder.objectRef<GroupFigures>('RunGroupMetric').implement({
  description: 'A metric over the runs of a group that have it. NaN is left out.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The metric.' }),
    aggregate: t.expose('aggregate', { type: MetricAggregateEnum, description: 'What of each run is taken.' }),
    runs: t.exposeInt('runs', { description: 'Runs that have it.' }),
    mean: t.expose('mean', { type: 'MetricValue', nullable: true, description: 'Their mean.' }),
    min: t.expose('min', { type: 'MetricValue', nullable: true, description: 'The smallest.' }),
    max: t.expose('max', { type: 'MetricValue', nullable: true, description: 'The largest.' }),
    deviation: t.expose('deviation', {
      type: 'MetricValue',
      nullable: true,
      description: 'Standard deviation of a sample (n - 1); none of a single run.',
    }),
  }),
});

const RunGroupRef = builder.objectRef<RunGroup>('RunGroup').implement({
  description: 'Runs that have something in common.',
  fields: (t) => ({
    value: t.exposeString('value', { nullable: true, description: 'What they share; none: they have no such value.' }),
    runs: t.exposeInt('runs', { description: 'How many they are.' }),
    metrics: t.field({
      type: [GroupFiguresRef],
      description: 'In the order in which they were asked for.',
      resolve: ({ metrics }) => metrics,
    }),
  }),
});

const SuggestionRef = builder.objectRef<PlacedSuggestion>('SearchSuggestion').implement({
  description: 'How a search may go on.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'To be put in.' }),
    detail: t.exposeString('detail', { description: 'What it is, for people.' }),
    from: t.exposeInt('from', { description: 'The first character that it replaces, from 0.' }),
    to: t.exposeInt('to', { description: 'The character after the last one that it replaces.' }),
  }),
});

builder.prismaObjectFields('Project', (t) => ({
  runColumns: t.field({
    type: RunColumnsRef,
    description: `Which params, metrics and tags the newest ${EXAMINED} runs that fit have, and which of these differ.`,
    complexity: 100,
    args: {
      filter: t.arg({ type: RunFilterInput, description: 'Which runs.' }),
      search: t.arg.string({ description: 'Which runs, in the search language.' }),
      kinds: t.arg({ type: [KeyKindEnum], description: 'Only these; all unless given.' }),
    },
    select: { id: true },
    resolve: ({ id }, { kinds, ...args }, { database }) =>
      columnsOfRuns(database, inProject(id), searchOf(args, id), [
        ...new Set(kinds ?? (['PARAM', 'METRIC', 'TAG'] as const)),
      ]),
  }),
  runGroups: t.field({
    type: [RunGroupRef],
    description: 'Groups of runs with figures of their metrics, the largest groups first.',
    complexity: ({ first }) => ({ field: 100, multiplier: Math.min(Math.max(first ?? 50, 0), GROUP_LIMIT) }),
    args: {
      by: t.arg({ type: RunGroupByInput, required: true, description: 'What the runs of a group share.' }),
      filter: t.arg({ type: RunFilterInput, description: 'Which runs.' }),
      search: t.arg.string({ description: 'Which runs, in the search language.' }),
      metrics: t.arg({ type: [MetricOrder], description: `Up to ${GROUP_METRICS} metrics.` }),
      first: t.arg.int({ description: `How many groups, ${GROUP_LIMIT} at most; 50 unless given.` }),
    },
    select: { id: true },
    resolve: ({ id }, { by, metrics, first, ...args }, { database }) => {
      const given = withoutNulls(by);
      const keys = [given.param, given.tag].filter((key) => key !== undefined);
      if (keys.length + (given.field === undefined ? 0 : 1) !== 1) {
        throw new InvalidInput(
          problem('INVALID_VALUE', 'It must name one of field, param and tag.', { place: 'by', value: by }),
        );
      }
      for (const key of keys) parseInput(runKey, key, 'by');
      const wanted = (metrics ?? []).map(({ key, aggregate }, i) => ({
        key: parseInput(runKey, key, `metrics.${i}.key`),
        aggregate: aggregate ?? 'LAST',
      }));
      const limit = within('first', first ?? 50, 1, GROUP_LIMIT);
      within('metrics', wanted.length, 0, GROUP_METRICS);
      return groupRuns(database, inProject(id), searchOf(args, id), given, wanted, limit);
    },
  }),
  runKeys: t.stringList({
    description: 'Keys of params, metrics or tags that runs of the project have, in their order.',
    complexity: 50,
    args: {
      kind: t.arg({ type: KeyKindEnum, required: true, description: 'Of which kind.' }),
      contains: t.arg.string({ description: 'Only keys with this in them, in upper or lower case.' }),
      after: t.arg.string({ description: 'Only keys behind this one: the last of the page before.' }),
      first: t.arg.int({ description: `How many, ${PAGE_LIMIT} at most; 50 unless given.` }),
    },
    select: { id: true },
    resolve: ({ id }, { kind, contains, after, first }, { database }) =>
      readKeys(database, id, KINDS[kind], {
        part: contains ?? '',
        after: after ?? '',
        limit: within('first', first ?? 50, 1, PAGE_LIMIT),
      }),
  }),
}));

const KINDS = { PARAM: 'param', METRIC: 'metric', TAG: 'tag' } as const;

builder.queryField('searchSuggestions', (t) =>
  t.field({
    type: [SuggestionRef],
    description: 'How a search that is being typed may go on: fields, operators, and keys and values that runs have.',
    complexity: 100,
    args: {
      projectId: t.arg.id({ required: true, description: 'Such as Project_1.' }),
      search: t.arg.string({ required: true, description: 'What is typed so far.' }),
      position: t.arg.int({ description: 'Where, in characters from 0; at the end unless given.' }),
    },
    resolve: (_root, { projectId, search, position }, { database }) => {
      within('search', search.length, 0, SEARCH_LIMIT);
      const at = within('position', position ?? search.length, 0, search.length);
      return suggest(database, rowNumber(projectId, 'Project', 'projectId'), search, at);
    },
  }),
);

function within(place: string, value: number, lowest: number, highest: number): number {
  if (value >= lowest && value <= highest) return value;
  throw new InvalidInput(
    problem('INVALID_VALUE', `It is ${value}.`, { place, value, mend: `It must be from ${lowest} to ${highest}.` }),
  );
}
