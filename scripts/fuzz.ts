import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startApi, type ApiUnderTest } from './bench/api.ts';
import { benchProject } from './bench/project.ts';
import { pythonWith } from './bench/python.ts';
import { ROOT } from './start/config.ts';
import { runToEnd } from './test/command.ts';

/**
 * `npm run fuzz` lets schemathesis make operations out of the printed schema for ten minutes, `npm run fuzz -- 60` for
 * one: no answer may be a 5xx, an error that nobody expected or one that shows the inside, the API must live on, its log
 * must have no unexpected error, and its memory must not grow without bound.
 */
const SECONDS = Number(process.argv[2] ?? 600);
const MEMORY_LIMIT_MB = 600;
const SAMPLES = 50;
const CLASSES = 3;
const FUZZ = path.join(ROOT, 'scripts/fuzz');

const python = await pythonWith(path.join(FUZZ, 'requirements.txt'));
const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-fuzz-'));
const problems: string[] = [];
let log = '';
const api = await startApi({ NODE_ENV: 'production' }, (text) => (log += text));
try {
  const schema = path.join(folder, 'schema.graphql');
  // Ids are made by scripts/fuzz/hooks.py, which may not change a scalar of GraphQL's own; literals tell no difference.
  const printed = await readFile(path.join(ROOT, 'apps/api/schema.graphql'), 'utf8');
  await writeFile(schema, `${printed.replaceAll(/\bID\b/g, 'GlobalId')}\nscalar GlobalId\n`);
  const ids = await fill(api);
  const memory = watchMemory(api.pid);
  const { code } = await runToEnd(
    python,
    [
      ...['-m', 'schemathesis.cli', 'run', schema, '--url', `${api.url}/graphql`, '--checks', 'answers_as_promised'],
      ...['--phases', 'fuzzing', '--max-time', String(SECONDS), '--continue-on-failure', '--no-color'],
      ...['--suppress-health-check', 'all', '--output-truncate', 'true'],
    ],
    { env: { SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: FUZZ, FUZZ_IDS: JSON.stringify(ids) }, show: true },
  );
  if (code !== 0) problems.push(`schemathesis ended with ${code}`);
  const { peak, minutes } = memory.stop();
  console.log(`  memory of the API: ${peak} MB at most; by minute ${minutes.join(', ')} MB`);
  if (peak > MEMORY_LIMIT_MB) problems.push(`the API took ${peak} MB, more than ${MEMORY_LIMIT_MB}`);
  await api.ask('{ projects(first: 1) { edges { node { id } } } }').catch((error: unknown) => {
    problems.push(`the API does not answer any more: ${(error as Error).message}`);
  });
} finally {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
}
if (log !== '') problems.push(`the API's log has errors:\n${log.slice(0, 5000)}`);
for (const problem of problems) console.error(`✗ ${problem}`);
if (problems.length > 0) process.exitCode = 1;
else console.log('✓ every answer was as promised');
process.channel?.unref();

/** One of everything, so that operations have something to meet. @returns ids of it */
async function fill(api: ApiUnderTest): Promise<string[]> {
  const { database } = api;
  const { projectId, versionId, experiment } = await benchProject(database, SAMPLES, CLASSES);
  const experimentId = await experiment('fuzzed', versionId);
  const runs: string[] = [];
  for (let i = 0; i < 5; i++) {
    const { createRun } = await api.ask(
      `mutation ($input: CreateRunInput!) { createRun(input: $input) { ... on CreateRunPayload { run { id } } } }`,
      { input: { experimentId, params: { lr: 0.1 * i }, tags: [{ key: 'stage', value: 'final' }] } },
    );
    const runId = (createRun as { run: { id: string } }).run.id;
    runs.push(runId);
    const steps = Array.from({ length: 20 }, (_, step) => step);
    const sampleIndex = Array.from({ length: SAMPLES }, (_, sample) => sample);
    await api.ask(
      `mutation ($metrics: LogMetricsInput!, $predictions: LogPredictionsInput!) {
        logMetrics(input: $metrics) { __typename }
        logPredictions(input: $predictions) { __typename }
      }`,
      {
        metrics: { runId, series: [{ key: 'loss', steps, values: steps }] },
        predictions: { runId, batchId: 'one', sampleIndex, predicted: sampleIndex.map((s) => (s + i) % CLASSES) },
      },
    );
  }
  await database.prisma.restorationConfig.create({
    data: { projectId, name: 'none', version: 1, steps: [], digest: '0'.repeat(64) },
  });
  return [
    ...[`Project_${projectId}`, 'Team_1', 'Dataset_1', `DatasetVersion_${versionId}`, `Sample_${versionId}-1`],
    ...[experimentId, 'RestorationConfig_1', 'ModelConfig_1', 'DatasetImport_1', ...runs],
  ];
}

/** Megabytes that a process has in memory, looked at each second. */
function watchMemory(pid: number): { stop: () => { peak: number; minutes: number[] } } {
  const seen: number[] = [];
  const look = (): void => {
    readFile(`/proc/${pid}/status`, 'utf8').then(
      (status) => seen.push(Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024)),
      () => undefined, // Elsewhere than on Linux, and when it has ended, which is told by other means.
    );
  };
  look();
  const timer = setInterval(look, 1000);
  return {
    stop: () => {
      clearInterval(timer);
      return { peak: Math.max(0, ...seen), minutes: seen.filter((_, second) => second % 60 === 0) };
    },
  };
}
