import { inputSpec, type InputSpec } from '@samplewise/domain';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import onnxProto, { type onnx as Onnx } from 'onnx-proto';

const FER_ORDER = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'];

export interface BenchModel {
  name: string;
  /** How many images it is measured on: some tens of seconds. */
  images: number;
  labels: readonly string[];
  input: InputSpec;
  activation: 'logits' | 'probabilities';
  read(assets: string): Promise<Uint8Array>;
}

const file =
  (name: string) =>
  (assets: string): Promise<Uint8Array> =>
    readFile(path.join(assets, 'models', name));

export const MINI_XCEPTION: BenchModel = {
  name: 'mini_XCEPTION',
  images: 28_709,
  labels: FER_ORDER,
  input: inputSpec.parse({ width: 64, height: 64, colour: 'GRAY', scale: 127.5, mean: [1] }),
  activation: 'probabilities',
  read: file('emotion/xception/fer2013_mini_XCEPTION.102-0.66.onnx'),
};

/** Its file takes one image at a time. */
export const DENSENET121: BenchModel = {
  name: 'densenet121',
  images: 1000,
  labels: FER_ORDER,
  input: inputSpec.parse({ width: 224, height: 224, batch: 1 }),
  activation: 'logits',
  read: file('emotion/densenet121/densenet121_fer7.onnx'),
};

/** The true graph with constant weights, for time only; of its thousand outputs the first seven are taken. */
export const VGG19: BenchModel = {
  name: 'VGG19',
  images: 200,
  labels: FER_ORDER,
  input: inputSpec.parse({ width: 224, height: 224, batch: 1 }),
  activation: 'logits',
  read: async (assets) => firstOutputs(await file('arch_only/light_vgg19.onnx')(assets), FER_ORDER.length),
};

const { onnx } = onnxProto; // a CommonJS module

/** The graph with its output cut off after so many numbers an image. */
function firstOutputs(bytes: Uint8Array, count: number): Uint8Array {
  const model = onnx.ModelProto.decode(bytes);
  const { graph } = model;
  const [output] = graph!.output!;
  // The graph's version of ONNX has the range of Slice as attributes, not yet as inputs.
  const { INTS } = onnx.AttributeProto.AttributeType;
  const ints = (name: string, value: number): Onnx.IAttributeProto => ({ name, type: INTS, ints: [value] });
  graph!.node!.push({
    opType: 'Slice',
    input: [output!.name!],
    output: ['cut'],
    attribute: [ints('axes', 1), ints('starts', 0), ints('ends', count)],
  });
  const { elemType } = output!.type!.tensorType!;
  const shape = { dim: [{ dimValue: 1 }, { dimValue: count }] };
  graph!.output = [{ name: 'cut', type: { tensorType: { elemType: elemType!, shape } } }];
  return onnx.ModelProto.encode(model).finish();
}
