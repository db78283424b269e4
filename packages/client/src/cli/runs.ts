import { InvalidArgumentError, type Command } from 'commander';
import type { SamplewiseClient } from '../client.ts';
import { globalId } from '../ids.ts';
import type { Run } from '../runs.ts';
import type { RunRow } from '../search.ts';
import { connect, connectToProject, type ProjectOptions } from './connect.ts';
import { figure } from './figure.ts';
import { showProgress } from './progress.ts';
import { note, noteProblems, print } from './terminal.ts';

interface ListOptions extends ProjectOptions {
  search?: string;
  order?: string;
  limit: number;
  param: string[];
  metric: string[];
}

const texts = (value: string, before: string[]): string[] => [...before, value];
const LIMIT = 10_000;
const count = (value: string): number => {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= LIMIT) return number;
  throw new InvalidArgumentError(`It is a whole number from 1 to ${LIMIT}.`);
};

export function addRunCommands(program: Command, projectOptions: (command: Command) => Command): void {
  const runs = program.command('runs').description('executions of a model');
  projectOptions(runs.command('list'))
    .description('runs of a project, one to a line, with tabs between their values')
    .option('--search <text>', "such as 'accuracy > 0.8 and tag.stage = final'; see docs/search.md")
    .option('--order <text>', "such as 'metric.loss.min, created desc'; newest first unless given")
    .option('--limit <number>', 'how many at most', count, 100)
    .option('--param <key>', 'a column; may be repeated', texts, [])
    .option('--metric <key>', 'a column; may be repeated', texts, [])
    .action(list);
  runs
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

async function list({ search, order, limit, param: params, metric: metrics, ...of }: ListOptions): Promise<void> {
  const { client, project } = await connectToProject(of);
  const given = { ...(search === undefined ? {} : { search }), ...(order === undefined ? {} : { order }) };
  const rows = await client.listRuns({ projectId: project.id, ...given, limit, params, metrics });
  print(['id', 'status', 'name', ...params, ...metrics].join('\t'));
  for (const row of rows) print(cells(row).join('\t'));
}

/** Blanks of a value would be taken for the end of its cell or line. */
const cells = ({ id, status, name, paramValues, metricValues }: RunRow): string[] =>
  [id, status, name, ...paramValues, ...metricValues].map((cell) => String(cell ?? '').replace(/\s+/g, ' '));

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
  if (run.training?.modelConfig) {
    const { id, name, version } = run.training.modelConfig;
    print(`  trained ${name}@${version}  ${id}`);
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
