import type { Command } from 'commander';
import { globalId } from '../ids.ts';
import { connect } from './connect.ts';
import { showProgress } from './progress.ts';
import { print } from './terminal.ts';

export function addArtifactCommands(program: Command): void {
  const artifacts = program.command('artifacts').description('files of a run');
  artifacts
    .command('upload')
    .description('log a file, or all files of a folder; large ones go on where a lost connection left them')
    .argument('<run>', 'its id, such as 12')
    .argument('<path>', 'a file or a folder')
    .option('--to <folder>', 'of the run; at the top unless given')
    .action(send);
  artifacts
    .command('download')
    .description('fetch a file or a folder')
    .argument('<run>', 'its id, such as 12')
    .argument('[path]', 'of a file or folder; all of them unless given', '')
    .option('--out <folder>', 'made if it is not there', '.')
    .action(fetchFiles);
  artifacts
    .command('list')
    .description('files with their sizes')
    .argument('<run>', 'its id, such as 12')
    .argument('[folder]', 'all files unless given')
    .action(list);
}

async function send(run: string, source: string, { to }: { to?: string }): Promise<void> {
  const progress = showProgress('Sending', 'MB');
  try {
    const artifacts = await connect().uploadArtifacts(globalId('Run', run), source, {
      ...(to === undefined ? {} : { to }),
      onProgress: (sent, total) => progress.update(sent / 1e6, total === undefined ? undefined : total / 1e6),
    });
    for (const { path, version } of artifacts) print(`${path}  version ${version}`);
  } finally {
    progress.end();
  }
}

async function fetchFiles(run: string, path: string, { out }: { out: string }): Promise<void> {
  for (const file of await connect().downloadArtifacts(globalId('Run', run), path, out)) print(file);
}

async function list(run: string, folder?: string): Promise<void> {
  for (const { path, size, artifact } of await connect().artifacts(globalId('Run', run), folder)) {
    print(`${path}  ${size} bytes  version ${artifact.version}`);
  }
}
