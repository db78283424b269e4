import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import type { ByteSource } from './byte-source.ts';
import { neededFor, type Backbone } from './backbone.ts';
import { MODEL } from './read-graph.ts';
import type { Field } from './wire.ts';

const { onnx } = onnxProto;
const { FLOAT } = onnx.TensorProto.DataType;
const { INT, TENSOR } = onnx.AttributeProto.AttributeType;

/** A linear classifier of features. */
export interface Head {
  /** Row-major, one row of `width` a class. */
  weights: Float32Array;
  bias: Float32Array;
  width: number;
}

/** A graph that was cut at a tensor and given another end. */
export interface CutGraph {
  /** Bytes of the file. */
  size: number;
  /** Its only output. */
  output: string;
  /** The file, in parts; what is kept of the original is read meanwhile. */
  parts: () => AsyncGenerator<Uint8Array, undefined>;
}

/** Read, and held, at once. */
const PART_BYTES = 4 * 1024 * 1024;

/**
 * A graph that ends with a tensor: `[samples, features]` in float32. With a head it goes on to the probabilities of its
 * classes, `[samples, classes]`. Nodes and weights that the tensor does not need are left out; the rest is copied as it
 * is, and never decoded, so that gigabytes pass through some megabytes of memory.
 * @param tensor one of the backbone's
 */
export function cutGraph(source: ByteSource, { graph }: Backbone, tensor: string, head?: Head): CutGraph {
  const { nodes, names } = neededFor(graph, tensor);
  const taken = new Set([...names, ...graph.nodes.flatMap((node) => node.outputs)]);
  const free = (name: string): string => {
    let unique = name;
    for (let i = 2; taken.has(unique); i++) unique = `${name}_${i}`;
    taken.add(unique);
    return unique;
  };
  const kept = [
    ...nodes.map(({ field }) => field),
    ...[...graph.initializers, ...graph.inputs].filter(({ name }) => names.has(name)).map(({ field }) => field),
    ...graph.others,
  ].sort((a, b) => a.from - b.from);
  const output = free(head ? 'probabilities' : 'features');
  const added = head ? headOf(head, tensor, output, free) : featuresOf(tensor, output, free);
  const end = onnx.GraphProto.encode(added).finish();
  const length = kept.reduce((sum, field) => sum + sizeOf(field), 0) + end.length;
  const start = Buffer.concat([varint(BigInt((MODEL.graph << 3) | 2)), varint(BigInt(length))]);
  return {
    size: graph.model.reduce((sum, field) => sum + sizeOf(field), 0) + start.length + length,
    output,
    async *parts(): AsyncGenerator<Uint8Array, undefined> {
      yield* copy(source, graph.model);
      yield start;
      yield* copy(source, kept);
      // Fields of one message may come in any order, and those of a list are put together.
      yield end;
    },
  };
}

type Free = (name: string) => string;
type Ending = Onnx.IGraphProto;

/** In float32 and two dimensions, whatever the tensor has. */
function featuresOf(tensor: string, output: string, free: Free): Ending {
  const cast = free('features_float32');
  return {
    node: [
      node('Cast', [tensor], cast, [{ name: 'to', type: INT, i: FLOAT }]),
      node('Flatten', [cast], output, [{ name: 'axis', type: INT, i: 1 }]),
    ],
    output: [port(output, undefined)],
  };
}

function headOf(head: Head, tensor: string, output: string, free: Free): Ending {
  const { weights, bias, width } = head;
  const classes = bias.length;
  const features = free('features');
  const names = { weights: free('head_weights'), bias: free('head_bias'), logits: free('logits') };
  return {
    node: [
      ...featuresOf(tensor, features, free).node!,
      constant(names.weights, [classes, width], weights),
      constant(names.bias, [classes], bias),
      node('Gemm', [features, names.weights, names.bias], names.logits, [{ name: 'transB', type: INT, i: 1 }]),
      // Of two dimensions this is the same in all versions of the operator.
      node('Softmax', [names.logits], output, [{ name: 'axis', type: INT, i: 1 }]),
    ],
    output: [port(output, classes)],
  };
}

const node = (opType: string, input: string[], output: string, attribute: Onnx.IAttributeProto[]): Onnx.INodeProto => ({
  opType,
  name: output,
  input,
  output: [output],
  attribute,
});

/** A node and not an initializer: those must stand among the inputs before version 4 of the format. */
const constant = (name: string, dims: number[], values: Float32Array): Onnx.INodeProto =>
  node('Constant', [], name, [
    { name: 'value', type: TENSOR, t: { name, dims, dataType: FLOAT, rawData: littleEndian(values) } },
  ]);

const port = (name: string, columns: number | undefined): Onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType: FLOAT,
      shape: { dim: [{ dimParam: 'samples' }, columns === undefined ? { dimParam: 'width' } : { dimValue: columns }] },
    },
  },
});

function littleEndian(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return new Uint8Array(view.buffer);
}

/** With its tag. */
const sizeOf = ({ from, start, length }: Field): number => start + length - from;

/** Fields as they stand; those that follow each other in one piece. */
async function* copy(source: ByteSource, fields: readonly Field[]): AsyncGenerator<Uint8Array, undefined> {
  for (let i = 0; i < fields.length;) {
    const { from } = fields[i]!;
    let to = from;
    for (; fields[i]?.from === to; i++) to = fields[i]!.start + fields[i]!.length;
    for (let at = from; at < to; at += PART_BYTES) yield source.read(at, Math.min(PART_BYTES, to - at));
  }
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    if (rest <= 0x7fn) return Uint8Array.from(bytes);
  }
}
