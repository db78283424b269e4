import { InvalidInput, problem, SPLITS, type Split } from '@samplewise/domain';
import { knownRecipes, readRecipe, type StudyRecipe } from '@samplewise/studies';
import { Option, type Command } from 'commander';
import { readCacheFolder } from '../config.ts';
import { bareId } from '../ids.ts';
import { takeInventory, type Inventory, type Stocked } from '../study/inventory.ts';
import { startStudy } from '../study/run-study.ts';
import { connect } from './connect.ts';
import { importInto } from './datasets.ts';
import { fetchShown } from './presets.ts';
import { showProgress } from './progress.ts';
import { followRuns } from './runs.ts';
import { note, print } from './terminal.ts';

interface StudyOptions {
  data?: string;
  models: string;
  project?: string;
  team: string;
  split?: Split;
  download: boolean;
  out: string;
  page?: string;
  wait: boolean;
}

export function addStudyCommand(program: Command): void {
  program
    .command('study')
    .description('run a whole study of a recipe, or go on with it, and write its report')
    .argument('<recipe>', 'fer2013, demo, or a YAML file of yours')
    .option('--data <path>', 'the dataset, where it is not imported yet: fer2013.csv, an archive or a folder')
    .option('--models <folder>', "where the recipe's weights are", 'models')
    .option('--project <slug>', "made if there is none; the recipe's name unless given")
    .option('--team <slug>', "the team's name in addresses", 'local')
    .addOption(new Option('--split <split>', "instead of the recipe's").choices(SPLITS))
    .option('--download', 'get what is missing and has a public address; some of it is gigabytes', false)
    .option('--out <folder>', 'for the report', 'report')
    .option('--page <url>', "of the platform's page, which the report's figures lead to", 'http://127.0.0.1:3000')
    .option('--no-wait', 'only queue the runs')
    .addHelpText('after', '\nWithout --data and weights it says what is missing and where to put it.')
    .action(study);
}

async function study(name: string, options: StudyOptions): Promise<void> {
  const recipe = await readRecipe(name);
  note(`${recipe.title}\n`);
  const cacheFolder = readCacheFolder();
  const inventory = await takeInventory(
    recipe,
    options.models,
    options.download ? (file) => fetchShown(cacheFolder, file) : undefined,
  );
  tellInventory(inventory, options);
  const client = connect();
  const slug = options.project ?? (await projectName(name));
  const started = await startStudy(client, recipe, inventory, {
    project: slug,
    team: options.team,
    ...(options.split ? { split: options.split } : {}),
    note,
    sending: () => {
      const progress = showProgress('Sending', 'MB');
      return {
        onProgress: (sent, total) => progress.update(sent / 1e6, total === undefined ? undefined : total / 1e6),
        end: () => progress.end(),
      };
    },
    importDataset: async (project) => {
      if (options.data === undefined) throw noData(recipe);
      const { datasetVersion } = await importInto(client, project, options.data, {
        dataset: recipe.dataset.name,
        version: recipe.dataset.version,
      });
      return datasetVersion.id;
    },
  });
  note(`\n${started.runIds.length} runs: ${options.page ?? ''}/experiments/${bareId(started.experiment.id)}`);
  if (!options.wait) return;
  await followRuns(client, await Promise.all(started.runIds.map((id) => client.run(id))));
  const files = await client.downloadReport(started.experiment.id, options.out, options.page);
  for (const file of files) print(file);
}

/** `fer2013` for the recipe of that name; a file's name without its ending for one of yours. */
async function projectName(recipe: string): Promise<string> {
  if ((await knownRecipes()).includes(recipe)) return recipe;
  const base = recipe
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\.ya?ml$/i, '');
  return (
    base
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 64) || 'study'
  );
}

function noData({ dataset }: StudyRecipe): InvalidInput {
  return new InvalidInput(
    problem('MISSING_FILE', `The project does not have '${dataset.name}', version '${dataset.version}', yet.`, {
      place: '--data',
      mend: 'Name its file, such as --data fer2013.csv.',
    }),
  );
}

/** What is there, and what to download or train, and where to put it. */
function tellInventory({ models, restorations }: Inventory, { download }: StudyOptions): void {
  const all: Stocked<{ name: string; get?: string | undefined }>[] = [...models, ...restorations];
  for (const { entry, missing } of all) note(`${missing.length === 0 ? '  there   ' : '  MISSING '} ${entry.name}`);
  const absent = all.filter(({ missing }) => missing.length > 0);
  for (const { entry, missing } of absent) {
    note(`\n${entry.name} is left out. It needs:`);
    for (const { file } of missing) note(`  ${file}`);
    if (entry.get !== undefined) note(`  ${entry.get.trim().replaceAll('\n', '\n  ')}`);
  }
  if (absent.length > 0) {
    note(`\nThe study runs with what is there${download ? '' : '; --download gets what has a public address'}.`);
    note('Start it again when more is: it adds what is new.\n');
  }
}
