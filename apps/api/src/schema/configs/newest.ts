import { queryFromInfo } from '@pothos/plugin-prisma';
import { resolveCursorConnection, type DefaultConnectionArguments } from '@pothos/plugin-relay';
import type { Prisma } from '@samplewise/database';
import type { GraphQLResolveInfo } from 'graphql';
import { newestConfigs } from '../../configs/newest-configs.ts';
import type { Context } from '../../context.ts';
import { builder, PAGE_LIMIT } from '../builder.ts';
import { ModelConfigRef, RestorationConfigRef } from './configs.ts';

const DEFAULT_PAGE = 50;

/** @param read gives the rows of ids, in any order */
async function newest<Row extends { id: bigint; name: string }>(
  table: 'model_config' | 'restoration_config',
  projectId: bigint,
  args: DefaultConnectionArguments,
  { database }: Context,
  read: (ids: bigint[]) => Promise<Row[]>,
) {
  return resolveCursorConnection<Promise<Row[]>>(
    { args, maxSize: PAGE_LIMIT, defaultSize: DEFAULT_PAGE, toCursor: ({ name }) => name },
    async ({ before, after, limit, inverted }) => {
      const ids = await newestConfigs(database, table, projectId, { before, after, limit, inverted });
      const rows = ids.length === 0 ? [] : await read(ids);
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id)!);
    },
  );
}

/** What is asked of each. */
const asked = (context: Context, info: GraphQLResolveInfo) => queryFromInfo({ context, info, path: ['edges', 'node'] });

builder.prismaObjectFields('Project', (t) => ({
  models: t.connection({
    type: ModelConfigRef,
    description: 'The newest version of each model, by name; modelConfigs gives all versions.',
    select: { id: true },
    resolve: ({ id }, args, context, info) =>
      newest('model_config', id, args, context, (ids) => {
        const query = asked(context, info) as { include: Prisma.ModelConfigInclude };
        return context.database.prisma.modelConfig.findMany({ ...query, where: { id: { in: ids } } });
      }),
  }),
  restorations: t.connection({
    type: RestorationConfigRef,
    description: 'The newest version of each restoration, by name; restorationConfigs gives all versions.',
    select: { id: true },
    resolve: ({ id }, args, context, info) =>
      newest('restoration_config', id, args, context, (ids) => {
        const query = asked(context, info) as { include: Prisma.RestorationConfigInclude };
        return context.database.prisma.restorationConfig.findMany({ ...query, where: { id: { in: ids } } });
      }),
  }),
}));
