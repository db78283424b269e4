import { readRecipe, type RecipeModel, type StudyRecipe } from '@samplewise/studies';
import path from 'node:path';

/** What is in the box; figures and provenance in box/README.md. */
export const BOX = path.resolve(import.meta.dirname, '../box');

export const boxFile = (name: string): string => path.join(BOX, name);

/** Where the recipes' weights are. */
export const WEIGHTS = boxFile('models');

/** Each model on the degraded faces, as they are and restored. */
const STUDY = await readRecipe('demo');

/** The same models on the faces before they were degraded. */
const REFERENCE: StudyRecipe = {
  ...STUDY,
  title: 'Clean faces: the reference',
  about: 'The same models on the faces before they were degraded: what the restoration could win back at most.',
  dataset: { ...STUDY.dataset, version: 'clean' },
  restorations: STUDY.restorations.filter(({ name }) => name === 'none'),
};

export const STUDIES: readonly StudyRecipe[] = [STUDY, REFERENCE];

/** A model of the box by itself. */
export interface BoxedModel {
  name: string;
  /** Files of the box, uploaded before; `spec` gets their digests in this order. */
  files: string[];
  spec(digests: string[]): Record<string, unknown>;
}

export const MODELS: BoxedModel[] = STUDY.models.map((entry) => {
  const places = Object.keys(entry.files);
  return {
    name: entry.name,
    files: Object.values(entry.files).map((file) => `models/${file}`),
    spec: (digests) => ({
      ...specOf(entry),
      ...Object.fromEntries(places.map((place, i) => [place, { digest: digests[i]! }])),
    }),
  };
});

function specOf(entry: RecipeModel): Record<string, unknown> {
  if ('spec' in entry) return entry.spec;
  throw new Error(`${entry.name} of the box has no spec.`);
}

const [restorer] = STUDY.restorations.filter((entry) => 'steps' in entry && entry.steps.length > 0);

/** The restorer of the box by itself. */
export const RESTORER = {
  name: restorer!.name,
  file: `models/${restorer!.files['0.weights']!}`,
  steps: (digest: string): Record<string, unknown>[] =>
    'steps' in restorer! ? restorer.steps.map((step) => ({ ...step, weights: { digest } })) : [],
};
