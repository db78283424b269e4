// A CommonJS module, which plain Node gives as a whole.
import proto, { type onnx } from 'onnx-proto';

const { FLOAT, INT64, BOOL } = proto.onnx.TensorProto.DataType;

type Size = number | string;

/**
 * A classifier of a few bytes: Flatten, then MatMul with weights that are all 1 (so that it gives the sum of the
 * pixels for each class), then what `then` adds.
 */
export interface TinyClassifier {
  /** Channels first. */
  input?: readonly [Size, number, number, number];
  classes?: number;
  /** What the graph's output is declared as; by default without a number of classes. */
  declared?: readonly Size[];
  /** `nan`: 0 / 0. `hang`: a loop of 2^62 turns. `leak`: the same, and each turn adds 32 kB for each image and class. */
  then?: 'nothing' | 'nan' | 'hang' | 'leak' | 'softmax';
}

export function tinyClassifier({
  input = ['N', 1, 4, 4],
  classes = 2,
  declared = ['N', 'C'],
  then = 'nothing',
}: TinyClassifier = {}): Uint8Array {
  const pixels = input[1] * input[2] * input[3];
  const weights = floats('weights', [pixels, classes], new Array<number>(pixels * classes).fill(1));
  const graph: onnx.IGraphProto = {
    name: 'tiny',
    input: [port('input', FLOAT, input)],
    output: [port('output', FLOAT, declared)],
    initializer: [weights],
    node: [
      node('Flatten', ['input'], ['flat']),
      node('MatMul', ['flat', 'weights'], [then === 'nothing' ? 'output' : 'sums']),
      ...ENDS[then](),
    ],
  };
  if (then === 'hang' || then === 'leak') graph.initializer!.push(ints('turns', 2 ** 62), bools('go', true));
  if (then === 'leak') graph.initializer!.push(floats('column', [8192, 1, 1], new Array<number>(8192).fill(0)));
  return proto.onnx.ModelProto.encode({ irVersion: 8, opsetImport: [{ domain: '', version: 17 }], graph }).finish();
}

const ENDS: Record<NonNullable<TinyClassifier['then']>, () => onnx.INodeProto[]> = {
  nothing: () => [],
  softmax: () => [node('Softmax', ['sums'], ['output'])],
  nan: () => [node('Sub', ['sums', 'sums'], ['zero']), node('Div', ['zero', 'zero'], ['output'])],
  hang: () => [loop(['output'], loopBody())],
  leak: () => {
    const body = loopBody();
    body.output!.push(port('row', FLOAT, [8192, 'N', 'C']));
    body.node!.push(node('Add', ['column', 'after'], ['row']));
    return [loop(['output', 'rows'], body)];
  },
};

const loop = (outputs: string[], body: onnx.IGraphProto): onnx.INodeProto => ({
  ...node('Loop', ['turns', 'go', 'sums'], outputs),
  attribute: [{ name: 'body', type: proto.onnx.AttributeProto.AttributeType.GRAPH, g: body }],
});

function loopBody(): onnx.IGraphProto {
  return {
    name: 'body',
    input: [port('turn', INT64, []), port('goOn', BOOL, []), port('before', FLOAT, ['N', 'C'])],
    output: [port('goOnStill', BOOL, []), port('after', FLOAT, ['N', 'C'])],
    node: [node('Identity', ['goOn'], ['goOnStill']), node('Sin', ['before'], ['after'])],
  };
}

export const node = (opType: string, input: string[], output: string[]): onnx.INodeProto => ({
  opType,
  name: output[0]!,
  input,
  output,
});

export const port = (name: string, elemType: number, shape: readonly Size[]): onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: { dim: shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size })) },
    },
  },
});

export const floats = (name: string, dims: number[], floatData: number[]): onnx.ITensorProto => ({
  name,
  dims,
  dataType: FLOAT,
  floatData,
});

function ints(name: string, value: number): onnx.ITensorProto {
  const rawData = Buffer.alloc(8);
  rawData.writeBigInt64LE(BigInt(value));
  return { name, dims: [], dataType: INT64, rawData };
}

const bools = (name: string, value: boolean): onnx.ITensorProto => ({
  name,
  dims: [],
  dataType: BOOL,
  rawData: Buffer.of(Number(value)),
});
