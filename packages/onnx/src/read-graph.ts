import onnxProto from 'onnx-proto';
import type { ByteSource } from './byte-source.ts';
import { Malformed, WireReader, type Field } from './wire.ts';

// A CommonJS module whose names Node can't see.
const { onnx } = onnxProto;

/** What goes into a graph or comes out of it. */
export interface Port {
  name: string;
  /** As onnxruntime calls it: float32, int64; undefined for what is no tensor. */
  type: string | undefined;
  /** A number, or a name where the graph leaves the size open; undefined when it does not tell the rank. */
  shape: readonly (number | string)[] | undefined;
}

export interface GraphPorts {
  inputs: readonly Port[];
  outputs: readonly Port[];
  /** Other files that hold weights. */
  externalFiles: readonly string[];
  /** What the last node does that does something, such as Softmax; undefined where it does not tell. */
  lastOperator: string | undefined;
}

/** Numbers of the fields in onnx.proto. */
export const MODEL = { irVersion: 1, graph: 7, opset: 8 };
export const GRAPH = { node: 1, initializer: 5, input: 11, output: 12, valueInfo: 13 };
/** Of the end of a graph, which may only hand its result on. */
const LAST_NODES = 4;
const NODE = { operator: 4 };
const TENSOR = { name: 8, externalData: 13 };

/** A port's description is some bytes; more is no honest one. */
const PORT_BYTES = 64 * 1024;
export const NAME_BYTES = 4096;
const MOST_PORTS = 100_000;

const { DataType } = onnx.TensorProto;
const TYPES: Readonly<Record<number, string>> = {
  [DataType.FLOAT]: 'float32',
  [DataType.DOUBLE]: 'float64',
  [DataType.FLOAT16]: 'float16',
  [DataType.BFLOAT16]: 'bfloat16',
  ...{ [DataType.INT8]: 'int8', [DataType.INT16]: 'int16', [DataType.INT32]: 'int32', [DataType.INT64]: 'int64' },
  ...{
    [DataType.UINT8]: 'uint8',
    [DataType.UINT16]: 'uint16',
    [DataType.UINT32]: 'uint32',
    [DataType.UINT64]: 'uint64',
  },
  ...{ [DataType.BOOL]: 'bool', [DataType.STRING]: 'string' },
};

/**
 * Reads what an ONNX file says of its inputs and outputs, and skips its weights, so that gigabytes take milliseconds.
 * @throws Malformed when it is no such file, or is cut off
 */
export async function readGraphPorts(source: ByteSource): Promise<GraphPorts> {
  const reader = new WireReader(source);
  const { graph } = await findGraph(reader, source);
  const inputs: Port[] = [];
  const outputs: Port[] = [];
  const weights = new Set<string>();
  const externalFiles = new Set<string>();
  let nodes = 0;
  const last: Field[] = [];
  for await (const field of reader.fields(graph.start, graph.start + graph.length)) {
    if (field.number === GRAPH.node) {
      nodes++;
      last.push(field);
      if (last.length > LAST_NODES) last.shift();
    }
    if (field.wireType !== 2 || inputs.length + outputs.length + weights.size > MOST_PORTS) continue;
    if (field.number === GRAPH.input) inputs.push(toPort(await reader.bytes(field, PORT_BYTES)));
    if (field.number === GRAPH.output) outputs.push(toPort(await reader.bytes(field, PORT_BYTES)));
    if (field.number === GRAPH.initializer) await readInitializer(reader, field, weights, externalFiles);
  }
  if (nodes === 0 || outputs.length === 0) throw new Malformed('its graph computes nothing');
  // Before version 4 of the format the weights had to be among the inputs.
  return {
    inputs: inputs.filter(({ name }) => !weights.has(name)),
    outputs,
    externalFiles: [...externalFiles],
    lastOperator: await operatorOf(reader, last),
  };
}

/** @param nodes in their order, in which the last one gives the result */
async function operatorOf(reader: WireReader, nodes: readonly Field[]): Promise<string | undefined> {
  for (const node of nodes.toReversed()) {
    for await (const field of reader.fields(node.start, node.start + node.length)) {
      if (field.number !== NODE.operator || field.wireType !== 2) continue;
      const operator = textOf(await reader.bytes(field, NAME_BYTES));
      if (operator !== 'Identity') return operator;
    }
  }
  return undefined;
}

/** The model's graph, and its other fields. @throws Malformed */
export async function findGraph(
  reader: WireReader,
  source: ByteSource,
): Promise<{ graph: Field; others: readonly Field[] }> {
  const others: Field[] = [];
  let graph: Field | undefined;
  for await (const field of reader.fields(0, source.size)) {
    if (field.number === MODEL.graph && field.wireType === 2) graph = field;
    else others.push(field);
  }
  const versioned = others.some(({ number, wireType }) => number === MODEL.irVersion && wireType === 0);
  if (!graph || !versioned) throw new Malformed('it holds no graph');
  return { graph, others };
}

async function readInitializer(
  reader: WireReader,
  { start, length }: Field,
  weights: Set<string>,
  externalFiles: Set<string>,
): Promise<void> {
  for await (const field of reader.fields(start, start + length)) {
    if (field.wireType !== 2) continue;
    if (field.number === TENSOR.name) weights.add(textOf(await reader.bytes(field, NAME_BYTES)));
    if (field.number === TENSOR.externalData) {
      const { key, value } = decode(() => onnx.StringStringEntryProto, await reader.bytes(field, NAME_BYTES));
      if (key === 'location' && value) externalFiles.add(value);
    }
  }
}

function toPort(bytes: Uint8Array): Port {
  const { name, type } = decode(() => onnx.ValueInfoProto, bytes);
  const tensor = type?.tensorType;
  if (!tensor) return { name, type: undefined, shape: undefined };
  const shape = tensor.shape?.dim?.map(({ dimValue, dimParam }) => {
    const size = toNumber(dimValue);
    if (size > 0) return size;
    return dimParam === undefined || dimParam === null || dimParam === '' ? '?' : dimParam;
  });
  const elementType = tensor.elemType ?? 0;
  return { name, type: TYPES[elementType] ?? `type ${elementType}`, shape };
}

/** protobuf.js gives 64-bit integers in two halves where the library `long` is there. */
function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null || !('low' in value) || !('high' in value)) return 0;
  return Number(value.high) * 2 ** 32 + (Number(value.low) >>> 0);
}

function decode<T>(message: () => { decode(bytes: Uint8Array): T }, bytes: Uint8Array): T {
  try {
    return message().decode(bytes);
  } catch (error) {
    throw new Malformed((error as Error).message);
  }
}

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
