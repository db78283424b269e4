import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { InvalidInput, modelSpec, parseInput, problem, restorationSteps } from '@samplewise/domain';
import type { SamplewiseClient } from '../client.ts';
import { connectToProject, type ProjectOptions } from './connect.ts';
import { checkFiles, checkFilesOfSteps } from './check-files.ts';
import { addPresetCommands } from './presets.ts';
import { showProgress } from './progress.ts';
import { setAt } from '../set-at.ts';
import { reportConfig } from './report-config.ts';

interface RegisterOptions extends ProjectOptions {
  name: string;
  weights: string[];
}

const repeatable = (value: string, before: string[]): string[] => [...before, value];

export function addConfigCommands(program: Command, projectOptions: (command: Command) => Command): void {
  const models = program.command('models').description('models to evaluate');
  const restorations = program.command('restorations').description('steps before inference');
  addPresetCommands(models, restorations, projectOptions);
  projectOptions(models.command('register'))
    .description('upload the weights and register the model; a name that is there gets a new version')
    .requiredOption('--name <name>', 'of the model')
    .requiredOption('--spec <file>', 'JSON: kind, labels, input, output; the digests of weights are filled in')
    .option('--weights <[place=]file>', 'ONNX file; for CLIP twice: vision=... and text=...', repeatable, [])
    .action(registerModel);
  projectOptions(restorations.command('register'))
    .description('upload the weights and register the steps; a name that is there gets a new version')
    .requiredOption('--name <name>', 'of the restoration')
    .requiredOption('--steps <file>', 'JSON: a list of steps; [] is none')
    .option(
      '--weights <step=file>',
      'ONNX file of a step, counted from 0: 0=restorer.onnx, 0.detector=faces.onnx',
      repeatable,
      [],
    )
    .action(registerRestoration);
}

async function registerModel(options: RegisterOptions & { spec: string }): Promise<void> {
  const written = await readJson(options.spec);
  const weights = options.weights.map((given) => placeOf(given, ['weights']));
  const { digests, files } = placeholdersFor(weights);
  await checkFiles(parseInput(modelSpec, withDigests(written, weights, digests), 'spec'), files);
  const { client, project } = await connectToProject(options);
  const spec = withDigests(written, weights, await uploadAll(client, weights));
  reportConfig(await client.createModelConfig({ projectId: project.id, name: options.name, spec }));
}

async function registerRestoration(options: RegisterOptions & { steps: string }): Promise<void> {
  const written = await readJson(options.steps);
  const weights = options.weights.map((given) => placeOf(given, ['0', 'weights'], ['weights']));
  const { digests, files } = placeholdersFor(weights);
  await checkFilesOfSteps(parseInput(restorationSteps, withDigests(written, weights, digests), 'steps'), files);
  const { client, project } = await connectToProject(options);
  const steps = withDigests(written, weights, await uploadAll(client, weights));
  reportConfig(await client.createRestorationConfig({ projectId: project.id, name: options.name, steps }));
}

/** A file and where in the spec its digest belongs. */
interface Weights {
  path: readonly string[];
  file: string;
}

/** To look at files before gigabytes are sent: any digests will do for that. */
function placeholdersFor(weights: readonly Weights[]) {
  const digests = new Map(weights.map(({ file }, i) => [file, i.toString(16).padStart(64, '0')]));
  return { digests, files: [...digests].map(([file, digest]) => ({ file, digest })) };
}

/** `vision=clip.onnx` -> vision, `0.detector=faces.onnx` -> 0, detector; without a place the given one. */
function placeOf(given: string, usual: readonly string[], below: readonly string[] = []): Weights {
  const [, place, file] = /^([a-z]+|\d+(?:\.[a-z]+)*)=(.*)$/s.exec(given) ?? [];
  return place === undefined || file === undefined
    ? { path: usual, file: given }
    : { path: [...place.split('.'), ...below], file };
}

async function uploadAll(client: SamplewiseClient, weights: readonly Weights[]): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const { file } of weights) {
    const progress = showProgress('Sending', 'MB');
    const { digest } = await client.upload(file, (sent, total) => progress.update(sent / 1e6, (total ?? 0) / 1e6));
    progress.end();
    digests.set(file, digest);
  }
  return digests;
}

function withDigests(written: unknown, weights: readonly Weights[], digests: ReadonlyMap<string, string>): unknown {
  return weights.reduce((spec, { path, file }) => setAt(spec, path, { digest: digests.get(file)! }), written);
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InvalidInput(problem('INVALID_VALUE', `This is not JSON: ${(error as Error).message}.`, { place: file }));
  }
}
