import type { Command } from 'commander';
import type { SamplewiseClient } from '../client.ts';
import { globalId } from '../ids.ts';
import type { Estimate, Run } from '../runs.ts';
import { connect } from './connect.ts';
import { showProgress } from './progress.ts';
import { note, noteProblems, print } from './terminal.ts';

export function addRunCommands(program: Command): void {
  program
    .command('runs')
    .description('executions of a model')
    .command('show')
    .description('how a run is doing, or what came of it; exit code 1 when it has failed')
    .argument('<run>', 'its id, such as 12')
    .option('--wait', 'until it has ended')
    .action(show);
}

async function show(id: string, { wait = false }: { wait?: boolean }): Promise<void> {
  const client = connect();
  const runId = globalId('Run', id);
  if (wait) await followRuns(client, [await client.run(runId)]);
  else reportRun(await client.run(runId));
}

/** Waits for runs, which executors take in this order, and reports each as it ends. */
export async function followRuns(client: SamplewiseClient, runs: readonly Run[]): Promise<void> {
  for (const { id, name } of runs) {
    const progress = showProgress(name, 'samples');
    const ended = await client.waitForRun(id, {
      onProgress: ({ sampleDone, sampleTotal }) => progress.update(sampleDone, sampleTotal),
    });
    progress.end();
    reportRun(ended);
  }
}

function reportRun(run: Run): void {
  print(`${run.id}  ${run.name}  ${run.status}  ${run.sampleDone}/${run.sampleTotal} samples`);
  if (run.status === 'FAILED' || run.status === 'CANCELED') process.exitCode = 1;
  if (run.failure) noteProblems([run.failure]);
  if (run.evaluation) {
    const { accuracy, balancedAccuracy, macroF1 } = run.evaluation;
    print(`  accuracy ${figure(accuracy)}  balanced accuracy ${figure(balancedAccuracy)}  macro F1 ${figure(macroF1)}`);
  }
  if (run.samplesPerSecond !== null) print(`  ${run.samplesPerSecond.toFixed(1)} samples/s of inference`);
  for (const { phase, wallSeconds, cpuSeconds, samples, cached } of run.phaseCosts) {
    const reused = cached > 0 ? `, ${cached} from the cache` : '';
    print(
      `  ${phase.toLowerCase().padEnd(13)} ${wallSeconds.toFixed(2)} s wall, ${cpuSeconds.toFixed(2)} s CPU, ${samples} samples${reused}`,
    );
  }
  if (run.status === 'QUEUED') note('  It waits for an executor.');
}

/** Such as `0.7060 [0.6909, 0.7207]`. */
function figure({ value, low, high, undefinedReason }: Estimate): string {
  if (value === null) return `undefined (${undefinedReason ?? 'no reason given'})`;
  const interval = low === null || high === null ? '' : ` [${low.toFixed(4)}, ${high.toFixed(4)}]`;
  return `${value.toFixed(4)}${interval}`;
}
