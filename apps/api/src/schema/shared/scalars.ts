import { DateTimeResolver, JSONResolver } from 'graphql-scalars';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { builder } from '../builder.ts';

builder.addScalarType('DateTime', DateTimeResolver);
builder.addScalarType('JSON', JSONResolver);
builder.addScalarType(
  'BigInt',
  new GraphQLScalarType<bigint, string>({
    name: 'BigInt',
    description: 'An integer of 64 bits, written as a decimal string, because a JSON number would lose digits.',
    serialize: (value) => String(value),
    parseValue: (value) => parse(String(value)),
    parseLiteral: (node) => {
      if (node.kind === Kind.INT || node.kind === Kind.STRING) return parse(node.value);
      throw new GraphQLError('BigInt must be an integer or a string of digits');
    },
  }),
);

function parse(text: string): bigint {
  if (/^-?\d{1,19}$/.test(text)) return BigInt(text);
  throw new GraphQLError(`BigInt must be an integer of 64 bits, not '${text.slice(0, 40)}'`);
}
