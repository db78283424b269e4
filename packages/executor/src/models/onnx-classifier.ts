import { InvalidInput, problem, type OnnxClassifierSpec } from '@samplewise/domain';
import { Tensor } from 'onnxruntime-node';
import { imageInput } from './image-input.ts';
import { softmaxRows, type Model } from './model.ts';
import { describeShape, findPort, openGraph, type Port } from './session.ts';

/**
 * Any ONNX graph that maps images to one number a class.
 * @param file the weights
 * @throws InvalidInput when the file and the config do not fit
 */
export async function loadOnnxClassifier(spec: OnnxClassifierSpec, file: string, threads: number): Promise<Model> {
  const graph = await openGraph(file, 'weights', threads);
  const input = imageInput(graph, spec.input);
  const output = findPort(graph.outputs, spec.output.name, 'MODEL_OUTPUT_MISMATCH', 'output.name');
  const classes = spec.labels.length;
  const promised = output.shape.at(-1);
  if (typeof promised === 'number' && promised > 0 && promised !== classes)
    throw wrongOutputs(output, promised, classes);
  return {
    labels: spec.labels,
    input: spec.input,
    batch: input.batch,
    fixedBatch: input.fixed,
    async infer(tensor, images) {
      const taken = input.fixed ? input.batch : images;
      const results = await graph.session.run({ [input.name]: new Tensor('float32', tensor, input.dims(taken)) }, [
        output.name,
      ]);
      const result = results[output.name]!;
      if (result.type !== 'float32' || result.data.length !== taken * classes) {
        throw wrongOutputs({ ...output, type: result.type, shape: result.dims }, result.data.length / taken, classes);
      }
      const scores = (result.data as Float32Array).slice(0, images * classes);
      return spec.output.activation === 'logits' ? softmaxRows(scores, classes) : scores;
    },
  };
}

function wrongOutputs(output: Port, found: number, classes: number): InvalidInput {
  return new InvalidInput(
    problem(
      'MODEL_OUTPUT_MISMATCH',
      `The model gives ${found} numbers an image, but the config has ${classes} labels.`,
      {
        place: 'labels',
        value: classes,
        mend: `The output '${output.name}' is ${output.type} ${describeShape(output.shape)}: list its classes in its order.`,
      },
    ),
  );
}
