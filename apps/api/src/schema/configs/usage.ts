import {
  RECENT_RUNS,
  USAGE_LIMIT,
  usageOfModel,
  usageOfRestoration,
  type ConfigUsage,
} from '../../configs/config-usage.ts';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { RunRef } from '../runs/run.ts';
import './configs.ts';

const AMONG = `among the newest ${RECENT_RUNS} that have finished`;

const UsageRef = builder.objectRef<ConfigUsage>('ConfigUsage').implement({
  description: 'What a config was used for.',
  fields: (t) => ({
    runs: t.exposeInt('runs', { description: `Runs with it, counted up to ${USAGE_LIMIT}.` }),
    latestRun: t.prismaField({
      type: RunRef,
      nullable: true,
      description: 'The newest of these.',
      resolve: (query, { latestRunId }, _args, context) => runOf(context, query, latestRunId),
    }),
    bestRun: t.prismaField({
      type: RunRef,
      nullable: true,
      description: `That with the highest accuracy ${AMONG}, whatever its samples were.`,
      resolve: (query, { bestRunId }, _args, context) => runOf(context, query, bestRunId),
    }),
    samples: t.exposeInt('samples', { description: `Pictures that were prepared, ${AMONG}.` }),
    cached: t.exposeInt('cached', { description: 'Of these, how many were found wholly restored.' }),
    seconds: t.exposeFloat('seconds', {
      description: 'That their preparation was at work: to decode, restore and resize.',
    }),
  }),
});

/** Prisma joins the look-ups of one tick into one statement. */
const runOf = ({ database }: Context, query: object, id: bigint | null) =>
  id === null ? null : database.prisma.run.findUnique({ ...query, where: { id } });

const DESCRIPTION = 'What it was used for.';
const ALL_VERSIONS = 'Of all configs of its name.';

builder.prismaObjectField('ModelConfig', 'usage', (t) =>
  t.field({
    type: UsageRef,
    description: DESCRIPTION,
    complexity: 20,
    args: { allVersions: t.arg.boolean({ defaultValue: false, description: ALL_VERSIONS }) },
    select: { id: true },
    resolve: ({ id }, { allVersions }, context) => usageOfModel(context, { id, allVersions: allVersions ?? false }),
  }),
);

builder.prismaObjectField('RestorationConfig', 'usage', (t) =>
  t.field({
    type: UsageRef,
    description: DESCRIPTION,
    complexity: 20,
    args: { allVersions: t.arg.boolean({ defaultValue: false, description: ALL_VERSIONS }) },
    select: { id: true },
    resolve: ({ id }, { allVersions }, context) =>
      usageOfRestoration(context, { id, allVersions: allVersions ?? false }),
  }),
);
