import { InvalidInput, problem, type InputSpec } from '@samplewise/domain';
import { channelsOf } from '../images/tensor.ts';
import { describeShape, differs, findInput, isStatic, type Graph } from './session.ts';

/** How a graph takes a batch of images. */
export interface ImageInput {
  name: string;
  /** Images per call. */
  batch: number;
  /** The graph takes exactly `batch` images, so that the last call must be filled up. */
  fixed: boolean;
  /** Dimensions for a number of images. */
  dims(images: number): number[];
}

/**
 * Checks the graph's image input against the config.
 * @throws InvalidInput (MODEL_INPUT_MISMATCH) saying what the file has and what the config says
 */
export function imageInput(graph: Graph, spec: InputSpec): ImageInput {
  const port = findInput(graph, spec.name, 'input.name');
  const channels = channelsOf(spec);
  const tail = spec.layout === 'NCHW' ? [channels, spec.height, spec.width] : [spec.height, spec.width, channels];
  const has = `${port.type} ${describeShape(port.shape)}`;
  const mismatch = (message: string) =>
    new InvalidInput(
      problem('MODEL_INPUT_MISMATCH', message, {
        place: 'input',
        value: `${spec.colour} ${spec.layout} ${describeShape(['N', ...tail])}`,
        mend: `The model's input '${port.name}' is ${has}: change width, height, layout or colour.`,
      }),
    );
  if (port.type !== 'float32') throw mismatch(`The input '${port.name}' takes ${port.type}, not float32.`);
  // An empty shape means that the graph does not tell.
  if (port.shape.length > 0) {
    if (port.shape.length !== 4) throw mismatch(`The input '${port.name}' has ${port.shape.length} dimensions, not 4.`);
    if (differs(port.shape, ['N', ...tail])) {
      throw mismatch(
        `The input '${port.name}' is ${has}, but the config says ${spec.layout} ${describeShape(['N', ...tail])}.`,
      );
    }
  }
  const [first] = port.shape;
  const fixed = isStatic(first);
  return { name: port.name, batch: fixed ? first : spec.batch, fixed, dims: (images) => [images, ...tail] };
}
