import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { modelSpec, restorationSteps, type ModelSpec, type RestorationStep } from '@samplewise/domain';
import { ModelProcess } from '../../src/model-process/model-process.ts';
import type { ImageToPredict, Predicted } from '../../src/model-process/protocol.ts';

const BOX = path.resolve(import.meta.dirname, '../../../demo/box');
export const LABELS = ['angry', 'disgust', 'fear', 'happy', 'neutral', 'sad', 'surprise'];
const WORDS = ['angry', 'disgusted', 'fearful', 'happy', 'neutral', 'sad', 'surprised'];

/** Digests stand for the box's files here: a process is told where each one is. */
const FILES = {
  ['a'.repeat(64)]: 'vgg-mini.onnx',
  ['b'.repeat(64)]: 'resnet-mini.onnx',
  ['c'.repeat(64)]: 'efficientnet-mini.onnx',
  ['d'.repeat(64)]: 'clip-mini-vision.onnx',
  ['e'.repeat(64)]: 'clip-mini-text.onnx',
  ['f'.repeat(64)]: 'face-restorer-mini-x2.onnx',
};
export const digestOf = (file: string): string => Object.entries(FILES).find(([, name]) => name === file)![0];
export const modelFile = (file: string): string => path.join(BOX, 'models', file);

export interface Faces {
  images: ImageToPredict[];
  /** Index into LABELS for each image. */
  truth: number[];
}

export async function faces(kind: 'clean' | 'degraded'): Promise<Faces> {
  const result: Faces = { images: [], truth: [] };
  for (const [label, name] of LABELS.entries()) {
    const folder = path.join(BOX, 'synthetic-faces', kind, name);
    for (const file of (await readdir(folder)).sort()) {
      result.images.push({ bytes: await readFile(path.join(folder, file)), stepsDone: 0 });
      result.truth.push(label);
    }
  }
  return result;
}

export function classifier(file: string, input: object = {}): ModelSpec {
  return modelSpec.parse({
    kind: 'onnx-classifier',
    weights: { digest: digestOf(file) },
    labels: LABELS,
    input: { width: 48, height: 48, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], ...input },
  });
}

export function clip(templates: string[]): ModelSpec {
  return modelSpec.parse({
    kind: 'clip-zero-shot',
    vision: { digest: digestOf('clip-mini-vision.onnx') },
    text: { digest: digestOf('clip-mini-text.onnx') },
    labels: LABELS,
    words: WORDS,
    templates,
    logitScale: 12.626,
    input: {
      width: 48,
      height: 48,
      mean: [0.48145466, 0.4578275, 0.40821073],
      std: [0.26862954, 0.26130258, 0.27577711],
    },
  });
}

export const restorer = (): RestorationStep[] =>
  restorationSteps.parse([
    {
      kind: 'onnx-super-resolution',
      weights: { digest: digestOf('face-restorer-mini-x2.onnx') },
      factor: 2,
      range: '-1..1',
    },
  ]);

export const startProcess = (model: ModelSpec, steps: RestorationStep[] = [], timeoutSeconds = 60) =>
  ModelProcess.start(
    {
      model,
      steps,
      files: Object.fromEntries(Object.entries(FILES).map(([digest, file]) => [digest, modelFile(file)])),
      threads: 2,
    },
    { timeoutSeconds, memoryBytes: 4e9 },
  );

export const never = (): AbortSignal => new AbortController().signal;

/** Percent of the images whose largest score is the true label's. */
export function accuracy({ scores }: Predicted, truth: readonly number[]): number {
  const k = LABELS.length;
  const right = truth.filter((label, i) => {
    const row = scores.subarray(i * k, (i + 1) * k);
    return row.indexOf(Math.max(...row)) === label;
  });
  return (100 * right.length) / truth.length;
}

export const reference = async (): Promise<Record<string, Record<string, number>>> =>
  JSON.parse(await readFile(path.join(BOX, 'reference.json'), 'utf8')) as Record<string, Record<string, number>>;
