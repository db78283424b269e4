import { FER_LABELS, PRESETS, type Preset, type PresetFile } from '@samplewise/domain';
import path from 'node:path/posix';
import type { RecipeModel, RecipeRestoration } from './recipe.ts';

type Entry = RecipeModel | RecipeRestoration;

/** Of files by their places in a spec: `weights`, `vision`, `0.weights`; in a folder their paths. */
export type Digests = ReadonlyMap<string, string>;

/** A file that a model or restoration needs. */
export interface NeededFile extends PresetFile {
  /** Where it is looked for, below the folder of the weights. */
  path: string;
}

export const presetOf = (entry: Entry): Preset | undefined =>
  'preset' in entry ? PRESETS.find(({ name }) => name === entry.preset) : undefined;

/**
 * The files that are known to be needed. Graphs may name more, beside them; and of a folder without a preset, which has
 * whatever files it has, only those are known that the recipe names.
 */
export function filesOf(entry: Entry): NeededFile[] {
  const { folder = '', files } = entry;
  const preset = presetOf(entry);
  const known: readonly PresetFile[] = preset
    ? preset.files
    : Object.keys(files).map((place) => ({ place, url: null, sha256: null }));
  return known.map((file) => ({ ...file, path: pathOf(file.place, { folder, files }) }));
}

/** Where the file of a place is looked for, below the folder of the weights. */
export const pathOf = (place: string, { folder = '', files }: Pick<Entry, 'folder' | 'files'>): string =>
  files[place] ?? path.join(folder, place);

/** What `createModelConfig` takes as `spec`. It is not checked here. */
export function specOf(entry: RecipeModel, digests: Digests): unknown {
  if ('preset' in entry) return presetOf(entry)!.build({ labels: entry.labels ?? FER_LABELS }, digests);
  const { runtime } = entry.spec as { runtime?: Record<string, unknown> };
  if (runtime === undefined || digests.size === 0) return withDigests(entry.spec, digests);
  // Those of a folder belong to a language model's runtime.
  return {
    ...entry.spec,
    runtime: { ...runtime, files: [...digests].map(([file, digest]) => ({ path: file, digest })) },
  };
}

/** What `createRestorationConfig` takes as `steps`. They are not checked here. */
export const stepsOf = (entry: RecipeRestoration, digests: Digests): unknown =>
  'preset' in entry ? presetOf(entry)!.build({ labels: [] }, digests) : withDigests(entry.steps, digests);

/** `0.weights` is the weights of the first step. */
const withDigests = (written: unknown, digests: Digests): unknown =>
  [...digests].reduce((spec, [place, digest]) => setAt(spec, place.split('.'), { digest }), written);

/** A copy of a JSON value with `leaf` at a path; objects that are missing on the way are made. */
function setAt(value: unknown, [key, ...rest]: readonly string[], leaf: unknown): unknown {
  if (key === undefined) return leaf;
  if (Array.isArray(value))
    return value.map((item, i) => (String(i) === key ? setAt(item, rest, leaf) : (item as unknown)));
  if (typeof value !== 'object' || value === null) return value; // not a spec at all: the schema will say so
  return { ...value, [key]: setAt((value as Record<string, unknown>)[key] ?? {}, rest, leaf) };
}
