// A CommonJS module, which plain Node gives as a whole.
import proto, { type onnx } from 'onnx-proto';
import { floats, node, port } from './tiny-onnx.ts';

const { FLOAT } = proto.onnx.TensorProto.DataType;
const { AttributeType } = proto.onnx.AttributeProto;

export interface TinyFaceNetwork {
  /** Width and height. */
  size?: number;
  /** `N` leaves the batch open. */
  batch?: number | 'N';
  /** `sharpen`: a depthwise convolution of 3 x 3; `white`: 1 everywhere; `nan`: 0 / 0. */
  does?: 'identity' | 'sharpen' | 'white' | 'nan';
  output?: string;
}

/** A network with GFPGAN's contract: [N,3,512,512] in -1..1 -> the same. */
export function tinyFaceNetwork({
  size = 512,
  batch = 1,
  does = 'identity',
  output = 'output',
}: TinyFaceNetwork = {}): Uint8Array {
  const shape = [batch, 3, size, size];
  const nodes: Record<NonNullable<TinyFaceNetwork['does']>, onnx.INodeProto[]> = {
    identity: [node('Identity', ['input'], [output])],
    sharpen: [
      { ...node('Conv', ['input', 'kernel'], [output]), attribute: [ints('pads', [1, 1, 1, 1]), int('group', 3)] },
    ],
    white: [node('Sub', ['input', 'input'], ['zero']), node('Exp', ['zero'], [output])],
    nan: [node('Sub', ['input', 'input'], ['zero']), node('Div', ['zero', 'zero'], [output])],
  };
  const kernel = [0, -0.1, 0, -0.1, 1.4, -0.1, 0, -0.1, 0];
  return encode({
    name: 'face restorer',
    input: [port('input', FLOAT, shape)],
    output: [port(output, FLOAT, shape)],
    initializer: does === 'sharpen' ? [floats('kernel', [3, 1, 3, 3], [...kernel, ...kernel, ...kernel])] : [],
    node: nodes[does],
  });
}

export interface FoundFace {
  /** Left, top, right, bottom in 0..1. */
  box: readonly [number, number, number, number];
  score: number;
}

/** A detector with UltraFace's contract that finds the same faces in every picture. */
export function tinyDetector(faces: readonly FoundFace[], { width = 320, height = 240 } = {}): Uint8Array {
  const count = Math.max(1, faces.length);
  const boxes = faces.length > 0 ? faces.flatMap(({ box }) => box) : [0, 0, 0, 0];
  const scores = faces.length > 0 ? faces.flatMap(({ score }) => [1 - score, score]) : [1, 0];
  return encode({
    name: 'detector',
    input: [port('input', FLOAT, [1, 3, height, width])],
    output: [port('scores', FLOAT, [1, count, 2]), port('boxes', FLOAT, [1, count, 4])],
    initializer: [
      floats('foundScores', [1, count, 2], scores),
      floats('foundBoxes', [1, count, 4], boxes),
      floats('none', [], [0]),
    ],
    node: [
      { ...node('ReduceMean', ['input'], ['mean']), attribute: [int('keepdims', 0)] },
      node('Mul', ['mean', 'none'], ['nothing']),
      node('Add', ['foundScores', 'nothing'], ['scores']),
      node('Add', ['foundBoxes', 'nothing'], ['boxes']),
    ],
  });
}

const encode = (graph: onnx.IGraphProto): Uint8Array =>
  proto.onnx.ModelProto.encode({ irVersion: 8, opsetImport: [{ domain: '', version: 17 }], graph }).finish();

const int = (name: string, i: number): onnx.IAttributeProto => ({ name, type: AttributeType.INT, i });
const ints = (name: string, values: number[]): onnx.IAttributeProto => ({
  name,
  type: AttributeType.INTS,
  ints: values,
});
