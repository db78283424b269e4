import { FER_LABELS, type ExperimentReport } from '@samplewise/domain';
import { execFile, spawn } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeTinyPhi3Vision } from '../../packages/executor/test/support/tiny-phi3-vision/write.ts';
import { mutate } from '../setup/ask.ts';
import { writeFerCsv } from '../setup/fer2013.ts';
import { PYTHON, pythonHas } from '../setup/python.ts';
import { startStack, until, type Stack } from '../setup/stack.ts';

/** A folder with FER-2013 and models trained on it; neither may be shipped with the project. */
const ASSETS = process.env.SAMPLEWISE_ASSETS;
/** Folder for the figures and the report, to look at; where it is not given, nothing is kept. */
const KEEP = process.env.SAMPLEWISE_KEEP;

const ROOT = path.resolve(import.meta.dirname, '../..');
const COMMAND = path.join(ROOT, 'packages/client/src/cli/main.ts');
const RECIPE = path.join(ROOT, 'test/fixtures/fer2013-study.yaml');
const PROJECT = 'fer2013';

/** Minutes: everything together takes some forty of them on two cores. */
const minutes = (count: number) => ({ timeout: count * 60_000 });

describe.skipIf(ASSETS === undefined)('the founding study, with models trained on FER-2013', () => {
  let stack: Stack;
  let folder: string;
  let csv: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-fer-study-'));
    csv = path.join(folder, 'fer2013.csv');
    const archives = ['train_28709', 'public_test_3589'].map((name) =>
      path.join(ASSETS!, `data/fer2013/${name}.tar.gz`),
    );
    expect(await writeFerCsv(archives, csv)).toBe(28_709 + 3589);
    const models = path.join(folder, 'models');
    await mkdir(models);
    await symlink(path.join(ASSETS!, 'models/emotion'), path.join(models, 'emotion'));
    await symlink(path.join(ASSETS!, 'models/restoration'), path.join(models, 'restoration'));
    await symlink(path.join(ROOT, 'packages/demo/box/models'), path.join(models, 'box'));
    await writePhi(path.join(models, 'phi'));
    stack = await startStack();
    await stack.startExecutor();
  }, 600_000);
  afterAll(async () => {
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const given = () => ({ PATH: process.env.PATH ?? '', HOME: folder, SAMPLEWISE_URL: stack.apiUrl });
  const args = () => ['study', RECIPE, '--data', csv, '--models', path.join(folder, 'models'), '--project', PROJECT];
  const reportOf = async (): Promise<ExperimentReport> =>
    (JSON.parse(await readFile(path.join(folder, 'report/report.json'), 'utf8')) as { document: ExperimentReport })
      .document;

  test('is killed amid its runs, goes on, and makes no run twice', minutes(120), async () => {
    const begun = performance.now();
    const killed = spawn(process.execPath, [COMMAND, ...args()], { env: given(), cwd: folder, stdio: 'ignore' });
    const ended = new Promise((resolve) => killed.once('exit', resolve));
    await until(async () => ((await finished()) >= 2 ? true : undefined), 1800, 'the second run');
    killed.kill('SIGKILL');
    await ended;
    note(`Killed with ${await finished()} of 12 runs finished, ${since(begun)} after the start (import included).`);

    const told = new AbortController();
    const telling = tellFinished(told.signal);
    await promisify(execFile)(process.execPath, [COMMAND, ...args(), '--out', 'report'], {
      env: given(),
      cwd: folder,
      maxBuffer: 100_000_000,
    });
    told.abort();
    await telling;
    note(`The whole, killed and started again: ${since(begun)}.`);
    const report = await reportOf();
    expect(report.runs).toHaveLength(12);
    expect(report.unfinished).toEqual([]);
    const { rows } = await stack.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM run WHERE source = 'EXECUTOR'`,
    );
    expect(rows).toEqual([{ count: 12 }]);
    tellRuns(report);
    await keep('report');
  });

  test('gives the accuracies that these models are known to have', async () => {
    const { runs } = await reportOf();
    const accuracy = (model: string): number =>
      100 *
      runs.find((run) => run.model!.name === model && run.restoration!.name === 'none')!.metrics[0]!.figure.value!;
    // Known on PrivateTest, but for mini XCEPTION, whose checkpoint is known on these very images.
    for (const [model, known] of [
      ['DenseNet-121', 70.6],
      ['big XCEPTION', 66.23],
      ['face-api', 59.15],
    ] as const) {
      expect(Math.abs(accuracy(model) - known)).toBeLessThan(2.5);
    }
    expect(accuracy('mini XCEPTION')).toBeCloseTo(65.39, 1);
  });

  test('finds the images of PublicTest that stand in Training', minutes(5), async () => {
    const { audit } = await reportOf();
    note(
      `Audit of PublicTest against Training: ${audit!.exact} byte for byte, ${audit!.near} near, ${audit!.conflicts} under another label.`,
    );
    expect(audit!.exact).toBeGreaterThan(0);
    expect(audit!.near).toBeGreaterThan(0);
    const html = await readFile(path.join(folder, 'report/report.html'), 'utf8');
    expect(html.match(/<img src="data:image/g)!.length).toBe(2 * audit!.pairs.length);
  });

  test.skipIf(!pythonHas('sys.version_info >= (3, 10)'))(
    'has no figure that does not follow from exported predictions',
    minutes(20),
    async () => {
      const begun = performance.now();
      const script = path.join(ROOT, 'packages/python-client/examples/rederive_report.py');
      const report = path.join(folder, 'report/report.json');
      const { stdout } = await promisify(execFile)(PYTHON, [script, report, '--url', stack.apiUrl]);
      const [line, same, all] = /(\d+) of (\d+) figures are the same.*/.exec(stdout)!;
      note(`Computed again by Python in ${since(begun)}: ${line}`);
      expect(same).toBe(all);
    },
  );

  test('shows 27 checkpoints of one training as its curve', minutes(30), async () => {
    const { client } = stack;
    const begun = performance.now();
    const project = await client.project(PROJECT);
    const source = path.join(ASSETS!, 'models/emotion/xception/checkpoints');
    const checkpoints = (await readdir(source))
      .map((file) => ({ file, epoch: Number(/XCEPTION\.(\d+)-/.exec(file)![1]) }))
      .sort((a, b) => a.epoch - b.epoch);
    expect(checkpoints).toHaveLength(27);

    const none = await client.restorationConfig(project, 'none');
    const modelConfigIds: string[] = [];
    for (const { file, epoch } of checkpoints) {
      const weights = await client.upload(path.join(source, file));
      const spec = {
        kind: 'onnx-classifier',
        labels: FER_LABELS,
        input: { width: 64, height: 64, resize: 'cubic', colour: 'GRAY', scale: 127.5, mean: [1] },
        output: { activation: 'probabilities' },
        weights: { digest: weights.digest },
      };
      const { config } = await client.createModelConfig({
        projectId: project.id,
        name: `mini XCEPTION, epoch ${epoch}`,
        spec,
      });
      modelConfigIds.push(config.id);
    }
    const datasetVersion = await client.datasetVersion(project, 'FER-2013');
    const experiment = await client.createExperiment({
      projectId: project.id,
      name: 'Checkpoints',
      datasetVersionId: datasetVersion.id,
      split: 'VALIDATION',
      plan: { modelConfigIds, restorationConfigIds: [none.id] },
    });
    const measured: number[] = [];
    for (const { id } of await client.queueRuns(experiment.id)) {
      measured.push((await client.waitForRun(id)).evaluation!.accuracy.value!);
    }

    const { run } = (await mutate(
      stack,
      'createRun',
      { experimentId: experiment.id, name: 'training of mini XCEPTION', tags: { training: '' } },
      '... on CreateRunPayload { run { id } }',
    )) as { run: { id: string } };
    const series = [{ key: 'accuracy/validation', steps: checkpoints.map(({ epoch }) => epoch), values: measured }];
    await mutate(stack, 'logMetrics', { runId: run.id, series }, '... on LogMetricsPayload { run { id } }');
    await client.uploadArtifacts(run.id, source, { to: 'checkpoints' });
    await client.finishRun(run.id);
    expect(await client.artifacts(run.id, 'checkpoints')).toHaveLength(27);
    const curve = await stack.pool.query<{ step: string; value: number }>(
      'SELECT p.step, p.value FROM metric_point p WHERE p.run_id = $1 ORDER BY p.step',
      [run.id.replace('Run_', '')],
    );
    expect(curve.rows.map(({ step }) => Number(step))).toEqual(checkpoints.map(({ epoch }) => epoch));
    note(`27 checkpoints measured and logged as one training in ${since(begun)}; epoch and accuracy in per cent:`);
    note(checkpoints.map(({ epoch }, i) => `${epoch}: ${(100 * measured[i]!).toFixed(2)}`).join(', '));
    expect(measured[0]).toBeLessThan(0.5);
    expect(Math.max(...measured)).toBeGreaterThan(0.64);
  });

  async function finished(): Promise<number> {
    const { rows } = await stack.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM run WHERE status = 'FINISHED' AND source = 'EXECUTOR'`,
    );
    return rows[0]!.count;
  }

  /** Each run as it finishes: the whole takes long. */
  async function tellFinished(signal: AbortSignal): Promise<void> {
    const told = new Set<string>();
    for (;;) {
      const { rows } = await stack.pool.query<{ id: string; name: string; accuracy: number; seconds: number }>(
        `SELECT r.id, r.name, (e.result->'metrics'->'accuracy'->>'value')::float8 AS accuracy,
                extract(epoch FROM r.finished_at - r.started_at)::float8 AS seconds
           FROM run r JOIN evaluation e ON e.run_id = r.id WHERE r.status = 'FINISHED' ORDER BY r.finished_at`,
      );
      for (const { id, name, accuracy, seconds } of rows.filter((row) => !told.has(row.id))) {
        told.add(id);
        note(`${name}: ${(100 * accuracy).toFixed(2)} %, ${seconds.toFixed(0)} s`);
      }
      if (signal.aborted) return;
      await sleep(2000, undefined, { signal }).catch(() => undefined); // the last look comes at once
    }
  }

  async function keep(name: string): Promise<void> {
    if (KEEP !== undefined) await cp(path.join(folder, name), path.join(KEEP, name), { recursive: true });
  }
});

/** The graphs and settings of Phi-3.5 Vision, small and with random weights, as files of a folder. */
async function writePhi(folder: string): Promise<void> {
  await mkdir(folder);
  const { files } = await writeTinyPhi3Vision(folder, [...FER_LABELS]);
  for (const { path: name, file } of files) {
    const target = path.join(folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    await rename(file, target);
  }
}

function tellRuns({ runs, toBest, restorations }: ExperimentReport): void {
  const percent = (value: number | null | undefined): string => ((value ?? NaN) * 100).toFixed(2);
  note(
    '| run | accuracy % | interval | macro F1 % | answered | preprocessing s | inference s | to the best, p (Holm) |',
  );
  note('| --- | --: | --- | --: | --: | --: | --: | --: |');
  for (const [i, run] of runs.entries()) {
    const { figure } = run.metrics[0]!;
    const interval = 'low' in figure ? `${percent(figure.low)} to ${percent(figure.high)}` : '';
    const f1 = run.metrics.find(({ name }) => name === 'macroF1')!.figure.value;
    const seconds = (phase: string): string =>
      run.phases.find((cost) => cost.phase === phase)?.wallSeconds.toFixed(1) ?? '';
    const p = toBest.find(({ second }) => second === i)?.adjusted.toPrecision(3) ?? 'best';
    note(
      `| ${run.name} | ${percent(figure.value)} | ${interval} | ${percent(f1)} | ${run.covered} | ${seconds('PREPROCESSING')} | ${seconds('INFERENCE')} | ${p} |`,
    );
  }
  note('\n| ESRGAN slim x2 for | fixed | broken | points | p (Holm) |\n| --- | --: | --: | --: | --: |');
  for (const { model, fixed, broken, difference, adjusted } of restorations) {
    note(`| ${model} | ${fixed} | ${broken} | ${percent(difference.value)} | ${adjusted.toPrecision(3)} |`);
  }
}

function note(line: string): void {
  console.log(line);
  if (KEEP !== undefined) noted = noted.then(() => appendFile(path.join(KEEP, 'figures.md'), `${line}\n`));
}
let noted: Promise<unknown> = KEEP === undefined ? Promise.resolve() : mkdir(KEEP, { recursive: true });

const since = (begun: number): string => `${((performance.now() - begun) / 1000).toFixed(0)} s`;
