import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { DATASET_FORMATS, InvalidInput, SPLITS, type DatasetFormat, type Split } from '@samplewise/domain';
import type { SamplewiseClient } from '../client.ts';
import type { DatasetImport } from '../datasets.ts';
import { detectFileFormat, formatOfPaths } from '../detect-format.ts';
import { packFolder } from '../pack-folder.ts';
import type { Project } from '../projects.ts';
import { connectToProject, type ProjectOptions } from './connect.ts';
import { showProgress } from './progress.ts';
import { note, noteProblems, print } from './terminal.ts';

interface ImportOptions extends ProjectOptions {
  dataset: string;
  version: string;
  format: DatasetFormat | 'auto';
  hideLabels?: Split[];
}

export function addDatasetCommands(program: Command, projectOptions: (command: Command) => Command): void {
  const datasets = program.command('datasets').description('labelled images in immutable versions');
  projectOptions(datasets.command('import'))
    .description('read a file or a folder of labelled images into a new version')
    .argument('<path>', 'fer2013.csv[.gz], a zip, tar or tar.gz, or a folder')
    .requiredOption('--dataset <name>', 'made if there is none')
    .requiredOption('--version <name>', 'unique within the dataset')
    .addOption(new Option('--format <format>', 'how to read it').choices(['auto', ...DATASET_FORMATS]).default('auto'))
    .addOption(
      new Option('--hide-labels <split...>', 'whose labels only admins and owners of the team see').choices(SPLITS),
    )
    .action(importFile);
}

async function importFile(source: string, options: ImportOptions): Promise<void> {
  const { client, project } = await connectToProject(options);
  report(await sendAndImport(client, project, source, options));
}

/**
 * Imports a file or a folder, with its progress shown.
 * @throws InvalidInput with what is wrong with it
 */
export async function importInto(
  client: SamplewiseClient,
  project: Project,
  source: string,
  names: { dataset: string; version: string },
) {
  const ended = await sendAndImport(client, project, source, { ...names, format: 'auto' });
  const { datasetVersion, problems } = ended;
  if (datasetVersion) return { ...ended, datasetVersion };
  const [first, ...more] = problems;
  throw first ? new InvalidInput(first, ...more) : new Error(`${source} could not be imported.`);
}

async function sendAndImport(
  client: SamplewiseClient,
  project: Project,
  source: string,
  options: Pick<ImportOptions, 'dataset' | 'version' | 'format' | 'hideLabels'>,
): Promise<DatasetImport> {
  const { format, digest } = await send(client, source, options.format);
  const queued = await client.importDataset({
    projectId: project.id,
    dataset: options.dataset,
    version: options.version,
    format,
    fileName: path.basename(path.resolve(source)),
    uploadDigest: digest,
    ...(options.hideLabels && { hiddenSplits: options.hideLabels }),
  });
  const progress = showProgress('Reading', 'samples');
  const ended = await client.waitForImport(queued.id, {
    onProgress: ({ samplesDone, samplesTotal }) => progress.update(samplesDone, samplesTotal ?? undefined),
  });
  progress.end();
  return ended;
}

async function send(
  client: SamplewiseClient,
  source: string,
  wanted: DatasetFormat | 'auto',
): Promise<{ format: DatasetFormat; digest: string }> {
  const progress = showProgress('Sending', 'MB');
  const update = (sent: number, total: number | undefined): void =>
    progress.update(sent / 1e6, total === undefined ? undefined : total / 1e6);
  try {
    if ((await stat(source)).isDirectory()) {
      const { stream, paths, bytes } = await packFolder(source);
      const format = wanted === 'auto' ? formatOfPaths(paths) : wanted;
      const { digest } = await client.upload(stream, (sent) => update(sent, bytes));
      return { format, digest };
    }
    const format = wanted === 'auto' ? await detectFileFormat(source) : wanted;
    const { digest } = await client.upload(source, update);
    return { format, digest };
  } finally {
    progress.end();
  }
}

function report({ status, datasetVersion, problems, problemCount, alreadyExisted, ...row }: DatasetImport): void {
  if (status === 'FAILED' || !datasetVersion) {
    note(`${row.fileName} can not be imported: ${problemCount} ${problemCount === 1 ? 'problem' : 'problems'}.`);
    noteProblems(problems, problemCount);
    process.exitCode = 1;
    return;
  }
  if (alreadyExisted) note(`This content is there already, as version '${datasetVersion.name}'.`);
  const { id, name, sampleCount, digest } = datasetVersion;
  print(`${id}  ${row.datasetName} ${name}  ${sampleCount} samples  ${digest.slice(0, 12)}`);
}
