import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** Values that were, somewhere, the end of a server: by the scalar that they are sent to. */
/** For columns of numbers, as lists and as base64. */
const EVIL_COLUMN: unknown[] = [
  [],
  [-1],
  [0.5],
  ['x'],
  [null],
  [[0]],
  ['NaN'],
  ['-Infinity'],
  [2 ** 31],
  [-(2 ** 53)],
  [1e300],
  '',
  '!',
  'AA==',
  '/////////////////////w==',
  '\0',
  {},
  7,
];

const EVIL: Record<string, unknown[]> = {
  IntColumn: EVIL_COLUMN,
  LongColumn: EVIL_COLUMN,
  FloatColumn: EVIL_COLUMN,
  Float32Column: EVIL_COLUMN,
  String: [
    '',
    '\0',
    'a\0b',
    '\ud800',
    'x'.repeat(100_000),
    '99999999999999999999',
    '-1',
    'GPC:N:99999999999999999999',
    'GPC:N:-1',
    'GPC:S:x',
    'GPC:J:[1,99999999999999999999]',
    'GPC:J:{',
    'GPC:J:["x","y"]',
    'GPC:D:-99999999999999999999',
    '%00',
    "'; DROP TABLE run; --",
    '\u{1F600}'.repeat(300),
    '..',
    '__proto__',
    'constructor',
  ],
  ID: [
    '',
    'x',
    '\0',
    'Run_\0',
    '\ud800',
    'Run_0',
    'Run_-1',
    'Run_9223372036854775807',
    'Run_9223372036854775808',
    'Run_99999999999999999999999999',
    'Run_999999999999999999',
    'Sample_1',
    'Sample_1-999999999',
    'Sample_999999999999999999-999999999',
    'Project_1-1',
    'Evaluation_1',
    'Query_1',
    'constructor_1',
    'toString_1',
    '__proto___1',
    'x'.repeat(100_000),
    9007199254740991,
    -1,
    1.5,
  ],
  Int: [-1, 0, -2147483648, 2147483647, 2147483648, 1e300, 1.5, 'x'],
  Float: [-1, 0, 1e308, -1e308, 1e-320, 'NaN'],
  Boolean: [true, false, 'x'],
  BigInt: ['-1', '9223372036854775807', '9223372036854775808', '99999999999999999999', 'x', 1e300],
  DateTime: ['x', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '-271821-04-20T00:00:00Z'],
  MetricValue: [0, -1, 1e308, Infinity, 'NaN', '-Infinity', 'x', '', '\0', [], {}, true],
  JSON: [
    null,
    0,
    '',
    '\0',
    'a\ud800',
    [],
    {},
    [[[]]],
    { kind: '\0' },
    { __proto__: null, kind: 'onnx-classifier' },
    1e308,
  ],
};

export interface Operation {
  /** Such as `Mutation.createProject(input.name: "\0")`. */
  name: string;
  query: string;
  variables: Record<string, unknown>;
}

/** An id of a thing that is there, for reaching what lies in it: by the name of its type. */
export type Known = Record<string, string>;

/**
 * An operation for each argument and input field of the schema's queries and mutations, and of the fields of each type
 * of which a thing is known, times each value that is evil for its type.
 */
export function* hostileOperations(schema: GraphQLSchema, known: Known): Iterable<Operation> {
  const attacked = new Set<GraphQLNamedType>();
  const query = schema.getQueryType()!;
  for (const field of Object.values(query.getFields())) {
    yield* attack(known, 'Query', field, (call) => `query ($value: TYPE) { ${call} }`);
  }
  for (const field of Object.values(schema.getMutationType()!.getFields())) {
    yield* attack(known, 'Mutation', field, (call) => `mutation ($value: TYPE) { ${call} }`);
  }
  for (const [typeName, id] of Object.entries(known)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`The schema has no object type ${typeName}`);
    for (const field of Object.values(type.getFields())) {
      const wrap = (call: string): string =>
        `query ($value: TYPE) { node(id: ${JSON.stringify(id)}) { ... on ${typeName} { ${call} } } }`;
      yield* attack(known, typeName, field, wrap, attacked);
    }
  }
}

function* attack(
  known: Known,
  owner: string,
  field: GraphQLField<unknown, unknown>,
  wrap: (call: string) => string,
  attacked = new Set<GraphQLNamedType>(),
): Iterable<Operation> {
  for (const argument of field.args) {
    // What lists of the same things share is read in one place.
    const type = getNamedType(argument.type);
    if (isInputObjectType(type) && attacked.has(type)) continue;
    attacked.add(type);
    const others = field.args.filter((a) => a !== argument && isNonNullType(a.type));
    const given = [
      `${argument.name}: $value`,
      ...others.map((a) => `${a.name}: ${literalOf(goodValue(a, known), a.type)}`),
    ];
    const call = `${field.name}(${given.join(', ')}) ${selectionOf(getNamedType(field.type))}`;
    for (const { path, value } of evilValues(argument, known)) {
      const shown = JSON.stringify(value);
      yield {
        name: `${owner}.${field.name}(${[argument.name, ...path].join('.')}: ${shown.slice(0, 60)})`,
        query: wrap(call).replace('TYPE', String(argument.type)),
        variables: { value },
      };
    }
  }
}

interface Evil {
  path: string[];
  value: unknown;
}

function* evilValues(part: GraphQLArgument | GraphQLInputField, known: Known, depth = 0): Iterable<Evil> {
  yield* evilOf(part.type, part, known, depth);
}

function* evilOf(
  type: GraphQLInputType,
  part: GraphQLArgument | GraphQLInputField,
  known: Known,
  depth: number,
): Iterable<Evil> {
  if (isNonNullType(type)) {
    yield* evilOf(type.ofType, part, known, depth);
  } else if (isListType(type)) {
    yield { path: [], value: [] };
    for (const { path, value } of evilOf(type.ofType, part, known, depth)) {
      yield { path, value: [value] };
      if (depth < 2) yield { path, value: [value, value] };
    }
  } else if (isInputObjectType(type)) {
    if (depth > 3 || (depth > 0 && containsItself(type))) return;
    const fields = Object.values(type.getFields());
    const base = goodObject(fields, known);
    yield { path: [], value: {} };
    yield { path: [], value: base };
    const attacked = new Set<GraphQLNamedType>();
    for (const field of fields) {
      // A filter has the same conditions on many fields.
      const inner = getNamedType(field.type);
      if (isInputObjectType(inner) && attacked.has(inner)) continue;
      attacked.add(inner);
      for (const evil of evilValues(field, known, depth + 1)) {
        yield { path: [field.name, ...evil.path], value: { ...base, [field.name]: evil.value } };
      }
      yield { path: [field.name], value: { ...base, [field.name]: null } };
    }
  } else if (isEnumType(type)) {
    yield* ['', 'constructor', '\0', 1, ...type.getValues().map((v) => v.name)].map((value) => ({ path: [], value }));
  } else {
    const values = EVIL[type.name];
    if (!values) throw new Error(`There is no evil value for the scalar ${type.name}: add some to EVIL.`);
    yield* values.map((value) => ({ path: [], value }));
  }
}

/** Of such a type the values within it are those around it. */
const containsItself = (type: GraphQLInputObjectType): boolean =>
  Object.values(type.getFields()).some((field) => getNamedType(field.type) === type);

const goodObject = (fields: GraphQLInputField[], known: Known): Record<string, unknown> =>
  Object.fromEntries(fields.filter((f) => isNonNullType(f.type)).map((field) => [field.name, goodValue(field, known)]));

/** A value that passes, so that the evil one beside it is looked at; for an id, of the type that its description names. */
function goodValue(part: GraphQLArgument | GraphQLInputField, known: Known): unknown {
  const good = (type: GraphQLInputType): unknown => {
    if (isNonNullType(type)) return good(type.ofType);
    if (isListType(type)) return [good(type.ofType)];
    if (isInputObjectType(type)) return goodObject(Object.values(type.getFields()), known);
    if (isEnumType(type)) return type.getValues()[0]!.name;
    if (type.name === 'ID') {
      const named = /\b([A-Z][A-Za-z]+)_\d/.exec(part.description ?? '')?.[1];
      return (named === undefined ? undefined : known[named]) ?? 'Run_1';
    }
    if (type.name.endsWith('Column')) return [0];
    return { String: 'good', Int: 1, Float: 1, Boolean: true, BigInt: '1', DateTime: '2024-01-01T00:00:00Z', JSON: {} }[
      type.name
    ];
  };
  return good(part.type);
}

function literalOf(value: unknown, type: GraphQLInputType): string {
  const named = getNamedType(type);
  if (Array.isArray(value)) return `[${value.map((v) => literalOf(v, type)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = isInputObjectType(named) ? named.getFields() : {};
    const inner = Object.entries(value).map(([key, v]) => `${key}: ${literalOf(v, fields[key]?.type ?? type)}`);
    return `{ ${inner.join(', ')} }`;
  }
  return isEnumType(named) ? String(value) : JSON.stringify(value);
}

/** Enough of an answer to make its resolvers run: fields without arguments that end at once, and one level of lists. */
function selectionOf(type: GraphQLNamedType, depth = 0): string {
  if (isUnionType(type)) {
    return `{ __typename ${type
      .getTypes()
      .map((t) => `... on ${t.name} ${selectionOf(t, depth + 1)}`)
      .join(' ')} }`;
  }
  if (!isObjectType(type)) return 'getFields' in type && !isInputObjectType(type) ? '{ __typename }' : '';
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some((a) => isNonNullType(a.type))) return [];
    const inner = getNamedType(field.type);
    if (!isObjectType(inner)) return isUnionType(inner) ? [] : [field.name];
    const follow = depth < 2 && ['edges', 'node', 'pageInfo', 'problems'].includes(field.name);
    return follow ? [`${field.name} ${selectionOf(inner, depth + (field.name === 'node' ? 1 : 0))}`] : [];
  });
  return `{ __typename ${fields.join(' ')} }`;
}
