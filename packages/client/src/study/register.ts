import { modelSpec, parseInput } from '@samplewise/domain';
import { specOf, stepsOf, type RecipeModel, type RecipeRestoration } from '@samplewise/studies';
import type { SamplewiseClient } from '../client.ts';
import type { Config } from '../configs.ts';
import type { UploadProgress } from '../upload.ts';
import type { Files } from '../weights/besides.ts';
import type { Stocked } from './inventory.ts';

/** Who is told how the sending of files goes on. */
export type SendingProgress = (file: string) => { onProgress: UploadProgress; end: () => void };

/** Uploads a model's files and registers it; what is there already stays as it is. */
export async function registerModel(
  client: SamplewiseClient,
  projectId: string,
  { entry, files }: Stocked<RecipeModel>,
  sending: SendingProgress,
): Promise<Config> {
  const written = specOf(entry, digestsOf(files));
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
  const steps = stepsOf(entry, digestsOf(files));
  await send(client, files, sending);
  return (await client.createRestorationConfig({ projectId, name: entry.name, steps })).config;
}

const digestsOf = (files: Files): Map<string, string> =>
  new Map([...files].map(([place, { digest }]) => [place, digest]));

async function send(client: SamplewiseClient, files: Files, sending: SendingProgress): Promise<void> {
  for (const { file, digest } of files.values()) {
    // A study that goes on where it was has sent it before.
    if (await client.hasBlob(digest)) continue;
    const { onProgress, end } = sending(file);
    await client.upload(file, onProgress).finally(end);
  }
}
