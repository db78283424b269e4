import { InvalidInput, problem } from '@samplewise/domain';
import type { Context } from '../../context.ts';
import { configDifference, type Difference } from '../../differences/config-difference.ts';
import { runDifference, type RunDifference, type RunFact, type Section } from '../../differences/run-difference.ts';
import { builder, found, rowNumber } from '../builder.ts';

const DifferenceKindEnum = builder.enumType('DifferenceKind', {
  description: 'What happened at a place.',
  values: {
    ADDED: { description: 'Only the second has it.' },
    REMOVED: { description: 'Only the first has it.' },
    CHANGED: { description: 'Both have it, with different values.' },
  } satisfies Record<Difference['kind'], object>,
});

const DifferenceRef = builder.objectRef<Difference>('ConfigDifference').implement({
  description: 'A place at which two configs differ.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'Such as `input.mean.0`.' }),
    kind: t.expose('kind', { type: DifferenceKindEnum, description: 'What happened.' }),
    before: t.field({ type: 'JSON', nullable: true, description: 'In the first.', resolve: ({ before }) => before }),
    after: t.field({ type: 'JSON', nullable: true, description: 'In the second.', resolve: ({ after }) => after }),
  }),
});

const SectionEnum = builder.enumType('RunFactSection', {
  description: 'Where a fact of a run is from.',
  values: {
    RUN: { description: 'The run itself: source, seed, group.' },
    PARAM: { description: 'A param.' },
    TAG: { description: 'A tag.' },
    MODEL: { description: 'The model config: name, version, spec.' },
    RESTORATION: { description: 'The restoration config: name, version, steps.' },
    ENVIRONMENT: { description: 'The environment.' },
  } satisfies Record<Section, object>,
});

const FactRef = builder.objectRef<RunFact>('RunFact').implement({
  description: 'A fact that is not the same in all the runs.',
  fields: (t) => ({
    section: t.expose('section', { type: SectionEnum, description: 'Where it is from.' }),
    key: t.exposeString('key', { description: 'Such as `optimizer.lr`.' }),
    values: t.stringList({
      nullable: { list: false, items: true },
      description: 'In the order of the runs, at most 2,000 characters each; none where a run does not have it.',
      resolve: ({ values }) => values,
    }),
  }),
});

const RunDifferenceRef = builder.objectRef<RunDifference>('RunDifference').implement({
  description: 'What differs among runs, and only that.',
  fields: (t) => ({
    runIds: t.idList({ description: 'Of the values.', resolve: ({ runIds }) => runIds.map((id) => `Run_${id}`) }),
    facts: t.field({ type: [FactRef], description: 'At most 2,000.', resolve: ({ facts }) => facts }),
    same: t.exposeInt('same', { description: 'Facts that all the runs have in common.' }),
    left: t.exposeInt('left', { description: 'Facts that differ and are beyond the 2,000.' }),
  }),
});

builder.queryFields((t) => ({
  configDifference: t.field({
    type: [DifferenceRef],
    description: 'Where two model configs or two restoration configs differ.',
    complexity: { field: 10, multiplier: 100 },
    args: {
      before: t.arg.id({ required: true, description: 'Such as ModelConfig_1 or RestorationConfig_1.' }),
      after: t.arg.id({ required: true, description: 'Another of the same kind.' }),
    },
    resolve: async (_root, { before, after }, context) =>
      configDifference(
        await configOf(context, before, 'before', before),
        await configOf(context, after, 'after', before),
      ),
  }),
  runDifference: t.field({
    type: RunDifferenceRef,
    description: 'Params, tags, configs and environments of runs, as far as they are not the same.',
    complexity: ({ runIds }) => ({ field: 50 * runIds.length }),
    args: { runIds: t.arg.idList({ required: true, description: '2 to 20, such as Run_1.' }) },
    resolve: (_root, { runIds }, { database }) =>
      runDifference(database, [...new Set(runIds.map((id, i) => rowNumber(id, 'Run', `runIds.${i}`)))]),
  }),
}));

/** @param like an id whose kind this one must have */
async function configOf({ database }: Context, globalId: string, place: string, like: string): Promise<unknown> {
  const { prisma } = database;
  if (like.startsWith('ModelConfig_')) {
    const id = rowNumber(globalId, 'ModelConfig', place);
    return found(await prisma.modelConfig.findUnique({ where: { id } }), 'model config', place, globalId).spec;
  }
  if (like.startsWith('RestorationConfig_')) {
    const id = rowNumber(globalId, 'RestorationConfig', place);
    return found(await prisma.restorationConfig.findUnique({ where: { id } }), 'restoration config', place, globalId)
      .steps;
  }
  throw new InvalidInput(
    problem('INVALID_VALUE', 'This is not the id of a config.', {
      place,
      value: globalId,
      mend: 'It must look like ModelConfig_42 or RestorationConfig_42.',
    }),
  );
}
