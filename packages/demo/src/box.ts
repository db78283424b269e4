import type { ClipZeroShotSpec, InputSpec, ModelSpec, RestorationStep } from '@samplewise/domain';
import path from 'node:path';

/** What is in the box; figures and provenance in box/README.md. */
export const BOX = path.resolve(import.meta.dirname, '../box');

export const boxFile = (name: string): string => path.join(BOX, name);

/** In the order of every output of the box's models. */
const LABELS = ['angry', 'disgust', 'fear', 'happy', 'neutral', 'sad', 'surprise'];

const INPUT = {
  name: 'pixel_values',
  width: 48,
  height: 48,
  layout: 'NCHW',
  colour: 'RGB',
  resize: 'cubic',
  scale: 255,
  batch: 64,
} as const satisfies Partial<InputSpec>;

/** ImageNet's. */
const CLASSIFIER_INPUT: InputSpec = { ...INPUT, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
/** CLIP's own. */
const CLIP_INPUT: InputSpec = {
  ...INPUT,
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
};

interface BoxedModel {
  name: string;
  /** Files of the box, uploaded before; `spec` gets their digests in this order. */
  files: string[];
  spec(digests: string[]): ModelSpec;
}

function classifier(name: string): BoxedModel {
  return {
    name,
    files: [`models/${name}.onnx`],
    spec: ([digest]) => ({
      kind: 'onnx-classifier',
      weights: { digest: digest! },
      labels: LABELS,
      input: CLASSIFIER_INPUT,
      output: { name: 'logits', activation: 'logits' },
    }),
  };
}

const clip: BoxedModel = {
  name: 'clip-mini',
  files: ['models/clip-mini-vision.onnx', 'models/clip-mini-text.onnx'],
  spec: ([vision, text]): ClipZeroShotSpec => ({
    kind: 'clip-zero-shot',
    vision: { digest: vision! },
    text: { digest: text! },
    labels: LABELS,
    input: CLIP_INPUT,
    visionOutput: 'image_embeds',
    textInput: 'input_ids',
    textOutput: 'text_embeds',
    words: ['angry', 'disgusted', 'fearful', 'happy', 'neutral', 'sad', 'surprised'],
    templates: ['a photo of a {} face'],
    logitScale: 12.626,
    contextLength: 77,
    padToken: 0,
  }),
};

export const MODELS: BoxedModel[] = [
  classifier('vgg-mini'),
  classifier('resnet-mini'),
  classifier('efficientnet-mini'),
  clip,
];

export const RESTORER = {
  name: 'face-restorer-mini x2',
  file: 'models/face-restorer-mini-x2.onnx',
  steps: (digest: string): RestorationStep[] => [
    { kind: 'onnx-super-resolution', weights: { digest }, factor: 2, range: '-1..1', batch: 32 },
  ],
};

export const DATASET = { name: 'Synthetic faces', versions: ['clean', 'degraded'] } as const;

export const EXPERIMENTS = [
  {
    name: 'Does restoration help on degraded faces?',
    description:
      'Every small model on the degraded faces, as they are and after the face restorer. Restoration lifts the classifiers and leaves the zero-shot model where it was.',
    version: 'degraded',
    restorations: ['none', RESTORER.name],
  },
  {
    name: 'Clean faces: the reference',
    description: 'The same models on the faces before they were degraded: what the restoration could win back at most.',
    version: 'clean',
    restorations: ['none'],
  },
] as const;
