import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { builder } from '../builder.ts';

/** Most elements of one column. */
export const COLUMN_LIMIT = 1_000_000;

type Numbers = Int32Array | Float32Array | Float64Array | BigInt64Array;

interface ColumnKind<T extends Numbers> {
  name: string;
  /** What an element is. */
  of: string;
  /** Of the base64 form. */
  bytes: string;
  width: number;
  fromBytes: (bytes: ArrayBuffer) => T;
  /** @throws GraphQLError naming the position */
  fromList: (list: readonly unknown[]) => T;
}

/**
 * A column of numbers: a JSON list, or the base64 of little-endian bytes, which is several times as fast to read.
 * The bytes are read in the machine's order, which is little-endian wherever onnxruntime-node runs.
 */
function columnScalar<T extends Numbers>(kind: ColumnKind<T>): GraphQLScalarType<T, never> {
  const parse = (value: unknown): T => {
    if (typeof value === 'string') return fromBase64(kind, value);
    if (!Array.isArray(value)) throw new GraphQLError(`${kind.name} must be a list or base64`);
    if (value.length > COLUMN_LIMIT) throw tooLong(kind.name, value.length);
    return kind.fromList(value);
  };
  return new GraphQLScalarType<T, never>({
    name: kind.name,
    description: `A column of ${kind.of}: a list, or base64 of ${kind.bytes}, little-endian. At most 1,000,000 elements.`,
    serialize: () => {
      throw new GraphQLError(`${kind.name} is an input`);
    },
    parseValue: parse,
    parseLiteral: (node) => parse(literal(node)),
  });
}

function fromBase64<T extends Numbers>({ name, width, fromBytes }: ColumnKind<T>, text: string): T {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== Math.floor((text.replace(/=+$/, '').length * 3) / 4)) {
    throw new GraphQLError(`${name} is not base64`);
  }
  if (bytes.length % width !== 0) throw new GraphQLError(`${name} has ${bytes.length} bytes, no multiple of ${width}`);
  if (bytes.length / width > COLUMN_LIMIT) throw tooLong(name, bytes.length / width);
  return fromBytes(new Uint8Array(bytes).buffer);
}

const tooLong = (name: string, length: number): GraphQLError =>
  new GraphQLError(`${name} has ${length} elements, of which there may be ${COLUMN_LIMIT}; send several batches`);

function literal(node: ValueNode): unknown {
  if (node.kind === Kind.LIST) return node.values.map(literal);
  if (node.kind === Kind.STRING) return node.value;
  return node.kind === Kind.INT || node.kind === Kind.FLOAT ? Number(node.value) : null;
}

const NAMED: Readonly<Record<string, number>> = { NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity };

/** JSON has no NaN: it is the text "NaN". */
function float(name: string, value: unknown, at?: number): number {
  if (typeof value === 'number') return value;
  const named = typeof value === 'string' ? NAMED[value] : undefined;
  if (named !== undefined) return named;
  throw new GraphQLError(
    `${name}${at === undefined ? '' : `[${at}]`} must be a number, "NaN", "Infinity" or "-Infinity"`,
  );
}

function whole(name: string, value: unknown, at: number, limit: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= limit) return value;
  throw new GraphQLError(`${name}[${at}] must be a whole number of at most ${limit}`);
}

builder.addScalarType(
  'IntColumn',
  columnScalar<Int32Array>({
    name: 'IntColumn',
    of: 'whole numbers',
    bytes: 'int32',
    width: 4,
    fromBytes: (bytes) => new Int32Array(bytes),
    fromList: (list) => Int32Array.from(list, (value, at) => whole('IntColumn', value, at, 2 ** 31 - 1)),
  }),
);
builder.addScalarType(
  'LongColumn',
  columnScalar<BigInt64Array>({
    name: 'LongColumn',
    of: 'whole numbers',
    bytes: 'int64',
    width: 8,
    fromBytes: (bytes) => new BigInt64Array(bytes),
    fromList: (list) =>
      BigInt64Array.from(list.map((value, at) => BigInt(whole('LongColumn', value, at, Number.MAX_SAFE_INTEGER)))),
  }),
);
builder.addScalarType(
  'FloatColumn',
  columnScalar<Float64Array>({
    name: 'FloatColumn',
    of: 'numbers, "NaN", "Infinity" and "-Infinity"',
    bytes: 'float64',
    width: 8,
    fromBytes: (bytes) => new Float64Array(bytes),
    fromList: (list) => Float64Array.from(list, (value, at) => float('FloatColumn', value, at)),
  }),
);
builder.addScalarType(
  'Float32Column',
  columnScalar<Float32Array>({
    name: 'Float32Column',
    of: 'numbers',
    bytes: 'float32',
    width: 4,
    fromBytes: (bytes) => new Float32Array(bytes),
    fromList: (list) => Float32Array.from(list.flat(), (value, at) => float('Float32Column', value, at)),
  }),
);
const outputOnly = (name: string) => (): never => {
  throw new GraphQLError(`${name} is an output`);
};
const plain = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

builder.addScalarType(
  'MetricValue',
  new GraphQLScalarType<number | string, number | string>({
    name: 'MetricValue',
    description: 'A number; "NaN", "Infinity" and "-Infinity", which JSON does not have, are texts.',
    serialize: (value) => plain(value as number),
    // Infinity is too large for JSON, in which 1e999 stands for it.
    parseValue: (value) => plain(float('MetricValue', value)),
    parseLiteral: (node) => plain(float('MetricValue', literal(node))),
  }),
);
builder.addScalarType(
  'NumberList',
  new GraphQLScalarType<never, (number | string)[]>({
    name: 'NumberList',
    description: 'A list of numbers; "NaN", "Infinity" and "-Infinity", which JSON does not have, are texts.',
    serialize: (values) => Array.from(values as Float64Array, plain),
    parseValue: outputOnly('NumberList'),
  }),
);
