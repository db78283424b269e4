import { queryFromInfo } from '@pothos/plugin-prisma';
import { resolveCursorConnection, type DefaultConnectionArguments } from '@pothos/plugin-relay';
import type { Prisma, Run, RunStatus } from '@samplewise/database';
import type { RunOrder } from '@samplewise/domain';
import type { GraphQLResolveInfo } from 'graphql';
import { batched } from '../../batched.ts';
import type { Context } from '../../context.ts';
import { COUNT_LIMIT, countRuns } from '../../runs/search/count-runs.ts';
import { cursorOf, positionOf, type Position } from '../../runs/search/cursor.ts';
import { findRuns, findRunsOfMany, type Page } from '../../runs/search/find-runs.ts';
import { termsOf } from '../../runs/search/order-sql.ts';
import { readSearch, type SearchArguments } from '../../runs/search/read-search.ts';
import type { RunSearch, Scope } from '../../runs/search/scope.ts';
import { builder, PAGE_LIMIT } from '../builder.ts';
import { withoutNullsWithin } from '../shared/inputs.ts';
import { RunStatusEnum } from './enums.ts';
import { RunRef } from './run.ts';
import { RunFilterInput, RunOrderInput } from './search-inputs.ts';

const DEFAULT_PAGE = 50;
const NEWEST_FIRST: RunOrder[] = [{ field: 'ID', direction: 'DESC' }];

/** A list of one project or experiment that somebody asks for; lists beside each other come from one place in a query. */
interface Asked {
  scope: Scope<bigint>;
  search: Omit<RunSearch, 'projectIds'>;
  info: GraphQLResolveInfo;
}
type AskedPage = Asked & { page: Page };
interface Placed {
  run: Run;
  position: Position;
}

/** Answers together what comes from one place in a query: there the arguments are the same. */
async function byPlace<A extends Asked, T>(
  asked: readonly A[],
  answer: (scopes: Scope<bigint>[], search: RunSearch, first: A) => Promise<T[]>,
): Promise<T[]> {
  const answers = new Map<A, T>();
  for (const group of Map.groupBy(asked, ({ info }) => info.fieldNodes).values()) {
    const scopes = group.map(({ scope }) => scope);
    const projectIds = [...new Set(scopes.map(({ projectId }) => projectId))];
    const results = await answer(scopes, { ...group[0]!.search, projectIds }, group[0]!);
    for (const [i, one] of group.entries()) answers.set(one, results[i]!);
  }
  return asked.map((one) => answers.get(one)!);
}

const pageOf = batched<AskedPage, Placed[]>((context, asked) =>
  byPlace(asked, async (scopes, search, { page, info }) => {
    const { database } = context;
    const found =
      scopes.length === 1
        ? [await findRuns(database, scopes[0]!, search, page)]
        : await findRunsOfMany(database, scopes, search, page);
    const query = queryFromInfo({ context, info, path: ['edges', 'node'] }) as { include: Prisma.RunInclude };
    const ids = found.flat().map(({ id }) => id);
    const runs = ids.length === 0 ? [] : await database.prisma.run.findMany({ ...query, where: { id: { in: ids } } });
    const byId = new Map(runs.map((run) => [run.id, run]));
    // One may have been deleted since.
    return found.map((list) =>
      list.flatMap(({ id, position }) => (byId.has(id) ? [{ run: byId.get(id)!, position }] : [])),
    );
  }),
);

const countOf = batched<Asked, number>((context, asked) =>
  byPlace(asked, (scopes, search) => countRuns(context.database, scopes, search)),
);

function runConnection(name: string) {
  const counted = (page: object, context: Context): Promise<number> =>
    countOf(context, (page as unknown as { asked: Asked }).asked);
  return builder.connectionObject(
    {
      type: RunRef,
      name,
      description: 'A page of runs.',
      fields: (t) => ({
        totalCount: t.int({
          description: 'All runs that fit, whatever the page; counted up to 10,000.',
          complexity: 10,
          resolve: async (page, _args, context) => Math.min(await counted(page, context), COUNT_LIMIT),
        }),
        totalCountIsExact: t.boolean({
          description: 'false: there are more than the 10,000 that `totalCount` says.',
          complexity: 10,
          resolve: async (page, _args, context) => (await counted(page, context)) <= COUNT_LIMIT,
        }),
      }),
    },
    { name: `${name}Edge`, description: 'An entry of a page, with its cursor.' },
  );
}

type Arguments = DefaultConnectionArguments & SearchArguments & { status?: readonly RunStatus[] | null | undefined };

async function connection(
  scope: Scope<bigint>,
  args: Arguments,
  usual: RunOrder[],
  context: Context,
  info: GraphQLResolveInfo,
) {
  const given = readSearch(withoutNullsWithin(args) as SearchArguments);
  const order = given.order.length > 0 ? given.order : usual;
  const filter = args.status ? { and: [{ status: [...args.status] }, given.filter] } : given.filter;
  const search = { filter, order, now: new Date() };
  const terms = termsOf(order);
  const at = (cursor: string | undefined, place: string): Position | undefined =>
    cursor === undefined ? undefined : positionOf(cursor, order, terms, place);
  const page = await resolveCursorConnection<Promise<Placed[]>>(
    {
      args,
      maxSize: PAGE_LIMIT,
      defaultSize: DEFAULT_PAGE,
      toCursor: ({ position }) => cursorOf(position, order),
    },
    ({ before, after, limit, inverted }) =>
      pageOf(context, {
        scope,
        search,
        info,
        page: { after: at(after, 'after'), before: at(before, 'before'), limit, backwards: inverted },
      }),
  );
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: node.run }));
  return { ...page, edges, asked: { scope, search, info } satisfies Asked };
}

const ProjectRunsConnection = runConnection('ProjectRunsConnection');
const ExperimentRunsConnection = runConnection('ExperimentRunsConnection');

const LANGUAGE =
  'Such as `accuracy > 0.8 and model:"resnet*" and tag.stage = final`; it holds beside the filter. See docs/search.md.';

builder.prismaObjectField('Project', 'runs', (t) =>
  t.connection(
    {
      type: RunRef,
      description: 'Runs of all its experiments; newest first unless an order is given.',
      args: {
        filter: t.arg({ type: RunFilterInput, description: 'Which runs.' }),
        search: t.arg.string({ description: LANGUAGE }),
        order: t.arg({ type: [RunOrderInput], description: 'By which values, 3 at most.' }),
      },
      select: { id: true },
      resolve: ({ id }, args, context, info) =>
        connection({ kind: 'project', id, projectId: id }, args, NEWEST_FIRST, context, info),
    },
    ProjectRunsConnection,
  ),
);

builder.prismaObjectField('Experiment', 'runs', (t) =>
  t.connection(
    {
      type: RunRef,
      description: 'In the order in which they were queued, unless another one is given.',
      args: {
        status: t.arg({ type: [RunStatusEnum], description: 'Only runs of these.' }),
        filter: t.arg({ type: RunFilterInput, description: 'Which runs.' }),
        search: t.arg.string({ description: LANGUAGE }),
        order: t.arg({ type: [RunOrderInput], description: 'By which values, 3 at most.' }),
      },
      select: { id: true, projectId: true },
      resolve: ({ id, projectId }, args, context, info) =>
        connection({ kind: 'experiment', id, projectId }, args, [], context, info),
    },
    ExperimentRunsConnection,
  ),
);
