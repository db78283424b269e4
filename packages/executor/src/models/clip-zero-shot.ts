import { InvalidInput, problem, type ClipZeroShotSpec } from '@samplewise/domain';
import { Tensor } from 'onnxruntime-node';
import { tokenise } from './clip-tokens.ts';
import { imageInput } from './image-input.ts';
import { softmaxRows, type TensorModel } from './model.ts';
import { describeShape, differs, findInput, findOutput, openGraph, runGraph, type Graph } from './session.ts';

/**
 * Zero-shot classification by CLIP (Radford et al., 2021): the class whose prompts' embedding is nearest to the
 * image's. The embeddings of a class's prompts are normalised, averaged and normalised again; scores are the softmax
 * of logit scale x cosine. Texts are embedded once, when the model is loaded.
 * @param files the two encoders
 * @param alive called after each class, since many prompts take a while
 */
export async function loadClipZeroShot(
  spec: ClipZeroShotSpec,
  files: { vision: string; text: string },
  threads: number,
  alive: () => void,
): Promise<TensorModel> {
  const vision = await openGraph(files.vision, 'vision', threads, spec.executionProviders);
  const text = await openGraph(files.text, 'text', threads, spec.executionProviders);
  const input = imageInput(vision, spec.input);
  findOutput(vision, spec.visionOutput, 'visionOutput');
  const classes = await embedClasses(spec, text, alive);
  const width = classes.length / spec.labels.length;
  return {
    takes: 'tensors',
    gives: 'probabilities',
    columns: spec.labels.length,
    device: vision.device,
    input: spec.input,
    batch: input.batch,
    fixedBatch: input.fixed,
    async infer(tensor, images) {
      const taken = input.fixed ? input.batch : images;
      const image = new Tensor('float32', tensor, input.dims(taken));
      const embeddings = await runGraph(vision, input.name, image, spec.visionOutput);
      if (embeddings.data.length !== taken * width) throw widthsDiffer(embeddings.data.length / taken, width);
      const vectors = normaliseRows(floats(embeddings, 'visionOutput').slice(0, images * width), width);
      return softmaxRows(similarities(vectors, classes, width, spec.logitScale), spec.labels.length);
    },
  };
}

/** @returns row-major, labels x width, each row of length 1 */
async function embedClasses(spec: ClipZeroShotSpec, text: Graph, alive: () => void): Promise<Float32Array> {
  const embed = textEncoder(spec, text);
  const rows: Float32Array[] = [];
  for (const word of spec.words) {
    const vectors: Float32Array[] = [];
    for (const template of spec.templates) vectors.push(await embed(template.replaceAll('{}', word)));
    const mean = vectors[0]!.map((_, i) => vectors.reduce((sum, v) => sum + v[i]!, 0) / vectors.length);
    rows.push(normaliseRows(mean, mean.length));
    alive();
  }
  const width = rows[0]!.length;
  const all = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    all.set(row, i * width);
  });
  return all;
}

/** A function from a prompt to its embedding, of length 1. One prompt a call: exported encoders often take no more. */
function textEncoder(spec: ClipZeroShotSpec, text: Graph): (prompt: string) => Promise<Float32Array> {
  const input = findInput(text, spec.textInput, 'textInput');
  findOutput(text, spec.textOutput, 'textOutput');
  const dims = [1, spec.contextLength];
  const { type } = input;
  if ((type !== 'int64' && type !== 'int32') || differs(input.shape, dims)) {
    throw new InvalidInput(
      problem(
        'MODEL_INPUT_MISMATCH',
        `The text encoder's input '${input.name}' does not take the tokens of one prompt.`,
        {
          place: 'contextLength',
          value: `int64 ${describeShape(dims)}`,
          mend: `It is ${type} ${describeShape(input.shape)}.`,
        },
      ),
    );
  }
  return async (prompt) => {
    const tokens = tokenise(prompt, spec.contextLength, spec.padToken);
    const ids =
      type === 'int64'
        ? new Tensor('int64', BigInt64Array.from(tokens, BigInt), dims)
        : new Tensor('int32', Int32Array.from(tokens), dims);
    const embedding = floats(await runGraph(text, input.name, ids, spec.textOutput), 'textOutput').slice();
    return normaliseRows(embedding, embedding.length);
  };
}

function floats(tensor: Tensor, place: string): Float32Array {
  if (tensor.type === 'float32') return tensor.data as Float32Array;
  throw new InvalidInput(
    problem('MODEL_OUTPUT_MISMATCH', `The embeddings are ${tensor.type}, not float32.`, {
      place,
      mend: 'Export the encoder with float32 outputs.',
    }),
  );
}

function normaliseRows(values: Float32Array, width: number): Float32Array {
  for (let start = 0; start < values.length; start += width) {
    let sum = 0;
    for (let i = start; i < start + width; i++) sum += values[i]! * values[i]!;
    const length = Math.sqrt(sum);
    for (let i = start; i < start + width; i++) values[i]! /= length;
  }
  return values;
}

/** scale x dot product of each image with each class */
function similarities(images: Float32Array, classes: Float32Array, width: number, scale: number): Float32Array {
  const rows = images.length / width;
  const columns = classes.length / width;
  const result = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      let dot = 0;
      for (let i = 0; i < width; i++) dot += images[r * width + i]! * classes[c * width + i]!;
      result[r * columns + c] = scale * dot;
    }
  }
  return result;
}

function widthsDiffer(vision: number, text: number): InvalidInput {
  return new InvalidInput(
    problem(
      'MODEL_OUTPUT_MISMATCH',
      `The vision encoder gives ${vision} numbers an image, the text encoder ${text} a prompt.`,
      {
        place: 'vision',
        mend: 'Take both encoders, and their projected embeddings, from one model.',
      },
    ),
  );
}
