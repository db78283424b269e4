import {
  getNamedType,
  getNullableType,
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
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** Values that mean something in the world that is asked about. */
export interface Words {
  /** By type, ids of things that are there. */
  ids: Readonly<Record<string, readonly string[]>>;
  /** By the scalar; of texts by the name of the argument or input field, of others by both, as in `label: Int`. */
  texts: Readonly<Record<string, readonly string[]>>;
}

/** One field, asked for in one way. */
export interface Question {
  /** Such as `Run.predictions`. */
  field: string;
  kind: 'query' | 'mutation' | 'subscription';
  /** With what must be given alone; the others vary an argument of it. */
  isPlain: boolean;
  /** Without the braces of an operation, so that several can be asked for together: `node(id: …) { … }`. */
  text: string;
  /** Fields that it selects. */
  size: number;
}

type Part = GraphQLArgument | GraphQLInputField;

/** Fields of a question, and of its variations by arguments or for other things; an operation may have 400. */
const SIZE = { first: 150, more: 16 };
/** How deep an input's own inputs are filled. */
const DEPTH = 3;

/**
 * Every field of the schema's roots and of each thing that is there, with every argument that it has: each alone, with
 * each of its values, beside what must be given. What it answers is asked for as deep as an operation may be large.
 * Of several things of a type the first is asked with all arguments and deep, the others without.
 */
export function everyQuestion(schema: GraphQLSchema, words: Words): Question[] {
  const query = schema.getQueryType()!;
  const roots = [
    ...fieldsOf(query).flatMap((field) => ask(schema, words, query, field, 'query', (call) => call)),
    ...fieldsOf(schema.getMutationType()!).flatMap((field) =>
      ask(schema, words, schema.getMutationType()!, field, 'mutation', (call) => call),
    ),
    ...fieldsOf(schema.getSubscriptionType()!).flatMap((field) =>
      ask(schema, words, schema.getSubscriptionType()!, field, 'subscription', (call) => call),
    ),
  ];
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('The schema has no nodes.');
  const things = schema.getImplementations(node).objects.flatMap((type) =>
    (words.ids[type.name] ?? []).flatMap((id, i) =>
      fieldsOf(type).flatMap((field) => {
        const wrap = (call: string): string => `node(id: "${id}") { ... on ${type.name} { __typename ${call} } }`;
        const asked = ask(schema, words, type, field, 'query', wrap);
        return i === 0 ? asked : asked.slice(0, 1);
      }),
    ),
  );
  return [...roots, ...things];
}

const fieldsOf = (type: GraphQLObjectType) => Object.values(type.getFields());

function ask(
  schema: GraphQLSchema,
  words: Words,
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  kind: Question['kind'],
  wrap: (call: string) => string,
  size = SIZE,
): Question[] {
  const [first, more] = [size.first, size.more].map((limit) => selectionOf(schema, getNamedType(field.type), limit));
  return callsOf(field, words).map((call, i) => {
    const selected = i === 0 ? first! : more!;
    return {
      field: `${type.name}.${field.name}`,
      kind,
      isPlain: i === 0,
      text: wrap(`${call} ${selected.text}`),
      size: selected.size + 4,
    };
  });
}

/** The field with what must be given, then with each other argument alone, in all their values. */
function callsOf(field: GraphQLField<unknown, unknown>, words: Words): string[] {
  const needed = field.args.filter(({ type }) => isNonNullType(type));
  const base = needed.map((arg) => [arg, valuesOf(arg, words, 0)] as const);
  const [usual] = combined(base);
  const calls = new Set(combined(base).map((given) => callOf(field, given)));
  for (const arg of field.args.filter((one) => !needed.includes(one))) {
    for (const value of valuesOf(arg, words, 0)) {
      // Where two go only together, they come together.
      const others = field.args.filter((one) => one !== arg && belongs(arg.name, one.name));
      const beside = others.map((one) => [one.name, valuesOf(one, words, 0)[0] ?? 'null'] as const);
      calls.add(callOf(field, [...usual!, [arg.name, value], ...beside]));
    }
  }
  return [...calls];
}

type Given = (readonly [name: string, value: string])[];

/** Each argument in each of its values, the others in their first. */
function combined(args: readonly (readonly [Part, string[]])[]): Given[] {
  const usual: Given = args.map(([{ name }, values]) => [name, values[0] ?? 'null']);
  const varied = args.flatMap(([{ name }, values]) =>
    values.slice(1).map((value): Given => usual.map((one) => (one[0] === name ? [name, value] : one))),
  );
  return [usual, ...varied];
}

function callOf(field: GraphQLField<unknown, unknown>, given: Given): string {
  const isShort = isPage(field) && !given.some(([name]) => ['first', 'last'].includes(name));
  const args = [...given, ...(isShort ? [['first', '5'] as const] : [])];
  return args.length === 0
    ? field.name
    : `${field.name}(${args.map(([name, value]) => `${name}: ${value}`).join(', ')})`;
}

/** Arguments that need each other. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['outcome', 'comparedTo'],
  ['by', 'with'],
];
const belongs = (name: string, other: string): boolean => PAIRS.some((pair) => pair[0] === name && pair[1] === other);

/** Literals of an argument. Of an input object: what must be given, then each field alone in all its values. */
function valuesOf(part: Part, words: Words, depth: number): string[] {
  const values = (type: GraphQLInputType): string[] => {
    if (isNonNullType(type)) return values(type.ofType);
    if (isListType(type)) {
      const single = values(type.ofType);
      const together = [single.slice(0, 2), single].filter(({ length }, i) => length > 1 && (i === 0 || length > 2));
      return [...single.map((value) => [value]), ...together].map((items) => `[${items.join(', ')}]`);
    }
    if (isEnumType(type)) return type.getValues().map(({ name }) => name);
    if (isInputObjectType(type)) {
      // What is within itself says no more than it does.
      const fields = Object.values(type.getFields()).filter((field) => getNamedType(field.type) !== type);
      return depth >= DEPTH ? [] : objectsOf(fields, words, depth);
    }
    if (type.name === 'ID') return idsOf(part, words).map((id) => JSON.stringify(id));
    const named = type.name === 'String' ? words.texts[part.name] : words.texts[`${part.name}: ${type.name}`];
    const texts = named ?? words.texts[type.name];
    if (texts === undefined) throw new Error(`There is no value for the scalar ${type.name}: add it to the words.`);
    return texts.map((text) => (type.name === 'String' ? JSON.stringify(text) : text));
  };
  return values(part.type);
}

/** Inputs of mutations are asked with less. */
const isFilter = (fields: readonly GraphQLInputField[]): boolean => !fields.some(({ type }) => isNonNullType(type));

function objectsOf(fields: readonly GraphQLInputField[], words: Words, depth: number): string[] {
  const needed = fields.filter(({ type }) => isNonNullType(type));
  const base = needed.map((field) => [field, valuesOf(field, words, depth + 1)] as const);
  const object = (given: Given): string => `{ ${given.map(([name, value]) => `${name}: ${value}`).join(', ')} }`;
  const [usual] = combined(base);
  const optional = fields.filter((field) => !needed.includes(field));
  const varied = optional.flatMap((field) => {
    const values = valuesOf(field, words, depth + 1);
    // What is to be changed needs no more than one of each.
    const some = depth > 0 || isFilter(fields) ? values : values.slice(0, 1);
    return some.map((value) => object([...usual!, [field.name, value]]));
  });
  return [...combined(base).map(object), ...varied];
}

/** Of the type that the description names (`Such as Run_1.`), or the name (`modelConfigId`); the rest are runs. */
function idsOf({ name, description }: Part, { ids }: Words): readonly string[] {
  const described = /\b([A-Z][A-Za-z]+)_\d/.exec(description ?? '')?.[1];
  const named = name.replace(/Ids?$/, '').replace(/^./, (letter) => letter.toUpperCase());
  if (described !== undefined) return ids[described] ?? [];
  if (name === 'id' || name === 'ids') return Object.values(ids).flatMap((of) => of.slice(0, 1));
  return ids[named] ?? ids.Run ?? [];
}

/**
 * All fields of a type that need nothing, breadth first, until the question is large enough. A page has its first five.
 */
function selectionOf(schema: GraphQLSchema, type: GraphQLNamedType, limit: number): { text: string; size: number } {
  let size = 0;
  interface Open {
    type: GraphQLNamedType;
    parts: string[];
    inner: Map<string, Open>;
  }
  const open = (of: GraphQLNamedType): Open => ({ type: of, parts: [], inner: new Map() });
  const root = open(type);
  const queue: { at: Open; depth: number }[] = [{ at: root, depth: 0 }];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { at, depth } = next;
    if (isUnionType(at.type) || isInterfaceType(at.type)) {
      at.parts.push('__typename');
      size++;
      for (const object of schema.getPossibleTypes(at.type)) {
        const inner = open(object);
        at.inner.set(`... on ${object.name}`, inner);
        queue.push({ at: inner, depth });
      }
      continue;
    }
    if (!isObjectType(at.type)) continue;
    at.parts.push('__typename');
    for (const field of fieldsOf(at.type)) {
      // What may need arguments is asked for by itself.
      const isPlain = field.args.length === 0 || isPage(field);
      if (size >= limit || !isPlain || field.args.some(({ type: of }) => isNonNullType(of))) continue;
      const named = getNamedType(field.type);
      const name = isPage(field) ? `${field.name}(first: 5)` : field.name;
      if (!('getFields' in named) && !isUnionType(named)) {
        at.parts.push(name);
        size++;
      } else if (depth < 6) {
        const inner = open(named);
        at.inner.set(name, inner);
        queue.push({ at: inner, depth: depth + 1 });
        size++;
      }
    }
  }
  const print = ({ type: of, parts, inner }: Open): string => {
    const within = [...inner].map(([name, child]) => `${name} ${print(child)}`.trim());
    const isComposite = isObjectType(of) || isUnionType(of) || isInterfaceType(of);
    if (!isComposite) return '';
    return `{ ${(parts.length + within.length > 0 ? [...parts, ...within] : ['__typename']).join(' ')} }`;
  };
  return { text: print(root), size: size + 1 };
}

const isPage = ({ args, type }: GraphQLField<unknown, unknown>): boolean =>
  args.some(({ name }) => name === 'first') && !isListType(getNullableType(type));
