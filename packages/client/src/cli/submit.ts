import type { Command } from 'commander';
import { globalId } from '../ids.ts';
import type { Submission } from '../submissions.ts';
import { connect } from './connect.ts';
import { figure } from './figure.ts';
import { note, noteProblems, print } from './terminal.ts';

interface SubmitCommand {
  name: string;
  note?: string;
  key?: string;
  wait: boolean;
}

export function addSubmitCommand(program: Command): void {
  program
    .command('submit')
    .description('enter a competition: send predictions of all its samples, and wait for the score on the public part')
    .argument('<leaderboard>', 'its id, such as 12')
    .argument('<file>', 'CSV, NDJSON or Parquet; see docs/leaderboards.md')
    .requiredOption('--name <name>', 'of what has predicted, such as the model')
    .option('--note <text>', 'Markdown')
    .option('--key <key>', 'your own name for it; the same file under the same name is sent once unless given')
    .option('--no-wait', 'do not wait for the score')
    .action(send);
}

async function send(leaderboard: string, file: string, { wait, ...options }: SubmitCommand): Promise<void> {
  const client = connect();
  const leaderboardId = globalId('Leaderboard', leaderboard);
  const { submission, repeated } = await client.submit({ leaderboardId, file, ...options });
  if (repeated) note('These predictions were sent before under this key; nothing was counted.');
  report(wait ? await client.waitForSubmission(submission.id) : submission);
}

function report({ id, number, name, status, predictionsDigest, failure, leaderboard, ...scores }: Submission): void {
  print(`${id}  ${name}  ${status}  number ${number} of yours  sha256 ${predictionsDigest.slice(0, 12)}`);
  if (failure) noteProblems([failure]);
  if (status === 'FAILED') process.exitCode = 1;
  if (scores.publicScore) print(`  public part   ${leaderboard.metric} ${figure(scores.publicScore)}`);
  if (scores.privateScore) print(`  private part  ${leaderboard.metric} ${figure(scores.privateScore)}`);
  if (status === 'RECEIVED') note('  It waits to be scored.');
  if (!leaderboard.competition) return;
  const { submissionsLeft, resetsAt } = leaderboard.competition.viewer;
  print(`  ${submissionsLeft} more today; the next day begins at ${resetsAt}`);
}
