import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { PYTHON, pythonHas } from '../setup/python.ts';
import { startStack, type Stack } from '../setup/stack.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const BOX = path.join(ROOT, 'packages/demo/box');
const COMMAND = path.join(ROOT, 'packages/client/src/cli/main.ts');
const RECIPE = path.join(ROOT, 'packages/studies/recipes/demo.yaml');

let stack: Stack;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-study-'));
  stack = await startStack();
});
afterAll(async () => {
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
});

const given = () => ({ PATH: process.env.PATH ?? '', HOME: folder, SAMPLEWISE_URL: stack.apiUrl });
const study = (...options: string[]) =>
  promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', COMMAND, 'study', ...options], {
    cwd: folder,
    env: given(),
  });
const BOXED = [
  'demo',
  '--project',
  'study',
  '--models',
  path.join(BOX, 'models'),
  '--data',
  path.join(BOX, 'synthetic-faces/degraded'),
];

const counts = z.object({
  project: z.object({
    experiments: z.object({
      edges: z.array(z.object({ node: z.object({ id: z.string(), runs: z.object({ totalCount: z.number() }) }) })),
    }),
  }),
});
async function experimentsOf(slug: string) {
  const { project } = counts.parse(
    await stack.client.query(
      `{ project(team: "local", slug: "${slug}") { experiments(first: 5) { edges { node { id runs(first: 1) { totalCount } } } } } }`,
    ),
  );
  return project.experiments.edges.map(({ node }) => node);
}

test('a study without its files says what is missing and where to put it', async () => {
  const error = await study('fer2013').catch((e: unknown) => e);
  const { stderr } = z.object({ stderr: z.string() }).parse(error);
  expect(stderr).toContain('MISSING  VGG19');
  expect(stderr).toContain('models/vgg19.onnx');
  expect(stderr).toContain('train.py --data fer2013.csv --model vgg19');
  expect(stderr).toMatch(/--data: The project does not have 'FER-2013'.*Name its file/s);
});

test('a study that is killed goes on where it was, and no run is made twice', { timeout: 240_000 }, async () => {
  // Nothing predicts yet, so that whatever is there was made by the command itself.
  for (const milliseconds of [1500, 2500, 4000]) {
    const child = spawn(process.execPath, [COMMAND, 'study', ...BOXED, '--no-wait'], { cwd: folder, env: given() });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await Promise.race([sleep(milliseconds), ended]);
    child.kill('SIGKILL');
    await ended;
  }
  await stack.startExecutor();
  await study(...BOXED, '--out', 'report', '--page', 'http://evaluate.example');
  expect(await experimentsOf('study')).toMatchObject([{ runs: { totalCount: 8 } }]);

  const again = await study(...BOXED, '--out', 'report', '--page', 'http://evaluate.example');
  expect(again.stdout).toContain('report.html');
  expect(await experimentsOf('study')).toMatchObject([{ runs: { totalCount: 8 } }]);
});

test('its report needs nothing but itself, and leads to the samples behind each figure', async () => {
  const read = (format: string) => readFile(path.join(folder, `report/report.${format}`), 'utf8');
  const html = await read('html');
  expect(html).not.toMatch(/<script|src="(?!data:)|<link|@import|url\(/);
  expect(html).toContain('href="http://evaluate.example/runs/');
  expect(html).toMatch(/&amp;samples=broken">\d+</);
  const markdown = await read('md');
  expect(markdown).toMatch(/\| \[resnet-mini\]\(http:\/\/evaluate.example\/runs\/\d+\) \| face-restorer-mini x2 \|/);
  const latex = await read('tex');
  expect(latex.match(/\\begin\{table\}/g)!.length).toBe(latex.match(/\\end\{table\}/g)!.length);
  expect(latex.match(/\\toprule/g)!.length).toBe(latex.match(/\\bottomrule/g)!.length);
});

const HAS_PYTHON = pythonHas('sys.version_info >= (3, 10)');
test.skipIf(!HAS_PYTHON)(
  'every figure of it follows from exported predictions, by a program that shares no code',
  async () => {
    const script = path.join(ROOT, 'packages/python-client/examples/rederive_report.py');
    const { stdout } = await promisify(execFile)(PYTHON, [
      script,
      path.join(folder, 'report/report.json'),
      '--url',
      stack.apiUrl,
    ]);
    const [, same, all] = /(\d+) of (\d+) figures are the same, of 8 runs/.exec(stdout) ?? [];
    expect(Number(all)).toBeGreaterThan(900);
    expect(same).toBe(all);
  },
);

test.skipIf(!HAS_PYTHON)('a figure that was changed is found', async () => {
  const file = path.join(folder, 'report/report.json');
  const report = JSON.parse(await readFile(file, 'utf8')) as {
    document: { runs: { metrics: { figure: { value: number } }[] }[] };
  };
  report.document.runs[0]!.metrics[0]!.figure.value += 1e-6;
  const changed = path.join(folder, 'changed.json');
  await writeFile(changed, JSON.stringify(report));
  const script = path.join(ROOT, 'packages/python-client/examples/rederive_report.py');
  const error = await promisify(execFile)(PYTHON, [script, changed, '--url', stack.apiUrl]).catch((e: unknown) => e);
  expect(z.object({ stdout: z.string() }).parse(error).stdout).toMatch(/accuracy: the report has/);
});

test('published figures stand in the report, marked, and say how sure they can be', async () => {
  const own = path.join(folder, 'published.yaml');
  const recipe = parse(await readFile(RECIPE, 'utf8')) as { models: object[]; restorations: object[] };
  const figures = { citation: 'Somebody, 2025', url: 'https://doi.org/10.4108/airo.8870' };
  const published = [
    { name: 'A', accuracy: 0.8644, samples: [3589, 7178], ...figures },
    { name: 'B', accuracy: 0.8572, samples: [3589], ...figures },
  ];
  const [models, restorations] = [recipe.models.slice(0, 1), recipe.restorations.slice(0, 1)];
  await writeFile(own, stringify({ ...recipe, title: 'Beside published figures', models, restorations, published }));
  const { stdout } = await study(own, '--models', path.join(BOX, 'models'), '--project', 'study', '--out', 'published');
  expect(stdout).toContain('report.md');
  const markdown = await readFile(path.join(folder, 'published/report.md'), 'utf8');
  expect(markdown).toMatch(/A, published.*86\.43 \| 85\.27 to 87\.51/);
  expect(markdown).toMatch(/Published: A lies 26 samples above B/);
});

test('what is wrong with a recipe is named by its field', async () => {
  const own = path.join(folder, 'wrong.yaml');
  await writeFile(
    own,
    'title: x\ndataset: { name: a, version: b }\nmodels: []\nrestorations: [{ name: none, steps: [] }]\n',
  );
  const error = await study(own).catch((e: unknown) => e);
  expect(z.object({ stderr: z.string() }).parse(error).stderr).toContain('models: needs at least one');
  const unknown = await study('nothing.yaml').catch((e: unknown) => e);
  expect(z.object({ stderr: z.string() }).parse(unknown).stderr).toMatch(/no such recipe.*fer2013/s);
});
