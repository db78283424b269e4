import type { Database } from '@samplewise/database';
import { studyName, type StudyRecipe } from '@samplewise/studies';

/** What a project has of a study, by row numbers. */
export interface StudyState {
  recipe: StudyRecipe;
  datasetVersionId: bigint | null;
  experimentId: bigint | null;
  /** In the order of the recipe: the newest config of each name, or null. */
  models: (bigint | null)[];
  restorations: (bigint | null)[];
}

/** Looks what of a recipe a project has already: everything is found by its name. */
export async function readStudy(
  { prisma }: Pick<Database, 'prisma'>,
  projectId: bigint,
  recipe: StudyRecipe,
): Promise<StudyState> {
  const { dataset, models, restorations } = recipe;
  const named = (entries: readonly { name: string }[]) => ({
    where: { projectId, name: { in: entries.map(({ name }) => name) } },
    orderBy: { version: 'asc' as const },
    select: { id: true, name: true },
  });
  const [version, experiment, modelRows, restorationRows] = await Promise.all([
    prisma.datasetVersion.findFirst({
      where: { name: dataset.version, dataset: { projectId, name: dataset.name } },
      select: { id: true },
    }),
    prisma.experiment.findUnique({
      where: { projectId_name: { projectId, name: studyName(recipe) } },
      select: { id: true },
    }),
    prisma.modelConfig.findMany(named(models)),
    prisma.restorationConfig.findMany(named(restorations)),
  ]);
  return {
    recipe,
    datasetVersionId: version?.id ?? null,
    experimentId: experiment?.id ?? null,
    models: newestOf(models, modelRows),
    restorations: newestOf(restorations, restorationRows),
  };
}

/** @param rows the newest of each name last */
function newestOf(entries: readonly { name: string }[], rows: readonly { id: bigint; name: string }[]) {
  const byName = new Map(rows.map(({ id, name }) => [name, id]));
  return entries.map(({ name }) => byName.get(name) ?? null);
}
