import { SPLITS, type Split } from '@samplewise/domain';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { SamplewiseClient } from '../client.ts';
import type { Project } from '../projects.ts';
import { connectToProject, type ProjectOptions } from './connect.ts';
import { followRuns } from './runs.ts';
import { print } from './terminal.ts';

interface ProbeOptions extends ProjectOptions {
  dataset: string;
  version?: string;
  model: string;
  restoration?: string;
  features?: string;
  experiment?: string;
  name?: string;
  trainSplit?: Split;
  validation?: Validation;
  l2?: number;
  classWeights?: 'uniform' | 'balanced';
  standardise: boolean;
  maxIterations?: number;
  patience?: number;
  seed?: number;
  wait: boolean;
}

type Validation = { validationSplit: Split } | { validationShare: number };

const number = (text: string): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It is a number.');
};

/** `VALIDATION`, `0.2`, `none` */
function validation(text: string): Validation {
  if (text === 'none') return { validationShare: 0 };
  const split = SPLITS.find((name) => name === text.toUpperCase());
  return split ? { validationSplit: split } : { validationShare: number(text) };
}

export function addProbeCommand(program: Command, projectOptions: (command: Command) => Command): void {
  projectOptions(program.command('probe'))
    .description('train a linear classifier on the features of a model, and register both together as a model')
    .requiredOption('--dataset <name>', 'name or slug')
    .option('--version <name>', 'of the dataset; the newest unless given')
    .requiredOption('--model <name[@version]>', 'whose features are taken')
    .option('--restoration <name[@version]>', 'of the images before; none unless given')
    .option('--features <tensor>', "of the model's graph; what its last dense layer is given unless named")
    .option('--name <name>', "of the trained model; the model's with -probe unless given")
    .option('--experiment <name>', 'where the run belongs; made where there is none')
    .addOption(new Option('--train-split <split>', 'samples to learn from; TRAIN unless given').choices(SPLITS))
    .option('--validation <split|share|none>', 'samples to stop by: VALIDATION, 0.2 of each class', validation)
    .option('--l2 <number>', 'strength of the penalty on the weights; 0.001 unless given', number)
    .addOption(new Option('--class-weights <how>', 'uniform unless given').choices(['uniform', 'balanced']))
    .option('--no-standardise', 'take features as they are')
    .option('--max-iterations <number>', '500 unless given', number)
    .option('--patience <number>', 'iterations without a lower validation loss; 20 unless given', number)
    .option('--seed <number>', 'of what is held out; 0 unless given', number)
    .option('--no-wait', 'only queue it')
    .action(probe);
}

async function probe(options: ProbeOptions): Promise<void> {
  const { client, project } = await connectToProject(options);
  const { features, name: modelName, trainSplit, l2, maxIterations, patience, seed, standardise } = options;
  const restoration =
    options.restoration === undefined ? undefined : await client.restorationConfig(project, options.restoration);
  const { id: modelConfigId } = await client.modelConfig(project, options.model);
  const given = { features, modelName, trainSplit, l2, maxIterations, patience, seed };
  const run = await client.trainProbe({
    experimentId: await ensureExperiment(client, project, options),
    modelConfigId,
    standardise,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(restoration ? { restorationConfigId: restoration.id } : {}),
    ...options.validation,
    ...(options.classWeights === undefined ? {} : { classWeights: CLASS_WEIGHTS[options.classWeights] }),
  });
  if (options.wait) await followRuns(client, [run]);
  else print(`${run.id}  ${run.name}`);
}

const CLASS_WEIGHTS = { uniform: 'UNIFORM', balanced: 'BALANCED' } as const;

/** The named experiment, or one for the probes of this dataset version. */
async function ensureExperiment(
  client: SamplewiseClient,
  project: Project,
  { dataset, version, experiment }: ProbeOptions,
): Promise<string> {
  const of = await client.datasetVersion(project, dataset, version);
  const name = experiment ?? `Linear probes on ${dataset} ${of.name}`;
  const present = await client.experiment(project, name);
  if (present) return present.id;
  return (await client.createExperiment({ projectId: project.id, name, datasetVersionId: of.id })).id;
}
