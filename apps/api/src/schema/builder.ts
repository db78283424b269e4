import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import { InvalidInput, problem } from '@samplewise/domain';
import type { GraphQLField } from 'graphql';
import { getDatamodel, type default as PrismaTypes } from '@samplewise/database/pothos-types';
import { ACCESS } from '../auth/access-plugin.ts';
import { mayRead } from '../auth/check.ts';
import { LABELS } from '../auth/labels/labels-plugin.ts';
import type { Context } from '../context.ts';
import { decodeGlobalId } from '../global-id.ts';
import { LIMITS } from '../limits/limits.ts';
import { DESCRIPTIONS, RELAY_DESCRIPTIONS } from './descriptions.ts';

/** Most items that a list gives at once. */
export const PAGE_LIMIT = 200;
const DEFAULT_PAGE = 50;

export const builder = new SchemaBuilder<{
  Context: Context;
  PrismaTypes: PrismaTypes;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string | number | bigint };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
    BigInt: { Input: bigint; Output: bigint | number };
    IntColumn: { Input: Int32Array; Output: never };
    LongColumn: { Input: BigInt64Array; Output: never };
    FloatColumn: { Input: Float64Array; Output: never };
    Float32Column: { Input: Float32Array; Output: never };
    MetricValue: { Input: number | string; Output: number };
    NumberList: { Input: never; Output: Float64Array };
  };
}>({
  plugins: [ErrorsPlugin, ACCESS, LABELS, ComplexityPlugin, RelayPlugin, PrismaPlugin, DESCRIPTIONS],
  defaultFieldNullability: false,
  prisma: {
    client: ({ database }) => database.prisma,
    dmmf: getDatamodel(),
    exposeDescriptions: false,
    filterConnectionTotalCount: true,
    maxConnectionSize: PAGE_LIMIT,
    defaultConnectionSize: DEFAULT_PAGE,
  },
  relay: {
    // Readable ids (`Run_42`): what a person sees in a log can be asked for as it stands.
    encodeGlobalID: (typename, id) => `${typename}_${id}`,
    decodeGlobalID: (globalId) => decodeGlobalId(globalId),
    ...RELAY_DESCRIPTIONS,
    nodesQueryOptions: {
      ...RELAY_DESCRIPTIONS.nodesQueryOptions,
      complexity: ({ ids }) => ({ field: 3 * ids.length, multiplier: ids.length }),
      access: 'narrowed',
      resolve: async (_root, { ids }, context, _info, resolveNodes) => {
        if (ids.length > PAGE_LIMIT) throw tooManyIds(ids.length);
        const [nodes, readable] = await Promise.all([resolveNodes(ids), mayRead(context, ids)]);
        return nodes.map((node, i) => (readable[i] ? node : null));
      },
    },
    clientMutationId: 'omit',
    cursorType: 'String',
  },
  complexity: { limit: LIMITS, fieldComplexity: (args, _context, field) => costOfField(args, field) },
  errors: {
    defaultTypes: [InvalidInput],
    directResult: true,
    defaultUnionOptions: { description: 'The payload, or why there is none.' },
  },
});

/** A connection costs its page, asked for or not; other lists are taken to have ten entries. */
function costOfField(args: Record<string, unknown>, field: Pick<GraphQLField<unknown, unknown>, 'name' | 'args'>) {
  if (field.name === 'edges') return { field: 1, multiplier: 1 };
  if (!field.args.some(({ name }) => name === 'first')) return 1;
  const page = args.first ?? args.last;
  return { field: 1, multiplier: typeof page === 'number' && page >= 0 ? page : DEFAULT_PAGE };
}

const tooManyIds = (count: number): InvalidInput =>
  new InvalidInput(
    problem('TOO_LARGE', `These are ${count} ids.`, { place: 'ids', mend: `Ask for at most ${PAGE_LIMIT} at once.` }),
  );

builder.queryType({ description: 'What can be read.' });
builder.mutationType({
  description:
    'What can be changed. A mutation takes one `input` and answers with its payload, or with an error that names the field, the value and the mend.',
});
builder.subscriptionType({
  description: 'What can be followed, by GraphQL over server-sent events at /graphql/stream.',
});

export { rowNumber } from '../global-id.ts';

/** For rows that a mutation refers to. @throws InvalidInput naming the place */
export function found<T>(row: T | null, what: string, place: string, value: string): T {
  if (row !== null) return row;
  throw new InvalidInput(problem('NOT_FOUND', `There is no such ${what}.`, { place, value }));
}
