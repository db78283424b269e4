import { FER_LABELS, modelSpec, parseInput } from '@samplewise/domain';
import type { SamplewiseClient } from '../client.ts';
import type { Config } from '../configs.ts';
import { setAt } from '../set-at.ts';
import type { UploadProgress } from '../upload.ts';
import type { Files } from '../weights/besides.ts';
import { presetOf, type Stocked } from './inventory.ts';
import type { RecipeModel, RecipeRestoration } from './recipe.ts';

/** Who is told how the sending of files goes on. */
export type SendingProgress = (file: string) => { onProgress: UploadProgress; end: () => void };

/** Uploads a model's files and registers it; what is there already stays as it is. */
export async function registerModel(
  client: SamplewiseClient,
  projectId: string,
  { entry, files }: Stocked<RecipeModel>,
  sending: SendingProgress,
): Promise<Config> {
  const written = 'spec' in entry ? withFiles(entry.spec, files) : builtModel(entry, files);
  // Before gigabytes are sent.
  parseInput(modelSpec, written, entry.name);
  await send(client, files, sending);
  return (await client.createModelConfig({ projectId, name: entry.name, spec: written })).config;
}

/** Uploads a restoration's files and registers it; what is there already stays as it is. */
export async function registerRestoration(
  client: SamplewiseClient,
  projectId: string,
  { entry, files }: Stocked<RecipeRestoration>,
  sending: SendingProgress,
): Promise<Config> {
  const steps =
    'steps' in entry ? withDigests(entry.steps, files) : presetOf(entry)!.build({ labels: [] }, digestsOf(files));
  await send(client, files, sending);
  return (await client.createRestorationConfig({ projectId, name: entry.name, steps })).config;
}

function builtModel(entry: Extract<RecipeModel, { preset: string }>, files: Files): unknown {
  const labels = entry.labels ?? FER_LABELS;
  return presetOf(entry)!.build({ labels }, digestsOf(files));
}

/** A spec with the digests of its files in their places; those of a folder belong to a language model's runtime. */
function withFiles(spec: Record<string, unknown>, files: Files): Record<string, unknown> {
  const { runtime } = spec as { runtime?: Record<string, unknown> };
  if (runtime === undefined) return withDigests(spec, files);
  return { ...spec, runtime: { ...runtime, files: [...files].map(([path, { digest }]) => ({ path, digest })) } };
}

const digestsOf = (files: Files): Map<string, string> =>
  new Map([...files].map(([place, { digest }]) => [place, digest]));

/** `0.weights` is the weights of the first step. */
const withDigests = <T>(written: T, files: Files): T =>
  [...files].reduce<unknown>((spec, [place, { digest }]) => setAt(spec, place.split('.'), { digest }), written) as T;

async function send(client: SamplewiseClient, files: Files, sending: SendingProgress): Promise<void> {
  for (const { file, digest } of files.values()) {
    // A study that goes on where it was has sent it before.
    if (await client.hasBlob(digest)) continue;
    const { onProgress, end } = sending(file);
    await client.upload(file, onProgress).finally(end);
  }
}
