import { InvalidInput, type Problem } from '@samplewise/domain';
import { GraphQLError } from 'graphql';
import { LIMITS, type LimitName } from './limits.ts';

const UNITS: Record<LimitName, string> = {
  body: 'bytes in the body',
  operations: 'operation in a request',
  characters: 'characters in the document',
  tokens: 'tokens in the document',
  depth: 'fields inside each other',
  breadth: 'fields in an operation',
  aliases: 'aliases in an operation',
  directives: 'directives in the document',
  introspection: 'fields that an introspection visits',
  values: 'values in the body',
  ids: 'ids in a variable',
  nesting: 'lists and objects inside each other',
  complexity: 'fields times the lengths of their lists',
};

/** A request that is beyond a limit; `requested` is left out where counting ended at the limit. */
export function beyond(limit: LimitName, requested?: number): GraphQLError {
  const most = LIMITS[limit];
  const asked = requested === undefined ? 'more' : requested.toLocaleString('en');
  return new GraphQLError(
    `The request is beyond the limit of ${limit}: at most ${most.toLocaleString('en')} ${UNITS[limit]}, here ${asked}.`,
    {
      extensions: {
        code: 'LIMIT_EXCEEDED',
        limit,
        allowed: most,
        // JSON has no Infinity.
        ...(requested === undefined ? {} : { requested: Math.min(requested, Number.MAX_SAFE_INTEGER) }),
        http: { status: limit === 'body' ? 413 : 400 },
      },
    },
  );
}

/** What is wrong with a value, as an error of the whole request. */
export function badInput(problem: Problem): GraphQLError {
  return new GraphQLError(new InvalidInput(problem).message, {
    extensions: { code: 'BAD_USER_INPUT', problems: [problem], http: { status: 400 } },
  });
}
