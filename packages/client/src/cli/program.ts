import { Command } from 'commander';
import { DEFAULT_URL } from '../config.ts';
import { addArtifactCommands } from './artifacts.ts';
import { addConfigCommands } from './configs.ts';
import { addDatasetCommands } from './datasets.ts';
import { addExperimentCommands } from './experiments.ts';
import { addLogCommand } from './logs.ts';
import { addProbeCommand } from './probe.ts';
import { addRunCommands } from './runs.ts';
import { addStudyCommand } from './study.ts';
import { addSubmitCommand } from './submit.ts';

/** The `samplewise` command with all its parts. */
export function buildProgram(): Command {
  const program = new Command('samplewise')
    .description('Evaluate models, sample by sample.')
    .addHelpText('after', `\nSAMPLEWISE_URL is the API's address (${DEFAULT_URL}), SAMPLEWISE_TOKEN your token.`)
    .showHelpAfterError('Try --help.');
  addDatasetCommands(program, withProject);
  addConfigCommands(program, withProject);
  addExperimentCommands(program, withProject);
  addProbeCommand(program, withProject);
  addRunCommands(program, withProject);
  addLogCommand(program);
  addArtifactCommands(program);
  addStudyCommand(program);
  addSubmitCommand(program);
  return program;
}

function withProject(command: Command): Command {
  return command
    .requiredOption('--project <slug>', "the project's name in addresses")
    .option('--team <slug>', "the team's name in addresses", 'local');
}
