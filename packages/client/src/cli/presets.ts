import {
  FER_LABELS,
  InvalidInput,
  modelSpec,
  parseInput,
  PRESETS,
  problem,
  restorationSteps,
  type ModelSpec,
  type Preset,
  type PresetFile,
} from '@samplewise/domain';
import type { Command } from 'commander';
import path from 'node:path/posix';
import { readCacheFolder } from '../config.ts';
import { digestOfFile } from '../weights/download.ts';
import { besides, type Files } from '../weights/besides.ts';
import { fetchWeights, type Fetched } from '../weights/cache.ts';
import { checkFiles, checkFilesOfSteps } from './check-files.ts';
import { connectToProject, type ProjectOptions } from './connect.ts';
import { reportConfig } from './report-config.ts';
import { showProgress } from './progress.ts';
import { note, print } from './terminal.ts';

interface AddOptions extends ProjectOptions {
  name?: string;
  labels?: string;
  file: string[];
  folder?: string;
  endpoint?: string;
  model?: string;
  apiKeyVariable?: string;
}

const repeatable = (value: string, before: string[]): string[] => [...before, value];

/** @param models the command `models`. @param restorations the command `restorations` */
export function addPresetCommands(
  models: Command,
  restorations: Command,
  projectOptions: (command: Command) => Command,
): void {
  models.command('presets').description('ready-made models and restorations').action(listPresets);
  const add = (command: Command, kind: Preset['kind']): Command =>
    projectOptions(command.command('add'))
      .argument('<preset>', `of: samplewise models presets`)
      .description('get the weights (or take yours), check them and register them')
      .option('--name <name>', "of what is registered; the preset's unless given")
      .option('--file <[place=]file>', 'a file of yours in the place of a download', repeatable, [])
      .option('--folder <folder>', "with all of the preset's files, in the place of downloads")
      .action((name: string, options: AddOptions) => addPreset(kind, name, options));
  add(models, 'model')
    .option('--labels <labels>', "separated by commas, in the order of the model's outputs", FER_LABELS.join(','))
    .option('--endpoint <url>', 'of the server that runs the model')
    .option('--model <model>', 'as the server calls it')
    .option('--api-key-variable <name>', "variable of the executor that holds the server's key");
  add(restorations, 'restoration');
}

function listPresets(): void {
  const width = Math.max(...PRESETS.map((preset) => preset.name.length));
  for (const { name, about, files, licence } of PRESETS) {
    print(`${name.padEnd(width)}  ${about} [${licence}]${files.length === 0 ? '' : `; ${trustOf(files)}`}`);
  }
}

function trustOf(files: readonly PresetFile[]): string {
  if (files.some((file) => file.url === null)) return 'your file: --file';
  return files.every((file) => file.sha256 !== null)
    ? 'downloaded, SHA-256 as published'
    : 'downloaded, SHA-256 pinned at first download (none is published)';
}

async function addPreset(kind: Preset['kind'], name: string, options: AddOptions): Promise<void> {
  const preset = presetOf(kind, name);
  const { client, project } = await connectToProject(options);
  const choice = { ...options, labels: (options.labels ?? '').split(',').map((label) => label.trim()) };
  if (kind === 'model') check(preset.build(choice, PLACEHOLDERS(preset))); // before gigabytes are fetched
  const files = await gather(preset, options);
  const built = preset.build(choice, new Map([...files].map(([place, { digest }]) => [place, digest])));
  if (kind === 'model') await checkFiles(check(built), [...files.values()]);
  else await checkFilesOfSteps(parseInput(restorationSteps, built, 'steps'), [...files.values()]);
  for (const { file } of files.values()) {
    const progress = showProgress('Sending', 'MB');
    await client.upload(file, (sent, total) => progress.update(sent / 1e6, (total ?? 0) / 1e6));
    progress.end();
  }
  const registered = { projectId: project.id, name: options.name ?? preset.name };
  reportConfig(
    kind === 'model'
      ? await client.createModelConfig({ ...registered, spec: built })
      : await client.createRestorationConfig({ ...registered, steps: built }),
  );
}

const PLACEHOLDERS = (preset: Preset): Map<string, string> =>
  new Map(preset.files.map((file) => [file.place, '0'.repeat(64)]));

const check = (spec: unknown): ModelSpec => parseInput(modelSpec, spec, 'spec');

function presetOf(kind: Preset['kind'], name: string): Preset {
  const found = PRESETS.find((preset) => preset.kind === kind && preset.name === name);
  if (found) return found;
  throw new InvalidInput(
    problem('NOT_FOUND', `There is no ${kind} preset of this name.`, {
      place: 'preset',
      value: name,
      mend: 'See: samplewise models presets.',
    }),
  );
}

/** The preset's files by their places: yours where they are given, else downloads. */
async function gather(preset: Preset, { file: given, folder }: AddOptions): Promise<Files> {
  const yours = new Map(given.map((text) => placeOf(text, preset)));
  const cacheFolder = readCacheFolder();
  const files: Files = new Map();
  const wanted = [...preset.files];
  for (let next = wanted.shift(); next; next = wanted.shift()) {
    const local = yours.get(next.place) ?? (folder === undefined ? undefined : path.join(folder, next.place));
    const fetched = local === undefined ? await fetchShown(cacheFolder, next) : undefined;
    const file = local ?? fetched!.file;
    files.set(next.place, { file, digest: fetched?.digest ?? (await digestOfFile(file)) });
    if (preset.folder && next.place.endsWith('.onnx')) wanted.push(...(await besides(next, file, files)));
  }
  return files;
}

/** Gets a file that has a public address, with its progress shown. */
export async function fetchShown(cacheFolder: string, { place, url, sha256 }: PresetFile): Promise<Fetched> {
  if (url === null) {
    const mend = `Give yours: --file ${place}=model.onnx`;
    throw new InvalidInput(problem('MISSING_FILE', 'Nobody publishes this file.', { place, mend }));
  }
  note(`${place}: ${url}`);
  const progress = showProgress('Getting', 'MB');
  const onProgress = (done: number, total: number | undefined): void => progress.update(done / 1e6, (total ?? 0) / 1e6);
  const fetched = await fetchWeights(cacheFolder, { url, sha256 }, { onProgress }).finally(() => progress.end());
  note(`  SHA-256 ${fetched.digest}: ${TRUST[fetched.trust]}`);
  return fetched;
}

const TRUST: Record<Fetched['trust'], string> = {
  published: 'as published.',
  pinned: 'as at the first download.',
  first: 'pinned at this first download; none is published, so that it could not be held against anything.',
};

/** `vision=clip.onnx` -> vision; without a place the preset's first file. */
function placeOf(given: string, preset: Preset): [string, string] {
  const at = given.indexOf('=');
  const place = given.slice(0, at);
  const known = preset.files.some((file) => file.place === place) || (preset.folder && at > 0);
  if (known) return [place, given.slice(at + 1)];
  const [first] = preset.files;
  if (first && at < 0) return [first.place, given];
  throw new InvalidInput(
    problem('INVALID_VALUE', 'The preset has no such file.', {
      place: '--file',
      value: given,
      mend: `Its files are ${preset.files.map((file) => file.place).join(', ') || 'none'}.`,
    }),
  );
}
