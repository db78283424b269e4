import type { Experiment } from '@samplewise/database';
import { InvalidInput, type ExperimentPlan, type Split } from '@samplewise/domain';
import { studyName, type StudyRecipe } from '@samplewise/studies';
import type { Actor } from '../auth/policy.ts';
import type { Services } from '../context.ts';
import { createExperiment } from '../experiments/create-experiment.ts';
import { previewPlan } from '../experiments/plan-runs.ts';
import { createRun } from '../runs/create-run.ts';
import { finishRun } from '../runs/end-run.ts';
import { queueRuns } from '../runs/queue-runs.ts';

type Needed = Pick<Services, 'database' | 'boss'> & { actor?: Actor };

export interface StudyToStart {
  projectId: bigint;
  recipe: StudyRecipe;
  datasetVersionId: bigint;
  /** Instead of the recipe's. */
  split?: Split | undefined;
  /** What is compared; without models or without restorations nothing is queued. */
  modelConfigIds: string[];
  restorationConfigIds: string[];
}

/**
 * Makes a study's experiment with its published figures, and queues the runs that are not there yet. Each step finds what
 * an earlier start has made, so that to start it again goes on where it was: no run is made twice, and one that has
 * failed or was canceled stays as it is.
 * @returns the newest run of each combination
 * @throws InvalidInput
 */
export async function startStudy(
  services: Needed,
  study: StudyToStart,
): Promise<{ experimentId: bigint; runIds: bigint[] }> {
  const { modelConfigIds, restorationConfigIds, recipe } = study;
  const plan: ExperimentPlan | undefined =
    modelConfigIds.length === 0 || restorationConfigIds.length === 0
      ? undefined
      : { modelConfigIds, restorationConfigIds, seeds: recipe.seeds };
  const experiment = await ensureExperiment(services, study, plan);
  await addPublished(services, recipe, experiment);
  return { experimentId: experiment.id, runIds: plan ? await queueMissing(services, experiment, plan) : [] };
}

async function ensureExperiment(
  { database: { prisma } }: Needed,
  { projectId, recipe, datasetVersionId, split: asked }: StudyToStart,
  plan: ExperimentPlan | undefined,
): Promise<Experiment> {
  const split = asked ?? recipe.split;
  const name = studyName(recipe, split);
  const find = () => prisma.experiment.findUnique({ where: { projectId_name: { projectId, name } } });
  const there = await find();
  if (there) return there;
  const input = { name, description: recipe.about.trim(), ...(split && { split }), ...(plan && { plan }) };
  try {
    await createExperiment(prisma, projectId, datasetVersionId, input);
  } catch (error) {
    // Somebody else has started it since.
    if (!(error instanceof InvalidInput) || error.problems[0].code !== 'CONFLICT') throw error;
  }
  return (await find())!;
}

/** Figures of others, as runs of which nothing else is known. */
async function addPublished(services: Needed, recipe: StudyRecipe, experiment: Experiment): Promise<void> {
  const references = { modelConfigId: null, restorationConfigId: null, parentId: null };
  for (const { name, ...published } of recipe.published) {
    const input = { name, clientKey: `published ${name}`, published };
    const { id } = await createRun(services, experiment, references, input, undefined);
    await finishRun(services, id, false);
  }
}

async function queueMissing(services: Needed, experiment: Experiment, plan: ExperimentPlan): Promise<bigint[]> {
  const { runs } = await previewPlan(services.database, experiment, plan);
  const missing = runs.filter(({ existing }) => existing === 0);
  // All at once where none is there, so that nobody finds half of them.
  if (missing.length === runs.length) return queueRuns(services, experiment, plan);
  for (const { modelConfigId, restorationConfigId, seed } of missing) {
    await queueRuns(services, experiment, {
      modelConfigIds: [String(modelConfigId)],
      restorationConfigIds: [String(restorationConfigId)],
      seeds: [seed],
    });
  }
  return (await previewPlan(services.database, experiment, plan)).runs.map(({ newestId }) => newestId!);
}
