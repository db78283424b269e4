import type { PresetFile } from '@samplewise/domain';
import { filesOf, presetOf, type RecipeModel, type RecipeRestoration, type StudyRecipe } from '@samplewise/studies';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { besides, type Files } from '../weights/besides.ts';
import { digestOfFile } from '../weights/download.ts';

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
  const named = filesOf(entry);
  if (!preset && entry.folder !== undefined) {
    const within = await filesWithin(path.join(folder, entry.folder));
    if (within.length === 0 && named.length === 0) {
      missing.push({ place: 'folder', file: path.join(folder, entry.folder) });
    }
    const told = new Set(named.map(({ place }) => place));
    for (const place of within.filter((name) => !told.has(name))) {
      await take(place, path.join(folder, entry.folder, place));
    }
  }
  for (let next = named.shift(); next; next = named.shift()) {
    const { place } = next;
    const file = path.join(folder, next.path);
    if (!(await take(place, file))) {
      if (!fetch || next.url === null) {
        missing.push({ place, file });
        continue;
      }
      files.set(place, await fetch(next));
    }
    if (preset?.folder && place.endsWith('.onnx')) {
      const more = await besides(next, files.get(place)!.file, files);
      named.push(
        ...more.map((one) => ({ ...one, path: entry.files[one.place] ?? path.join(entry.folder ?? '', one.place) })),
      );
    }
  }
  return { entry, files, missing };
}

/** All files of a folder by their paths within it; none where it is not there. */
async function filesWithin(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  return found
    .filter((one) => one.isFile())
    .map((one) => path.relative(folder, path.join(one.parentPath, one.name)).split(path.sep).join('/'))
    .sort();
}

const isFile = async (file: string): Promise<boolean> => (await stat(file).catch(() => undefined))?.isFile() === true;
