import type { ClipZeroShotSpec, InputSpec, ModelSpec, OnnxClassifierSpec } from '../model-config.ts';
import { promptOf, type OpenAiRuntime, type TransformersRuntime, type VlmPromptSpec } from '../vlm-prompt.ts';
import { short, stage, type Stage } from './stage.ts';

/** How a picture becomes a prediction, in the order in which it is done. */
export function modelStages(spec: ModelSpec): Stage[] {
  switch (spec.kind) {
    case 'onnx-classifier':
      return [...inputStages(spec.input), ...classifierStages(spec)];
    case 'clip-zero-shot':
      return [...inputStages(spec.input), ...clipStages(spec)];
    case 'vlm-prompt':
      return vlmStages(spec);
    case 'external':
      return [stage('Elsewhere', spec.url ?? 'No executor runs it: clients log its predictions.')];
  }
}

function inputStages(input: InputSpec): Stage[] {
  const { width, height, shortSide, resize, colour, layout, batch } = input;
  const channels = colour === 'GRAY' ? 1 : 3;
  const shape = layout === 'NCHW' ? [channels, height, width] : [height, width, channels];
  return [
    ...(shortSide === undefined
      ? [stage('Resize', `stretched to ${width} × ${height}, ${resize}`)]
      : [
          stage('Resize', `shorter side to ${shortSide}, in proportion, ${resize}`),
          stage('Crop', `${width} × ${height} from the middle`),
        ]),
    stage('Colours', COLOURS[colour]),
    ...normalisation(input),
    stage('Tensor', `${layout} [${[`up to ${batch}`, ...shape].join(', ')}]`),
  ];
}

const COLOURS: Record<InputSpec['colour'], string> = {
  RGB: 'red, green, blue; grey pictures are repeated',
  BGR: 'blue, green, red; grey pictures are repeated',
  GRAY: 'grey',
};

function normalisation({ scale, mean, std }: InputSpec): Stage[] {
  const isPlain = scale === 1 && mean.every((v) => v === 0) && std.every((v) => v === 1);
  if (isPlain) return [stage('Values', '0 to 255, as they are')];
  const scaled = scale === 1 ? 'value' : `value / ${short(scale)}`;
  if (mean.every((v) => v === 0) && std.every((v) => v === 1)) return [stage('Values', scaled)];
  const listed = (values: readonly number[]): string => values.map(short).join(', ');
  return [stage('Normalise', `(${scaled} − mean) / deviation; mean ${listed(mean)}; deviation ${listed(std)}`)];
}

function classifierStages({ output, labels, executionProviders }: OnnxClassifierSpec): Stage[] {
  const of = `${labels.length} classes`;
  return [
    stage('Network', `ONNX on ${(executionProviders ?? ['cpu']).join(', ')}`),
    output.activation === 'logits'
      ? stage('Softmax', `logits to probabilities of ${of}`)
      : stage('Probabilities', `of ${of}, as the network gives them`),
  ];
}

function clipStages({ templates, words, logitScale, executionProviders }: ClipZeroShotSpec): Stage[] {
  const each = templates.length === 1 ? 'one prompt' : `the mean of ${templates.length} prompts`;
  return [
    stage('Image encoder', `ONNX on ${(executionProviders ?? ['cpu']).join(', ')}`),
    stage('Text encoder', `${each} for each of ${words.length} words: ${words.join(', ')}`, templates.join('\n')),
    stage('Softmax', `similarity times ${short(logitScale)}, over ${words.length} classes`),
  ];
}

function vlmStages(spec: VlmPromptSpec): Stage[] {
  const { runtime, system, labels, synonyms, temperature, maxTokens } = spec;
  const others = Object.values(synonyms).reduce((sum, words) => sum + words.length, 0);
  return [
    ...(runtime.type === 'openai' ? serverStages(runtime) : processStages(runtime)),
    ...(system === undefined ? [] : [stage('System message', 'before the question', system)]),
    stage('Question', `temperature ${short(temperature)}, at most ${maxTokens} tokens`, promptOf(spec)),
    stage(
      'Reading',
      `the answer's class, of ${labels.length}, ${others === 0 ? 'by its label' : `by its label or ${others} synonyms`}; else none`,
    ),
  ];
}

const serverStages = ({ imageSide, endpoint, model, concurrency }: OpenAiRuntime): Stage[] => [
  stage('Picture', `as PNG, its longer side at most ${imageSide}`),
  stage('Server', `${model} at ${endpoint}, ${concurrency} requests at once`),
];

const processStages = ({ numCrops, device, dtype }: TransformersRuntime): Stage[] => [
  stage('Picture', `as a whole and in up to ${numCrops} parts`),
  stage('Model', `in the executor on ${device}, weights ${dtype.model}`),
];
