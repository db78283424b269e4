import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { SPLITS, type Split } from '@samplewise/domain';
import { globalId } from '../ids.ts';
import { connect, connectToProject, type ProjectOptions } from './connect.ts';
import { followRuns } from './runs.ts';
import { print } from './terminal.ts';

interface CreateOptions extends ProjectOptions {
  name: string;
  description?: string;
  dataset: string;
  version?: string;
  split?: Split;
  model: string[];
  restoration: string[];
  seed: number[];
}

const texts = (value: string, before: string[] = []): string[] => [...before, value];
const numbers = (value: string, before: number[] = []): number[] => {
  if (!/^\d{1,10}$/.test(value)) throw new InvalidArgumentError('A seed is a whole number from 0.');
  return [...before, Number(value)];
};

export function addExperimentCommands(program: Command, projectOptions: (command: Command) => Command): void {
  const experiments = program.command('experiments').description('questions and their runs');
  projectOptions(experiments.command('create'))
    .description('make an experiment with a plan: every model with every restoration and every seed')
    .requiredOption('--name <name>', 'unique within the project')
    .option('--description <text>', 'the question')
    .requiredOption('--dataset <name>', 'name or slug')
    .option('--version <name>', 'of the dataset; the newest unless given')
    .addOption(new Option('--split <split>', 'all samples unless given').choices(SPLITS))
    .requiredOption('--model <name[@version]>', 'may be repeated', texts)
    .option('--restoration <name[@version]>', "may be repeated; 'none' unless given", texts)
    .option('--seed <number>', 'may be repeated; 0 unless given', numbers)
    .action(create);
  experiments
    .command('run')
    .description("queue the plan's runs and wait for them; exit code 1 when one has not finished")
    .argument('<experiment>', 'its id, such as 12')
    .option('--no-wait', 'only queue them')
    .action(run);
}

async function create(options: CreateOptions): Promise<void> {
  const { client, project } = await connectToProject(options);
  const version = await client.datasetVersion(project, options.dataset, options.version);
  const idsOf = (configs: Promise<{ id: string }>[]): Promise<string[]> =>
    Promise.all(configs).then((found) => found.map(({ id }) => id));
  const restorations = (options.restoration as string[] | undefined) ?? ['none'];
  const experiment = await client.createExperiment({
    projectId: project.id,
    name: options.name,
    ...(options.description === undefined ? {} : { description: options.description }),
    datasetVersionId: version.id,
    ...(options.split ? { split: options.split } : {}),
    plan: {
      modelConfigIds: await idsOf(options.model.map((name) => client.modelConfig(project, name))),
      restorationConfigIds: await idsOf(restorations.map((name) => client.restorationConfig(project, name))),
      ...((options.seed as number[] | undefined) ? { seeds: options.seed } : {}),
    },
  });
  print(`${experiment.id}  ${experiment.name}`);
}

async function run(id: string, { wait }: { wait: boolean }): Promise<void> {
  const client = connect();
  const runs = await client.queueRuns(globalId('Experiment', id));
  if (wait) await followRuns(client, runs);
  else for (const { id: runId, name } of runs) print(`${runId}  ${name}`);
}
