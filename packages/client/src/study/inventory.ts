import { PRESETS, type Preset, type PresetFile } from '@samplewise/domain';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { besides, type Files } from '../weights/besides.ts';
import { digestOfFile } from '../weights/download.ts';
import type { RecipeModel, RecipeRestoration, StudyRecipe } from './recipe.ts';

/** A model or restoration of a recipe, and whether its files are there. */
export interface Stocked<Entry> {
  entry: Entry;
  files: Files;
  /** What is not there; with it the study leaves it out, and says so. */
  missing: readonly { place: string; file: string }[];
}

export interface Inventory {
  models: Stocked<RecipeModel>[];
  restorations: Stocked<RecipeRestoration>[];
}

/** Fetches a file that has a public address. */
export type Fetch = (file: PresetFile) => Promise<{ file: string; digest: string }>;

/**
 * Looks which files of a recipe are there.
 * @param folder of the weights, which the recipe's paths start from
 * @param fetch gets what is not there and has an address; without it nothing is downloaded
 */
export async function takeInventory(
  { models, restorations }: StudyRecipe,
  folder: string,
  fetch?: Fetch,
): Promise<Inventory> {
  const all = async <Entry extends RecipeModel | RecipeRestoration>(entries: readonly Entry[]) => {
    const found: Stocked<Entry>[] = [];
    for (const entry of entries) found.push(await look(entry, folder, fetch));
    return found;
  };
  return { models: await all(models), restorations: await all(restorations) };
}

async function look<Entry extends RecipeModel | RecipeRestoration>(
  entry: Entry,
  folder: string,
  fetch: Fetch | undefined,
): Promise<Stocked<Entry>> {
  const files: Files = new Map();
  const missing: { place: string; file: string }[] = [];
  const take = async (place: string, file: string): Promise<boolean> => {
    if (!(await isFile(file))) return false;
    files.set(place, { file, digest: await digestOfFile(file) });
    return true;
  };
  const preset = presetOf(entry);
  const base = entry.folder === undefined ? folder : path.join(folder, entry.folder);
  if (!preset) {
    const named = entry.folder === undefined ? entry.files : { ...(await filesWithin(base)), ...entry.files };
    for (const [place, name] of Object.entries(named)) {
      const file = entry.files[place] === undefined ? path.join(base, name) : path.join(folder, name);
      if (!(await take(place, file))) missing.push({ place, file });
    }
    if (entry.folder !== undefined && Object.keys(named).length === 0) missing.push({ place: 'folder', file: base });
    return { entry, files, missing };
  }
  const wanted = [...preset.files];
  for (let next = wanted.shift(); next; next = wanted.shift()) {
    const given = entry.files[next.place];
    const file = given === undefined ? path.join(base, next.place) : path.join(folder, given);
    if (!(await take(next.place, file))) {
      if (!fetch || next.url === null) {
        missing.push({ place: next.place, file });
        continue;
      }
      files.set(next.place, await fetch(next));
    }
    if (preset.folder && next.place.endsWith('.onnx')) {
      wanted.push(...(await besides(next, files.get(next.place)!.file, files)));
    }
  }
  return { entry, files, missing };
}

export const presetOf = (entry: RecipeModel | RecipeRestoration): Preset | undefined =>
  'preset' in entry ? PRESETS.find(({ name }) => name === entry.preset) : undefined;

/** All files of a folder by their paths within it; none where it is not there. */
async function filesWithin(folder: string): Promise<Record<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const names = found
    .filter((one) => one.isFile())
    .map((one) => path.relative(folder, path.join(one.parentPath, one.name)).split(path.sep).join('/'))
    .sort();
  return Object.fromEntries(names.map((name) => [name, name]));
}

const isFile = async (file: string): Promise<boolean> => (await stat(file).catch(() => undefined))?.isFile() === true;
