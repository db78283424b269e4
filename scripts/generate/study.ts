/** The models that the runs are of: made up, but with the relations that the real ones have. */
export interface StudyModel {
  name: string;
  description: string;
  /** How far the true class' score stands out, in standard deviations of the scores' noise. */
  skill: number;
  /** Divides the scores before softmax: above 1 too unsure, below too sure. */
  temperature: number;
  /** A language model: its answers have no scores, and some are none. */
  speaks?: true;
  latencyMicros: number;
  trainingHours: number;
}

export const STUDY_MODELS: readonly StudyModel[] = [
  model('resnet-50', 'Fine-tuned from ImageNet.', 2.35, 0.7, 21_000, 3.2),
  model('vgg-19', 'Fine-tuned from ImageNet, with batch normalisation.', 2.2, 0.6, 54_000, 6.4),
  model('efficientnet-b0', 'Fine-tuned from ImageNet.', 2.4, 0.95, 9000, 2.1),
  model('clip-vit-b-32', 'Zero-shot, 12 templates for each class.', 1.25, 1.6, 31_000, 0),
  { ...model('phi-3.5-vision', 'Asked in words.', 1.45, 1, 640_000, 0), speaks: true },
];

function model(
  name: string,
  description: string,
  skill: number,
  temperature: number,
  latencyMicros: number,
  trainingHours: number,
): StudyModel {
  return { name, description, skill, temperature, latencyMicros, trainingHours };
}

/** Restorations of steps that need no network, and how much they help models. */
export const STUDY_RESTORATIONS = [
  { name: 'none', steps: [], gain: 0 },
  {
    name: 'denoise and sharpen',
    steps: [
      { kind: 'denoise', method: 'median', size: 3 },
      { kind: 'unsharp', sigma: 1, flat: 1, jagged: 2 },
    ],
    gain: 0.09,
  },
  { name: 'clahe', steps: [{ kind: 'clahe', width: 16, height: 16, maxSlope: 3 }], gain: -0.04 },
] as const;
