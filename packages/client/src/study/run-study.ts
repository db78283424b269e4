import { InvalidInput, type Split } from '@samplewise/domain';
import type { StudyRecipe } from '@samplewise/studies';
import type { SamplewiseClient } from '../client.ts';
import type { Config } from '../configs.ts';
import { NotFound } from '../errors.ts';
import type { Experiment } from '../experiments.ts';
import type { Project } from '../projects.ts';
import type { Inventory } from './inventory.ts';
import { registerModel, registerRestoration, type SendingProgress } from './register.ts';

export interface StudyOptions {
  /** Slug of its project, which is made where there is none. */
  project: string;
  team: string;
  /** What a project that is made is about; the recipe's title unless given. */
  about?: string;
  /** Instead of the recipe's. */
  split?: Split;
  sending: SendingProgress;
  /** Imports the recipe's dataset version, which the project does not have yet. @returns its id */
  importDataset: (project: Project) => Promise<string>;
  note: (line: string) => void;
}

export interface StartedStudy {
  project: Project;
  experiment: Experiment;
  /** All runs of the recipe's matrix as far as its files are there. */
  runIds: string[];
}

/**
 * Makes everything of a recipe that is not there yet, and queues its runs. Each step finds what an earlier, interrupted
 * study has made, so that to start it again goes on where it was: no run is made twice, and one that has failed or was
 * canceled stays as it is.
 * @throws InvalidInput, also when the files of no model are there
 */
export async function startStudy(
  client: SamplewiseClient,
  recipe: StudyRecipe,
  { models, restorations }: Inventory,
  options: StudyOptions,
): Promise<StartedStudy> {
  const project = await ensureProject(client, recipe, options);
  const { dataset } = recipe;
  const datasetVersionId = await orIfMissing(
    async () => (await client.datasetVersion(project, dataset.name, dataset.version)).id,
    () => options.importDataset(project),
  );
  const ready = <T extends { missing: readonly unknown[] }>(stock: readonly T[]): T[] =>
    stock.filter(({ missing }) => missing.length === 0);
  const registered: Config[] = [];
  for (const stock of ready(models)) {
    registered.push(await registerModel(client, project.id, stock, options.sending));
    options.note(`model ${registered.at(-1)!.name}`);
  }
  const steps: Config[] = [];
  for (const stock of ready(restorations)) {
    steps.push(await registerRestoration(client, project.id, stock, options.sending));
    options.note(`restoration ${steps.at(-1)!.name}`);
  }
  const { experiment, runIds } = await client.startStudy({
    projectId: project.id,
    recipe,
    datasetVersionId,
    ...(options.split === undefined ? {} : { split: options.split }),
    modelConfigIds: idsOf(registered),
    restorationConfigIds: idsOf(steps),
  });
  return { project, experiment, runIds };
}

async function ensureProject(
  client: SamplewiseClient,
  { title }: StudyRecipe,
  { project: slug, team, about = title }: StudyOptions,
): Promise<Project> {
  return orIfMissing(
    () => client.project(slug, team),
    () => client.createProject({ name: slug[0]!.toUpperCase() + slug.slice(1), description: about, team }),
  );
}

const idsOf = (configs: readonly Config[]): string[] => configs.map(({ id }) => id);

async function orIfMissing<T>(find: () => Promise<T>, make: () => Promise<T>): Promise<T> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
  try {
    return await make();
  } catch (error) {
    // Another process has made it since.
    if (error instanceof InvalidInput && error.problems[0].code === 'CONFLICT') return find();
    throw error;
  }
}
