import type { Preset } from './preset.ts';

/** Of ImageNet, in RGB of 0..1: what torchvision's weights were trained with. */
const TORCHVISION = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
/** keras.applications' mode 'caffe': BGR of 0..255 minus ImageNet's mean. */
const CAFFE = { layout: 'NHWC', colour: 'BGR', scale: 1, mean: [103.939, 116.779, 123.68] };

interface Classifier extends Pick<Preset, 'name' | 'about' | 'source' | 'licence'> {
  /** Of the input, 224 x 224. */
  input: object;
  url?: string;
  activation?: 'logits' | 'probabilities';
}

const classifier = ({ input, url, activation = 'logits', ...preset }: Classifier): Preset => ({
  ...preset,
  kind: 'model',
  folder: false,
  files: [{ place: 'weights', url: url ?? null, sha256: null }],
  build: ({ labels }, digests) => ({
    kind: 'onnx-classifier',
    weights: { digest: digests.get('weights') },
    labels,
    input: { width: 224, height: 224, ...input },
    output: { activation },
  }),
});

/** Networks that were trained, or trained further, with torchvision or Keras and exported by their owner. */
const torchvision = (name: string, title: string, page: string, input: object): Preset =>
  classifier({
    name: `${name}-torchvision`,
    about: `Your ${title} of torchvision, exported with torch.onnx: its preprocessing, logits`,
    source: `https://docs.pytorch.org/vision/stable/models/generated/torchvision.models.${page}.html`,
    licence: 'as your file; torchvision: BSD-3-Clause',
    input: { resize: 'linear', ...TORCHVISION, ...input },
  });

const keras = (name: string, title: string, input: object): Preset =>
  classifier({
    name: `${name}-keras`,
    about: `Your ${title} of keras.applications, exported with tf2onnx: its preprocessing, probabilities`,
    source: 'https://keras.io/api/applications/',
    licence: 'as your file; Keras: Apache-2.0',
    activation: 'probabilities',
    input: { resize: 'linear', ...input },
  });

const ZOO = 'https://github.com/onnx/models/raw/main/validated/vision/classification';

/** The ONNX Model Zoo's networks for ImageNet's 1,000 classes. */
const zoo = (name: string, title: string, path: string): Preset =>
  classifier({
    name: `${name}-imagenet`,
    about: `${title} of the ONNX Model Zoo, for ImageNet's 1,000 classes, whose names you give`,
    source: 'https://github.com/onnx/models',
    licence: 'Apache-2.0',
    url: `${ZOO}/${path}`,
    input: { name: 'data', resize: 'linear', shortSide: 256, ...TORCHVISION },
  });

export const CLASSIFIER_PRESETS: readonly Preset[] = [
  torchvision('vgg19', 'VGG19', 'vgg19', { shortSide: 256 }),
  torchvision('resnet50', 'ResNet-50 (weights V2)', 'resnet50', { shortSide: 232 }),
  torchvision('efficientnet-b0', 'EfficientNet-B0', 'efficientnet_b0', { shortSide: 256, resize: 'cubic' }),
  keras('vgg19', 'VGG19', CAFFE),
  keras('resnet50', 'ResNet-50', CAFFE),
  // EfficientNet of Keras holds its normalisation in the graph.
  keras('efficientnet-b0', 'EfficientNet-B0', { layout: 'NHWC', scale: 1 }),
  zoo('vgg19', 'VGG19', 'vgg/model/vgg19-7.onnx'),
  zoo('resnet50', 'ResNet-50 v2', 'resnet/model/resnet50-v2-7.onnx'),
];
