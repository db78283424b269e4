import { InvalidInput, problem, type OnnxClassifierSpec } from '@samplewise/domain';
import { Tensor } from 'onnxruntime-node';
import { imageInput } from './image-input.ts';
import { softmaxRows, type TensorModel } from './model.ts';
import { describeShape, findOutput, isStatic, openGraph, runGraph, type Port } from './session.ts';

/**
 * Any ONNX graph that maps images to one number a class.
 * @param file the weights
 * @throws InvalidInput when the file and the config do not fit
 */
export async function loadOnnxClassifier(
  spec: OnnxClassifierSpec,
  file: string,
  threads: number,
): Promise<TensorModel> {
  const graph = await openGraph(file, 'weights', threads, spec.executionProviders);
  const input = imageInput(graph, spec.input);
  const output = findOutput(graph, spec.output.name, 'output.name');
  const classes = spec.labels.length;
  const promised = numbersPerImage(output);
  if (promised !== undefined && promised !== classes) throw wrongOutputs(output, promised, classes);
  return {
    takes: 'tensors',
    gives: 'probabilities',
    columns: classes,
    device: graph.device,
    input: spec.input,
    batch: input.batch,
    fixedBatch: input.fixed,
    async infer(tensor, images) {
      const taken = input.fixed ? input.batch : images;
      const result = await runGraph(graph, input.name, new Tensor('float32', tensor, input.dims(taken)), output.name);
      if (result.type !== 'float32' || result.data.length !== taken * classes) {
        throw wrongOutputs({ ...output, type: result.type, shape: result.dims }, result.data.length / taken, classes);
      }
      const scores = (result.data as Float32Array).slice(0, images * classes);
      return spec.output.activation === 'logits' ? softmaxRows(scores, classes) : scores;
    },
  };
}

/** What the graph's metadata promises; undefined where a dimension is open, and the first real output must tell. */
function numbersPerImage({ shape }: Port): number | undefined {
  const [, ...sizes] = shape;
  if (sizes.length === 0) return undefined;
  return sizes.every(isStatic) ? sizes.reduce((product, size) => product * size, 1) : undefined;
}

function wrongOutputs(output: Port, found: number, classes: number): InvalidInput {
  const message =
    found === classes
      ? `The model's output is ${output.type}, not float32.`
      : `The model gives ${found} numbers an image, but the config has ${classes} labels.`;
  return new InvalidInput(
    problem('MODEL_OUTPUT_MISMATCH', message, {
      place: 'labels',
      value: classes,
      mend: `The output '${output.name}' is ${output.type} ${describeShape(output.shape)}: list its classes in its order.`,
    }),
  );
}
