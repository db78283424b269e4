import { modelSpec, type ModelSpec } from '@samplewise/domain';
import { buffer } from 'node:stream/consumers';
import proto from 'onnx-proto';
import { describe, expect, it } from 'vitest';
import { GraphWriter } from '../../executor/test/support/graph-writer.ts';
import { tinyClassifier } from '../../executor/test/support/tiny-onnx.ts';
import { cutGraph, findFeatures, readBackbone, type ByteSource, type Head } from '../src/index.ts';

const DIGEST = 'a'.repeat(64);
const sourceOf = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (start, length) => Promise.resolve(bytes.subarray(start, start + length)),
});
const classifier = (more: object = {}): ModelSpec =>
  modelSpec.parse({
    ...{ kind: 'onnx-classifier', weights: { digest: DIGEST }, labels: ['dark', 'bright'] },
    input: { width: 4, height: 4, colour: 'GRAY' },
    ...more,
  });
const find = (bytes: Uint8Array, named?: string, spec = classifier()) =>
  findFeatures(spec, named, (_, use) => use(sourceOf(bytes)));

/** Two dense layers, a second input that only a side branch needs, and a softmax. */
function perceptron(): Uint8Array {
  const g = new GraphWriter('perceptron');
  const x = g.input('x', ['N', 16]);
  const aside = g.input('aside', ['N', 16]);
  const hidden = g.node('Relu', [g.linear(x, 16, 8)]);
  g.output('both', ['N', 16], g.node('Add', [x, aside]));
  g.output('scores', ['N', 2], g.node('Softmax', [g.linear(hidden, 8, 2)], { axis: 1 }));
  return g.finish();
}

/** As protobuf.js reads it; its types say that everything may be missing. */
function graphOf(bytes: Uint8Array) {
  const { input, output, node, initializer } = proto.onnx.ModelProto.decode(bytes).graph!;
  return { input: input!, output: output!, node: node!, initializer: initializer! };
}

async function cut(bytes: Uint8Array, tensor: string, head?: Head) {
  const source = sourceOf(bytes);
  const { size, output, parts } = cutGraph(source, await readBackbone(source), tensor, head);
  const whole = await buffer(parts());
  expect(whole.length).toBe(size);
  return { output, graph: graphOf(whole) };
}

describe('features', () => {
  it('are what the last dense layer is given, unless they are named', async () => {
    const bytes = perceptron();
    const spec = classifier({ output: { name: 'scores' } });
    const { node: nodes } = graphOf(bytes);
    const [first, relu] = ['MatMul', 'Relu'].map((type) => nodes.find((node) => node.opType === type)!.output![0]!);
    expect(await find(bytes, undefined, spec)).toEqual({ tensor: relu });
    expect(await find(bytes, first, spec)).toEqual({ tensor: first });
  });

  it('that the file does not have are refused with the nearest names', async () => {
    const found = await find(perceptron(), 'score', classifier({ output: { name: 'scores' } }));
    expect(found).toMatchObject({
      problem: {
        code: 'MODEL_OUTPUT_MISMATCH',
        value: 'score',
        mend: expect.stringContaining("such as 'scores'") as string,
      },
    });
  });

  it('can not be weights, nor hang on several inputs, nor come from a model without a network', async () => {
    const spec = classifier({ output: { name: 'scores' } });
    expect(await find(perceptron(), 'w0', spec)).toMatchObject({ problem: { code: 'MODEL_OUTPUT_MISMATCH' } });
    expect(await find(perceptron(), 'both', spec)).toMatchObject({ problem: { code: 'MODEL_INPUT_MISMATCH' } });
    const external = modelSpec.parse({ kind: 'external', labels: ['a', 'b'] });
    expect(await find(perceptron(), undefined, external)).toMatchObject({ problem: { code: 'INVALID_VALUE' } });
    expect(await find(Buffer.from('no graph'))).toMatchObject({ problem: { code: 'MODEL_MALFORMED' } });
  });

  it('must be named where the output does not come from a dense layer', async () => {
    const g = new GraphWriter('convolution');
    const convolved = g.node('Conv', [g.input('x', ['N', 1, 4, 4]), g.weights([2, 1, 1, 1], 1)]);
    g.output('scores', ['N', 2, 1, 1], g.node('GlobalAveragePool', [convolved]));
    expect(await find(g.finish())).toMatchObject({
      problem: { code: 'MODEL_OUTPUT_MISMATCH', mend: expect.stringContaining(`'${convolved}'`) as string },
    });
  });
});

describe('a graph that is cut', () => {
  it('has what the features need, and nothing else', async () => {
    const bytes = perceptron();
    const spec = classifier({ output: { name: 'scores' } });
    const { tensor } = (await find(bytes, undefined, spec)) as { tensor: string };
    const { graph, output } = await cut(bytes, tensor);
    expect(graph.input.map(({ name }) => name)).toEqual(['x']);
    expect(graph.output.map(({ name }) => name)).toEqual([output]);
    expect(graph.node.map(({ opType }) => opType)).toEqual(['MatMul', 'Add', 'Relu', 'Cast', 'Flatten']);
    expect(graph.initializer).toHaveLength(2);
  });

  it('keeps what the graphs within it use', async () => {
    const { graph } = await cut(tinyClassifier({ then: 'leak' }), 'rows');
    expect(graph.initializer.map(({ name }) => name)).toEqual(['weights', 'turns', 'go', 'column']);
  });

  it('ends with a head, under names that are free, also when it is cut again', async () => {
    const head: Head = { width: 16, weights: new Float32Array(32).fill(0.5), bias: Float32Array.of(1, 2) };
    const source = sourceOf(tinyClassifier());
    const backbone = await readBackbone(source);
    const { output, parts } = cutGraph(source, backbone, 'flat', head);
    const first = await buffer(parts());
    expect(output).toBe('probabilities');
    expect(await find(first)).toEqual({ tensor: 'features' });
    const again = await cut(first, 'probabilities', { ...head, width: 2, weights: new Float32Array(4) });
    expect(again.output).toBe('probabilities_2');
    const names = again.graph.node.flatMap((node) => node.output!);
    expect(new Set(names).size).toBe(names.length);
  });
});
