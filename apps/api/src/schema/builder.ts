import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import { InvalidInput, problem } from '@samplewise/domain';
import { getDatamodel, type default as PrismaTypes } from '@samplewise/database/pothos-types';
import type { Context } from '../context.ts';

/**
 * Limits of one operation. A page of 100 runs with their evaluations costs about 3,000; the page's largest query about
 * half the limit.
 */
const LIMITS = { depth: 15, breadth: 400, complexity: 20_000 };

/** Type and row number, for samples version and index: `Run_42`, `Sample_2-417`. */
const GLOBAL_ID = /^([A-Za-z]+)_([1-9][0-9]{0,17}(?:-[0-9]{1,9})?)$/;

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
    MetricValue: { Input: never; Output: number };
    NumberList: { Input: never; Output: Float64Array };
  };
}>({
  plugins: [ErrorsPlugin, ComplexityPlugin, RelayPlugin, PrismaPlugin],
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
    decodeGlobalID: (globalId) => {
      const match = GLOBAL_ID.exec(globalId);
      if (match) return { typename: match[1]!, id: match[2]! };
      throw new InvalidInput(
        problem('INVALID_VALUE', 'This is not an id.', {
          place: 'id',
          value: globalId,
          mend: 'It must look like Run_42.',
        }),
      );
    },
    clientMutationId: 'omit',
    cursorType: 'String',
  },
  complexity: { limit: LIMITS, defaultComplexity: 1, defaultListMultiplier: 10 },
  errors: { defaultTypes: [InvalidInput], directResult: true },
});

builder.queryType({ description: 'What can be read.' });
builder.mutationType({
  description:
    'What can be changed. A mutation takes one `input` and answers with its payload, or with an error that names the field, the value and the mend.',
});
builder.subscriptionType({
  description: 'What can be followed, by GraphQL over server-sent events at /graphql/stream.',
});

/** The row number of a global id such as `Run_42`. @throws InvalidInput naming the place */
export function rowNumber(globalId: string, typename: string, place: string): bigint {
  const match = GLOBAL_ID.exec(globalId);
  if (match?.[1] === typename && /^\d+$/.test(match[2]!)) return BigInt(match[2]!);
  throw new InvalidInput(
    problem('INVALID_VALUE', `This is not the id of a ${typename}.`, {
      place,
      value: globalId,
      mend: `It must look like ${typename}_42.`,
    }),
  );
}

/** For rows that a mutation refers to. @throws InvalidInput naming the place */
export function found<T>(row: T | null, what: string, place: string, value: string): T {
  if (row !== null) return row;
  throw new InvalidInput(problem('NOT_FOUND', `There is no such ${what}.`, { place, value }));
}
