import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** An id of each type that has ids, by its name. */
export type Ids = Readonly<Record<string, string>>;

/** An operation that asks for one field, with every id that the field takes. */
export interface Entrance {
  /** Such as `Mutation.deleteRuns`, or `Project.team.members`. */
  name: string;
  kind: 'query' | 'mutation' | 'subscription';
  field: GraphQLField<unknown, unknown>;
  /** Ids that it names as arguments. */
  names: string[];
  /** The thing that it is a field of, where it is within another. */
  within?: string;
  document: string;
}

type Part = GraphQLArgument | GraphQLInputField;

/** Arguments that the general way gets wrong: by the name of the field. */
export type Given = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Every query, mutation and subscription; every type with ids, by `node`; and what within these types takes ids or has a rule. */
export function entrancesOf(schema: GraphQLSchema, ids: Ids, given: Given, publicIds: Ids): Entrance[] {
  const roots = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!];
  const fields = roots.flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ name }) => name !== 'node')
      .map((field) => ofRoot(type, field, ids, given[field.name] ?? {})),
  );
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('The schema has no nodes.');
  const types = [...schema.getImplementations(node).objects];
  const things = types.map(({ name }): Entrance => {
    const id = known(ids, name);
    const field = schema.getQueryType()!.getFields().node!;
    return {
      name: `Query.node(${name})`,
      kind: 'query',
      field,
      names: [id],
      document: `{ result: node(id: "${id}") { __typename id } }`,
    };
  });
  return [...fields, ...things, ...types.flatMap((type) => inner(type, ids, publicIds))];
}

function ofRoot(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  ids: Ids,
  given: Record<string, string>,
): Entrance {
  const kind = type.name.toLowerCase() as Entrance['kind'];
  const call = callOf(field, ids, given);
  return {
    name: `${type.name}.${field.name}`,
    kind,
    field,
    names: idsIn(call),
    document: `${kind} { result: ${call} ${problemsOf(field)} }`,
  };
}

/** Of a type with ids, the fields that take ids, asked of a public thing, and those that have a rule of their own. */
function inner(type: GraphQLObjectType, ids: Ids, publicIds: Ids): Entrance[] {
  return Object.values(type.getFields()).flatMap((field): Entrance[] => {
    const call = callOf(field, ids, {});
    const names = idsIn(call);
    if (names.length === 0 && field.extensions.access === undefined) return [];
    const [path, within] =
      type.name === 'Team'
        ? // Whoever sees a public project sees whose it is, and no more.
          [
            `node(id: "${publicIds.Project!}") { ... on Project { result: team { ${call} ${problemsOf(field)} } } }`,
            ids.Team!,
          ]
        : [
            `node(id: "${known(publicIds, type.name)}") { ... on ${type.name} { ${call} ${problemsOf(field)} } }`,
            known(publicIds, type.name),
          ];
    return [{ name: `${type.name}.${field.name}`, kind: 'query', field, names, within, document: `{ ${path} }` }];
  });
}

const idsIn = (call: string): string[] => [...call.matchAll(/"([A-Z][A-Za-z]*_\d[\d-]*)"/g)].map((match) => match[1]!);

function known(ids: Ids, typename: string): string {
  const id = ids[typename];
  if (id === undefined)
    throw new Error(`There is no ${typename} to ask for: add one to the scene of authorization.test.ts.`);
  return id;
}

function problemsOf({ type }: GraphQLField<unknown, unknown>): string {
  const named = getNamedType(type);
  if (isUnionType(named)) return '{ __typename ... on InvalidInputError { problems { code place message } } }';
  return isObjectType(named) || isInterfaceType(named) ? '{ __typename }' : '';
}

function callOf(field: GraphQLField<unknown, unknown>, ids: Ids, given: Record<string, string>): string {
  const args = field.args
    .filter((part) => given[part.name] !== undefined || isWanted(part))
    .map((part) => `${part.name}: ${given[part.name] ?? literal(part, ids)}`);
  return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}`;
}

/** What must be given, and whatever can hold an id. */
const isWanted = (part: Part, seen: readonly unknown[] = []): boolean =>
  isNonNullType(part.type) || holdsId(part, seen);

function holdsId(part: Part, seen: readonly unknown[]): boolean {
  const type = getNamedType(part.type);
  if (!isInputObjectType(type)) return type.name === 'ID';
  // What it names is compared with, within the project that the field is about, and never shown.
  if (type.name === 'RunFilter') return false;
  return !seen.includes(type) && Object.values(type.getFields()).some((field) => holdsId(field, [...seen, type]));
}

function literal(part: Part, ids: Ids, seen: readonly unknown[] = []): string {
  const of = (type: GraphQLInputType): string => {
    if (isNonNullType(type)) return of(type.ofType);
    if (isListType(type)) return `[${of(type.ofType)}]`;
    if (isEnumType(type)) return type.getValues()[0]!.name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => isWanted(field, [...seen, type]));
      return `{ ${fields.map((field) => `${field.name}: ${literal(field, ids, [...seen, type])}`).join(', ')} }`;
    }
    if (type.name === 'ID') return JSON.stringify(known(ids, typeOfId(part, ids)));
    if (type.name.endsWith('Column')) return '[0]';
    const value = {
      String: '"good"',
      Int: '1',
      Float: '1',
      Boolean: 'true',
      BigInt: '"1"',
      DateTime: '"2100-01-01T00:00:00Z"',
      JSON: '{}',
    }[type.name];
    if (value === undefined) throw new Error(`There is no value for the scalar ${type.name}.`);
    return value;
  };
  return of(part.type);
}

/** By its description (`Such as Run_1.`) or its name (`modelConfigId`); the rest are runs. */
function typeOfId({ name, description }: Part, ids: Ids): string {
  const described = /\b([A-Z][A-Za-z]+)_\d/.exec(description ?? '')?.[1];
  if (described !== undefined) return described;
  const named = name.replace(/Ids?$/, '').replace(/^./, (letter) => letter.toUpperCase());
  return named in ids ? named : 'Run';
}
