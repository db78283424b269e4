import { InvalidInput, problem } from '@samplewise/domain';
import { cutGraph, readBackbone, readFileRange } from '@samplewise/onnx';
import { Tensor } from 'onnxruntime-node';
import { buffer } from 'node:stream/consumers';
import { imageInput } from './image-input.ts';
import type { TensorModel } from './model.ts';
import type { FeatureSpec } from './runnable.ts';
import { describeShape, openGraphOf, runGraph } from './session.ts';

/**
 * A model's network up to the tensor that is taken as features. What comes after is not computed, nor even read. How many
 * features there are often shows only when it runs, so that it sees a blank image first.
 * @param file of the backbone
 * @throws InvalidInput when the tensor does not hold a row of numbers for each image
 */
export async function loadFeatures(spec: FeatureSpec, file: string, threads: number): Promise<TensorModel> {
  const { backbone, tensor } = spec;
  const cut = await readFileRange(file, async (source) => {
    const { output, parts } = cutGraph(source, await readBackbone(source), tensor);
    return { output, bytes: await buffer(parts()) };
  });
  const graph = await openGraphOf(cut.bytes, backbone.place, threads, backbone.executionProviders);
  const input = imageInput(graph, backbone.input);
  const run = async (pixels: Float32Array, images: number): Promise<Float32Array> => {
    const result = await runGraph(graph, input.name, new Tensor('float32', pixels, input.dims(images)), cut.output);
    if (result.dims[0] === images) return result.data as Float32Array;
    throw new InvalidInput(
      problem('MODEL_OUTPUT_MISMATCH', `Of ${images} images the tensor is ${describeShape(result.dims)}.`, {
        place: 'features',
        value: tensor,
        mend: 'Name one whose first dimension is that of the images.',
      }),
    );
  };
  // Of two images, where it may be: of one, what belongs to no image looks as if it did.
  const probe = input.fixed ? input.batch : 2;
  const blank = input.dims(probe).reduce((product, size) => product * size, 1);
  const columns = (await run(new Float32Array(blank), probe)).length / probe;
  return {
    takes: 'tensors',
    gives: 'features',
    columns,
    device: graph.device,
    input: backbone.input,
    batch: input.batch,
    fixedBatch: input.fixed,
    async infer(pixels, images) {
      return (await run(pixels, input.fixed ? input.batch : images)).subarray(0, images * columns);
    },
  };
}
