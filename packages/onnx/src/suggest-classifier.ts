import { numbersOf } from './ports.ts';
import type { GraphPorts, Port } from './read-graph.ts';

/** What of a classifier's spec can be read off its file; the rest only its maker knows. */
export interface SuggestedClassifier {
  input: { name: string; layout?: 'NCHW' | 'NHWC'; colour?: 'RGB' | 'GRAY'; width?: number; height?: number };
  output: { name: string; activation: 'logits' | 'probabilities' };
  /** Numbers that the output has for one image; undefined where the file does not tell. */
  classes: number | undefined;
}

/** @returns undefined where the file takes or gives nothing */
export function suggestClassifier({ inputs, outputs, lastOperator }: GraphPorts): SuggestedClassifier | undefined {
  const input = inputs.find(isPicture) ?? inputs[0];
  const output = outputs.find(isScores) ?? outputs[0];
  if (!input || !output) return undefined;
  const isSoftmax = lastOperator === 'Softmax' || lastOperator === 'Sigmoid' || /prob|softmax/i.test(output.name);
  return {
    input: { name: input.name, ...pictureOf(input) },
    output: { name: output.name, activation: isSoftmax ? 'probabilities' : 'logits' },
    classes: numbersOf(output),
  };
}

const isPicture = ({ type, shape }: Port): boolean => type === 'float32' && shape?.length === 4;
const isScores = ({ type, shape }: Port): boolean => type === 'float32' && shape?.length === 2;

function pictureOf({ shape }: Port): Partial<SuggestedClassifier['input']> {
  if (shape?.length !== 4) return {};
  const [, first, second, third] = shape;
  const isColours = (size: number | string | undefined): boolean => size === 1 || size === 3;
  const layout = isColours(first) || !isColours(third) ? 'NCHW' : 'NHWC';
  const [channels, height, width] = layout === 'NCHW' ? [first, second, third] : [third, first, second];
  return {
    layout,
    ...(channels === 1 ? { colour: 'GRAY' } : channels === 3 ? { colour: 'RGB' } : {}),
    ...(typeof width === 'number' ? { width } : {}),
    ...(typeof height === 'number' ? { height } : {}),
  };
}
