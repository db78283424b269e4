import type { FieldOfConfig, GroupOfFields } from '@/forms/fields';

const LABELS: FieldOfConfig = {
  path: 'labels',
  label: 'Classes',
  hint: "One a line, in the order of the model's outputs.",
  kind: 'lines',
  required: true,
  wide: true,
};

const KERNELS = ['nearest', 'linear', 'cubic', 'mitchell', 'lanczos2', 'lanczos3'];

const PICTURE: GroupOfFields = {
  title: 'How a picture is prepared',
  hint: 'As in the training: another size, kernel or normalisation gives other figures.',
  fields: [
    { path: 'input.width', label: 'Width', kind: 'number', required: true },
    { path: 'input.height', label: 'Height', kind: 'number', required: true },
    {
      path: 'input.shortSide',
      label: 'Shorter side',
      hint: 'Resized to it in proportion, then cut from the middle. Empty: stretched.',
      kind: 'number',
    },
    { path: 'input.resize', label: 'Kernel', kind: 'choice', choices: KERNELS, usual: 'cubic' },
    { path: 'input.colour', label: 'Colours', kind: 'choice', choices: ['RGB', 'BGR', 'GRAY'], usual: 'RGB' },
    { path: 'input.scale', label: 'Divided by', kind: 'number', usual: '255' },
    { path: 'input.mean', label: 'Mean', hint: 'One number, or one a channel.', kind: 'numbers', usual: '0' },
    {
      path: 'input.std',
      label: 'Deviation',
      hint: '(value / divisor − mean) / deviation',
      kind: 'numbers',
      usual: '1',
    },
  ],
};

const TENSOR: readonly FieldOfConfig[] = [
  { path: 'input.name', label: 'Input', hint: 'Its name in the graph.', kind: 'text', usual: 'the only one' },
  { path: 'input.layout', label: 'Layout', kind: 'choice', choices: ['NCHW', 'NHWC'], usual: 'NCHW' },
  { path: 'input.batch', label: 'Pictures a call', kind: 'number', usual: '64' },
];

const CLASSIFIER: readonly GroupOfFields[] = [
  { title: 'What it tells apart', fields: [LABELS] },
  PICTURE,
  {
    title: 'The graph',
    fields: [
      ...TENSOR,
      { path: 'output.name', label: 'Output', hint: 'Its name in the graph.', kind: 'text', usual: 'the only one' },
      {
        path: 'output.activation',
        label: 'It gives',
        kind: 'choice',
        choices: ['logits', 'probabilities'],
        usual: 'logits',
      },
    ],
  },
];

const CLIP: readonly GroupOfFields[] = [
  {
    title: 'What it tells apart',
    fields: [
      LABELS,
      {
        path: 'words',
        label: 'Words',
        hint: 'One a line: how each class is called in a prompt.',
        kind: 'lines',
        required: true,
        wide: true,
      },
      {
        path: 'templates',
        label: 'Prompts',
        hint: 'One a line; {} stands for the word. Several are averaged.',
        kind: 'lines',
        required: true,
        wide: true,
      },
    ],
  },
  PICTURE,
  {
    title: 'The graphs',
    folded: true,
    fields: [
      { path: 'logitScale', label: 'Scale of similarities', kind: 'number', required: true },
      ...TENSOR,
      { path: 'visionOutput', label: 'Output of the image encoder', kind: 'text', usual: 'image_embeds' },
      { path: 'textInput', label: 'Input of the text encoder', kind: 'text', usual: 'input_ids' },
      { path: 'textOutput', label: 'Output of the text encoder', kind: 'text', usual: 'text_embeds' },
      { path: 'contextLength', label: 'Tokens of a prompt', kind: 'number', usual: '77' },
      { path: 'padToken', label: 'Token that fills up', kind: 'number', usual: '0' },
    ],
  },
];

const QUESTION: GroupOfFields = {
  title: 'What it is asked',
  fields: [
    LABELS,
    {
      path: 'prompt',
      label: 'Question',
      hint: '{labels} stands for the classes; the picture comes first.',
      kind: 'area',
      required: true,
      wide: true,
    },
    { path: 'system', label: 'System message', kind: 'area', wide: true },
    {
      path: 'synonyms',
      label: 'Synonyms',
      hint: 'A line for each class: happy: joyful, smiling',
      kind: 'words',
      wide: true,
    },
    { path: 'maxTokens', label: 'Tokens of an answer', kind: 'number', usual: '32' },
  ],
};

const SERVER: readonly GroupOfFields[] = [
  {
    title: 'Its server',
    hint: "Anything that speaks OpenAI's chat completions. The executor must allow the address.",
    fields: [
      {
        path: 'runtime.endpoint',
        label: 'Address',
        hint: 'Such as http://127.0.0.1:11434/v1',
        kind: 'text',
        required: true,
      },
      { path: 'runtime.model', label: 'Model', hint: 'As the server calls it.', kind: 'text', required: true },
      {
        path: 'runtime.apiKeyVariable',
        label: 'Variable of the key',
        hint: 'In the executor: SAMPLEWISE_MODEL_KEY_…',
        kind: 'text',
      },
    ],
  },
  QUESTION,
  {
    title: 'Limits and details',
    folded: true,
    fields: [
      { path: 'temperature', label: 'Temperature', kind: 'number', usual: '0' },
      { path: 'seed', label: 'Seed', kind: 'number' },
      { path: 'runtime.imageSide', label: 'Longer side that is sent', kind: 'number', usual: '1024' },
      { path: 'runtime.concurrency', label: 'Requests at once', kind: 'number', usual: '4' },
      { path: 'runtime.retries', label: 'Tries again', kind: 'number', usual: '4' },
      { path: 'runtime.timeoutSeconds', label: 'Seconds for an answer', kind: 'number', usual: '60' },
      { path: 'budget.requests', label: 'Requests of a run', kind: 'number', usual: 'no limit' },
      { path: 'budget.tokens', label: 'Tokens of a run', kind: 'number', usual: 'no limit' },
      { path: 'runtime.logprobs', label: 'Ask for log probabilities', kind: 'switch' },
    ],
  },
];

const IN_PROCESS: readonly GroupOfFields[] = [
  QUESTION,
  {
    title: 'Details',
    folded: true,
    fields: [
      {
        path: 'runtime.device',
        label: 'Device',
        kind: 'choice',
        choices: ['cpu', 'cuda', 'dml', 'coreml'],
        usual: 'cpu',
      },
      { path: 'runtime.numCrops', label: 'Parts of a picture', hint: '4, 9 or 16', kind: 'number', usual: '4' },
    ],
  },
];

const EXTERNAL: readonly GroupOfFields[] = [
  {
    title: 'What it is',
    hint: 'No executor runs it: clients log its predictions.',
    fields: [
      LABELS,
      { path: 'url', label: 'Where more is found', kind: 'text', wide: true },
      { path: 'description', label: 'Description', hint: 'Markdown.', kind: 'area', wide: true },
    ],
  },
];

/** The fields of a spec, by its kind and, of language models, by what runs them. */
export function fieldsOf(kind: unknown, runtime: unknown): readonly GroupOfFields[] {
  switch (kind) {
    case 'onnx-classifier':
      return CLASSIFIER;
    case 'clip-zero-shot':
      return CLIP;
    case 'vlm-prompt':
      return runtime === 'transformers' ? IN_PROCESS : SERVER;
    default:
      return EXTERNAL;
  }
}
