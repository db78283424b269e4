import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
} from 'graphql';
import { schema } from '../schema/index.ts';

/** Fails when a type, field, argument, input field or enum value has no description. */
interface Described {
  name: string;
  description?: string | null | undefined;
}

const named = (part: Described, name = part.name): Described => ({ name, description: part.description });

function partsOf(type: GraphQLNamedType): Described[] {
  if (isObjectType(type) || isInterfaceType(type)) {
    return Object.values(type.getFields()).flatMap((field) => [
      named(field, `${type.name}.${field.name}`),
      ...field.args.map((argument) => named(argument, `${type.name}.${field.name}(${argument.name}:)`)),
    ]);
  }
  if (isInputObjectType(type)) return Object.values(type.getFields()).map((f) => named(f, `${type.name}.${f.name}`));
  if (isEnumType(type)) return type.getValues().map((value) => named(value, `${type.name}.${value.name}`));
  return [];
}

const bare = Object.values(schema.getTypeMap())
  .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
  .flatMap((type) => [named(type), ...partsOf(type)])
  .filter(({ description }) => !description?.trim());

if (bare.length > 0) {
  console.error(`Without a description: ${bare.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}
