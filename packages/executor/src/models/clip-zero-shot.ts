import { InvalidInput, problem, type ClipZeroShotSpec } from '@samplewise/domain';
import { Tensor } from 'onnxruntime-node';
import { tokenise } from './clip-tokens.ts';
import { imageInput } from './image-input.ts';
import { softmaxRows, type Model } from './model.ts';
import { findPort, openGraph, type Graph } from './session.ts';

/**
 * Zero-shot classification by CLIP (Radford et al., 2021): the class whose prompts' embedding is nearest to the
 * image's. The embeddings of a class's prompts are normalised, averaged and normalised again; scores are the softmax
 * of logit scale x cosine. Texts are embedded once, when the model is loaded.
 * @param files the two encoders
 */
export async function loadClipZeroShot(
  spec: ClipZeroShotSpec,
  files: { vision: string; text: string },
  threads: number,
): Promise<Model> {
  const vision = await openGraph(files.vision, 'vision', threads);
  const text = await openGraph(files.text, 'text', threads);
  const input = imageInput(vision, spec.input);
  findPort(vision.outputs, spec.visionOutput, 'MODEL_OUTPUT_MISMATCH', 'visionOutput');
  findPort(text.inputs, spec.textInput, 'MODEL_INPUT_MISMATCH', 'textInput');
  findPort(text.outputs, spec.textOutput, 'MODEL_OUTPUT_MISMATCH', 'textOutput');
  const classes = await embedClasses(spec, text);
  const width = classes.length / spec.labels.length;
  return {
    labels: spec.labels,
    input: spec.input,
    batch: input.batch,
    fixedBatch: input.fixed,
    async infer(tensor, images) {
      const taken = input.fixed ? input.batch : images;
      const results = await vision.session.run({ [input.name]: new Tensor('float32', tensor, input.dims(taken)) }, [
        spec.visionOutput,
      ]);
      const embeddings = results[spec.visionOutput]!;
      if (embeddings.data.length !== taken * width) throw widthsDiffer(embeddings.data.length / taken, width);
      const vectors = normaliseRows((embeddings.data as Float32Array).slice(0, images * width), width);
      return softmaxRows(similarities(vectors, classes, width, spec.logitScale), spec.labels.length);
    },
  };
}

/** @returns row-major, labels x width, each row of length 1 */
async function embedClasses(spec: ClipZeroShotSpec, graph: Graph): Promise<Float32Array> {
  const rows: Float32Array[] = [];
  for (const word of spec.words) {
    const prompts = spec.templates.map((template) => template.replaceAll('{}', word));
    const tokens = prompts.flatMap((prompt) => tokenise(prompt, spec.contextLength, spec.padToken));
    const ids = new Tensor('int64', BigInt64Array.from(tokens, BigInt), [prompts.length, spec.contextLength]);
    const results = await graph.session.run({ [spec.textInput]: ids }, [spec.textOutput]);
    const data = Float32Array.from(results[spec.textOutput]!.data as Float32Array);
    const width = data.length / prompts.length;
    const vectors = normaliseRows(data, width);
    const mean = new Float32Array(width);
    vectors.forEach((value, i) => (mean[i % width]! += value / prompts.length));
    rows.push(normaliseRows(mean, width));
  }
  const width = rows[0]!.length;
  const all = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    all.set(row, i * width);
  });
  return all;
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
