import { InvalidInput, parseInput, PRESETS, problem, publishedFigures, SPLITS, type Split } from '@samplewise/domain';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';

const text = z.string().trim().min(1, 'must not be empty');

/** Files of one model or restoration, below the folder of the weights. */
const stocked = {
  name: text.max(120),
  /** By their places in the spec, such as `weights`, `vision`, `0.weights`. */
  files: z.record(z.string(), text).default({}),
  /** Of a preset or a language model with many files. */
  folder: text.optional(),
  /** Where the files come from, for who does not have them yet. */
  get: text.optional(),
};

const preset = (kind: 'model' | 'restoration') =>
  z.enum(
    PRESETS.filter((one) => one.kind === kind).map(({ name }) => name),
    { error: `must be a preset of 'samplewise ${kind}s presets'` },
  );

const model = z.union(
  [
    z.strictObject({ ...stocked, preset: preset('model'), labels: z.array(text).optional() }),
    z.strictObject({ ...stocked, spec: z.record(z.string(), z.unknown()) }),
  ],
  { error: "must have a name, and a 'preset' or a 'spec' (see docs/models.md)" },
);
const restoration = z.union(
  [
    z.strictObject({ ...stocked, preset: preset('restoration') }),
    z.strictObject({ ...stocked, steps: z.array(z.record(z.string(), z.unknown())) }),
  ],
  { error: "must have a name, and a 'preset' or 'steps' (see docs/restorations.md)" },
);

/** A study that anybody can run again: one question, its data, what is compared, and what others have published. */
export const studyRecipe = z.strictObject({
  title: text.max(120),
  about: z.string().max(20_000).default(''),
  dataset: z.strictObject({ name: text.max(120), version: text.max(120) }),
  /** All samples unless given. */
  split: z.enum(SPLITS).optional(),
  seeds: z.array(z.number().int().min(0)).min(1).default([0]),
  models: z.array(model).min(1, 'needs at least one'),
  restorations: z.array(restoration).min(1, 'needs at least one; `{ name: none, steps: [] }` is one'),
  published: z.array(z.strictObject({ name: text.max(120), ...publishedFigures.shape })).default([]),
});
export type StudyRecipe = z.infer<typeof studyRecipe>;
export type RecipeModel = StudyRecipe['models'][number];
export type RecipeRestoration = StudyRecipe['restorations'][number];

const RECIPES = path.resolve(import.meta.dirname, '../recipes');

/** The names of the recipes that come with the platform. */
export async function knownRecipes(): Promise<string[]> {
  return (await readdir(RECIPES)).filter((file) => file.endsWith('.yaml')).map((file) => path.basename(file, '.yaml'));
}

/**
 * Reads a recipe.
 * @param nameOrFile `fer2013`, or a YAML file of yours
 * @throws InvalidInput naming each field that is wrong
 */
export async function readRecipe(nameOrFile: string): Promise<StudyRecipe> {
  const known = (await knownRecipes()).includes(nameOrFile);
  const file = known ? path.join(RECIPES, `${nameOrFile}.yaml`) : nameOrFile;
  const written = await readFile(file, 'utf8').catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new InvalidInput(
      problem('NOT_FOUND', 'There is no such recipe.', {
        place: 'recipe',
        value: nameOrFile,
        mend: `Name a YAML file, or one of: ${(await knownRecipes()).join(', ')}.`,
      }),
    );
  });
  return parseRecipe(written, nameOrFile);
}

/**
 * A recipe as it is written, in YAML or JSON.
 * @param place what a problem calls it
 * @throws InvalidInput naming each field that is wrong
 */
export const parseRecipe = (written: string, place: string): StudyRecipe =>
  parseInput(studyRecipe, parseYaml(written, place), place);

/** Of the experiment that a study makes: another split is another question. */
export const studyName = ({ title, split }: StudyRecipe, asked: Split | undefined = split): string =>
  asked === split ? title : `${title} (${asked})`;

function parseYaml(written: string, place: string): unknown {
  try {
    return parse(written) as unknown;
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new InvalidInput(problem('INVALID_VALUE', `This is not YAML: ${error.message}`, { place }));
  }
}
