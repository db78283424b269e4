import { digest as digestSchema, InvalidInput, parseInput, problem } from '@samplewise/domain';
import {
  filesOf,
  knownRecipes,
  parseRecipe,
  presetOf,
  readRecipe,
  specOf,
  stepsOf,
  studyName,
  studyRecipe,
  type NeededFile,
  type RecipeModel,
  type RecipeRestoration,
  type StudyRecipe,
} from '@samplewise/studies';
import { readStudy, type StudyState } from '../../studies/read-study.ts';
import { startStudy } from '../../studies/start-study.ts';
import { builder, rowNumber } from '../builder.ts';
import { ModelConfigRef, RestorationConfigRef } from '../configs/configs.ts';
import { PresetFileInput } from '../configs/presets.ts';
import { SplitEnum } from '../datasets/dataset.ts';

/** Characters of a recipe that is sent; the founding study's has 4,000. */
const RECIPE_CHARACTERS = 200_000;

interface NamedRecipe {
  name: string;
  recipe: StudyRecipe;
}

const StudyRecipeRef = builder.objectRef<NamedRecipe>('StudyRecipe').implement({
  description: 'A study that comes with the platform.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Such as fer2013.' }),
    title: t.string({ description: 'Of the experiment that it makes.', resolve: ({ recipe }) => recipe.title }),
    about: t.string({ description: 'Its question.', resolve: ({ recipe }) => recipe.about }),
  }),
});

builder.queryField('studyRecipes', (t) =>
  t.field({
    type: [StudyRecipeRef],
    description: 'Studies that come with the platform, see docs/study.md. `Project.study` says what is there for one.',
    access: 'narrowed',
    resolve: async () =>
      Promise.all((await knownRecipes()).map(async (name) => ({ name, recipe: await readRecipe(name) }))),
  }),
);

const StudyFileRef = builder.objectRef<NeededFile>('StudyFile').implement({
  description: 'A file that a model or restoration of a study needs.',
  fields: (t) => ({
    place: t.exposeString('place', { description: 'Where in the spec it belongs, such as `weights`.' }),
    path: t.exposeString('path', { description: 'Where the command looks for it, below the folder of the weights.' }),
    url: t.exposeString('url', { nullable: true, description: 'Public address; none where it is yours.' }),
    sha256: t.exposeString('sha256', { nullable: true, description: 'As published; none where nobody publishes it.' }),
  }),
});

interface Part<Entry> {
  entry: Entry;
  configId: bigint | null;
}

const digestsOf = (files: readonly (typeof PresetFileInput.$inferInput)[]): Map<string, string> =>
  new Map(files.map(({ place, digest }, i) => [place, parseInput(digestSchema, digest, `files.${i}.digest`)]));

const StudyModelRef = builder.objectRef<Part<RecipeModel>>('StudyModel').implement({
  description: 'A model of a study.',
  fields: (t) => ({
    name: t.string({ description: 'Under which it is registered.', resolve: ({ entry }) => entry.name }),
    get: t.string({
      nullable: true,
      description: 'Where its files come from, or how they are trained.',
      resolve: ({ entry }) => entry.get,
    }),
    preset: t.string({
      nullable: true,
      description: 'The preset that it is made of.',
      resolve: ({ entry }) => presetOf(entry)?.name,
    }),
    folder: t.boolean({
      description: 'It is a folder of files, some of which only its graphs name.',
      resolve: ({ entry }) => presetOf(entry)?.folder ?? entry.folder !== undefined,
    }),
    files: t.field({ type: [StudyFileRef], description: 'What it needs.', resolve: ({ entry }) => filesOf(entry) }),
    spec: t.field({
      type: 'JSON',
      description: 'What createModelConfig takes as `spec`. It is not checked here.',
      args: { files: t.arg({ type: [PresetFileInput], required: true, description: 'Uploaded before.' }) },
      resolve: ({ entry }, { files }) => specOf(entry, digestsOf(files)),
    }),
    config: t.prismaField({
      type: ModelConfigRef,
      nullable: true,
      description: 'The newest of its name, where the project has one.',
      resolve: (query, { configId }, _args, { database }) =>
        configId === null ? null : database.prisma.modelConfig.findUnique({ ...query, where: { id: configId } }),
    }),
  }),
});

const StudyRestorationRef = builder.objectRef<Part<RecipeRestoration>>('StudyRestoration').implement({
  description: 'A restoration of a study.',
  fields: (t) => ({
    name: t.string({ description: 'Under which it is registered.', resolve: ({ entry }) => entry.name }),
    get: t.string({ nullable: true, description: 'Where its files come from.', resolve: ({ entry }) => entry.get }),
    files: t.field({ type: [StudyFileRef], description: 'What it needs.', resolve: ({ entry }) => filesOf(entry) }),
    steps: t.field({
      type: 'JSON',
      description: 'What createRestorationConfig takes as `steps`. They are not checked here.',
      args: { files: t.arg({ type: [PresetFileInput], required: true, description: 'Uploaded before.' }) },
      resolve: ({ entry }, { files }) => stepsOf(entry, digestsOf(files)),
    }),
    config: t.prismaField({
      type: RestorationConfigRef,
      nullable: true,
      description: 'The newest of its name, where the project has one.',
      resolve: (query, { configId }, _args, { database }) =>
        configId === null ? null : database.prisma.restorationConfig.findUnique({ ...query, where: { id: configId } }),
    }),
  }),
});

const StudyRef = builder.objectRef<StudyState>('Study').implement({
  description: 'A study, and what of it a project has.',
  fields: (t) => ({
    recipe: t.field({
      type: 'JSON',
      description: 'As startStudy takes it.',
      resolve: ({ recipe }) => recipe,
    }),
    title: t.string({ description: 'Of its experiment.', resolve: ({ recipe }) => studyName(recipe) }),
    about: t.string({ description: 'Its question.', resolve: ({ recipe }) => recipe.about }),
    dataset: t.string({ description: 'Name of its dataset.', resolve: ({ recipe }) => recipe.dataset.name }),
    version: t.string({
      description: "Name of the dataset's version.",
      resolve: ({ recipe }) => recipe.dataset.version,
    }),
    split: t.field({
      type: SplitEnum,
      nullable: true,
      description: 'None: all samples.',
      resolve: ({ recipe }) => recipe.split,
    }),
    seeds: t.intList({ description: 'Each is a run of its own.', resolve: ({ recipe }) => recipe.seeds }),
    published: t.int({
      description: 'Figures of others that stand beside its own.',
      resolve: ({ recipe }) => recipe.published.length,
    }),
    datasetVersion: t.prismaField({
      type: 'DatasetVersion',
      nullable: true,
      description: 'Where the project has it.',
      resolve: (query, { datasetVersionId: id }, _args, { database }) =>
        id === null ? null : database.prisma.datasetVersion.findUnique({ ...query, where: { id } }),
    }),
    experiment: t.prismaField({
      type: 'Experiment',
      nullable: true,
      description: 'Where it was started before.',
      resolve: (query, { experimentId: id }, _args, { database }) =>
        id === null ? null : database.prisma.experiment.findUnique({ ...query, where: { id } }),
    }),
    models: t.field({
      type: [StudyModelRef],
      description: 'In the order of the recipe.',
      resolve: ({ recipe, models }) => recipe.models.map((entry, i) => ({ entry, configId: models[i]! })),
    }),
    restorations: t.field({
      type: [StudyRestorationRef],
      description: 'In the order of the recipe.',
      resolve: ({ recipe, restorations }) =>
        recipe.restorations.map((entry, i) => ({ entry, configId: restorations[i]! })),
    }),
  }),
});

builder.prismaObjectField('Project', 'study', (t) =>
  t.field({
    type: StudyRef,
    nullable: true,
    description: 'What the project has of a study, and what is missing; none where no recipe is named.',
    complexity: 20,
    args: {
      name: t.arg.string({ description: 'One of `studyRecipes`.' }),
      written: t.arg.string({ description: 'Instead, a recipe of your own in YAML.' }),
    },
    select: { id: true },
    resolve: async ({ id }, { name, written }, { database }) => {
      if (written != null) return readStudy(database, id, parseRecipe(checked(written), 'recipe'));
      return name == null ? null : readStudy(database, id, await known(name));
    },
  }),
);

/** Only those that come with the platform: a name is no path of the server. */
async function known(name: string): Promise<StudyRecipe> {
  const names = await knownRecipes();
  if (names.includes(name)) return readRecipe(name);
  throw new InvalidInput(
    problem('NOT_FOUND', 'There is no such recipe.', {
      place: 'name',
      value: name,
      mend: `Name one of ${names.join(', ')}, or send one of your own as 'written'.`,
    }),
  );
}

function checked(written: string): string {
  if (written.length <= RECIPE_CHARACTERS) return written;
  throw new InvalidInput(
    problem('TOO_LARGE', `The recipe has ${written.length} characters.`, {
      place: 'recipe',
      mend: `It may have ${RECIPE_CHARACTERS}. Weights are uploaded by themselves.`,
    }),
  );
}

const StartStudyInput = builder.inputType('StartStudyInput', {
  description: 'A study to be started, or to be gone on with.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Such as Project_1.' }),
    recipe: t.field({ type: 'JSON', required: true, description: 'As `Study.recipe` gives it.' }),
    datasetVersionId: t.id({ required: true, description: 'Such as DatasetVersion_1.' }),
    split: t.field({ type: SplitEnum, description: "The recipe's unless given." }),
    modelConfigIds: t.idList({ required: true, description: 'What is compared, such as ModelConfig_1.' }),
    restorationConfigIds: t.idList({ required: true, description: 'And with which, such as RestorationConfig_1.' }),
  }),
});

const StartStudyPayload = builder.objectRef<Awaited<ReturnType<typeof startStudy>>>('StartStudyPayload').implement({
  description: 'The study that was started.',
  fields: (t) => ({
    experiment: t.prismaField({
      type: 'Experiment',
      description: 'Its runs, and its report, are here.',
      resolve: (query, { experimentId: id }, _args, { database }) =>
        database.prisma.experiment.findUniqueOrThrow({ ...query, where: { id } }),
    }),
    runIds: t.idList({
      description: 'The newest run of each combination, queued now or found.',
      resolve: ({ runIds }) => runIds.map((id) => `Run_${id}`),
    }),
  }),
});

builder.mutationField('startStudy', (t) =>
  t.field({
    type: StartStudyPayload,
    description:
      "Makes a study's experiment with its published figures, and queues the runs that are not there yet. Again, it goes on where it was.",
    errors: {},
    args: { input: t.arg({ type: StartStudyInput, required: true, description: 'What to start.' }) },
    resolve: async (_root, { input }, context) =>
      startStudy(context, {
        projectId: rowNumber(input.projectId, 'Project', 'input.projectId'),
        recipe: parseInput(studyRecipe, input.recipe, 'input.recipe'),
        datasetVersionId: rowNumber(input.datasetVersionId, 'DatasetVersion', 'input.datasetVersionId'),
        ...(input.split == null ? {} : { split: input.split }),
        modelConfigIds: input.modelConfigIds.map((id, i) =>
          String(rowNumber(id, 'ModelConfig', `input.modelConfigIds.${i}`)),
        ),
        restorationConfigIds: input.restorationConfigIds.map((id, i) =>
          String(rowNumber(id, 'RestorationConfig', `input.restorationConfigIds.${i}`)),
        ),
      }),
  }),
);
