import {
  buildSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type GraphQLField,
  type GraphQLNamedType,
} from 'graphql';

/** `Project.experiments`, and whatever else a query can reach that is a connection or a list of things with fields. */
export function listFields(schemaText: string): string[] {
  const schema = buildSchema(schemaText);
  const found: string[] = [];
  const seen = new Set<GraphQLNamedType>();
  const walk = (type: GraphQLNamedType): void => {
    if (seen.has(type)) return;
    seen.add(type);
    if (isCompositeType(type) && !isObjectType(type)) schema.getPossibleTypes(type).forEach(walk);
    if (!isObjectType(type)) return;
    for (const field of Object.values(type.getFields())) {
      if (isList(field)) found.push(`${type.name}.${field.name}`);
      walk(getNamedType(field.type));
    }
  };
  walk(schema.getQueryType()!);
  return found;
}

/** Those of them that a query asks for. */
export function listsAskedFor(schemaText: string, query: string): string[] {
  const types = new TypeInfo(buildSchema(schemaText));
  const asked: string[] = [];
  visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field: () => {
        const field = types.getFieldDef();
        if (field && isList(field)) asked.push(`${types.getParentType()!.name}.${field.name}`);
      },
    }),
  );
  return asked;
}

/** The edges of a connection are asked for with it. */
function isList({ name, type }: Pick<GraphQLField<unknown, unknown>, 'name' | 'type'>): boolean {
  const named = getNamedType(type);
  if (named.name.endsWith('Connection')) return true;
  return name !== 'edges' && isListType(getNullableType(type)) && isCompositeType(named);
}
