import {
  NotFound,
  packFolder,
  startStudy,
  takeInventory,
  type Project,
  type SamplewiseClient,
} from '@samplewise/client';
import { boxFile, STUDIES, WEIGHTS } from './box.ts';

/** The project of the demo, in the team `local`. */
const PROJECT = 'demo';

/**
 * Fills the project `demo` of the team `local` with the box's studies, through the public API as a user would. What is
 * there already stays as it is, so that an interrupted seeding is finished by the next one.
 */
export async function seed(client: SamplewiseClient, log: (line: string) => void): Promise<void> {
  for (const recipe of STUDIES) {
    if (await isThere(client, recipe.title)) continue;
    const inventory = await takeInventory(recipe, WEIGHTS);
    const { experiment, runIds } = await startStudy(client, recipe, inventory, {
      project: PROJECT,
      team: 'local',
      about: 'Facial emotion recognition on sampled faces: nobody is in these pictures. Small models, real runs.',
      note: log,
      sending: () => ({ onProgress: () => undefined, end: () => undefined }),
      importDataset: (project) => importFaces(client, project, recipe.dataset, log),
    });
    log(`experiment '${experiment.name}': ${runIds.length} runs`);
  }
}

/** Somebody may have deleted some of its runs since. */
async function isThere(client: SamplewiseClient, title: string): Promise<boolean> {
  try {
    const experiment = await client.experiment(await client.project(PROJECT), title);
    return experiment !== undefined && experiment.runs.totalCount > 0;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

async function importFaces(
  client: SamplewiseClient,
  { id: projectId }: Project,
  { name: dataset, version }: { name: string; version: string },
  log: (line: string) => void,
): Promise<string> {
  const { stream } = await packFolder(boxFile(`synthetic-faces/${version}`));
  const { digest } = await client.upload(stream);
  const fileName = `${version}.tar`;
  const format = 'image-folder';
  const started = await client.importDataset({ projectId, dataset, version, format, fileName, uploadDigest: digest });
  const done = await client.waitForImport(started.id);
  if (!done.datasetVersion) {
    throw new Error(`The demo's faces could not be imported: ${done.problems.map((p) => p.message).join(' ')}`);
  }
  log(`dataset version ${version}: ${done.datasetVersion.sampleCount} samples`);
  return done.datasetVersion.id;
}
