import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutate } from '../setup/ask.ts';
import { startPages, type Pages } from '../setup/pages.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let pages: Pages;
let runIds: string[];

beforeAll(async () => {
  stack = await startStack();
  await mutate(stack, 'createProject', { name: 'Curves' }, '... on CreateProjectPayload { project { id } }');
  await mutate(
    stack,
    'createExperiment',
    { projectId: 'Project_1', name: 'Training' },
    '... on CreateExperimentPayload { experiment { id } }',
  );
  runIds = await Promise.all(['short', 'long'].map(begun));
  await log(runIds[0]!, 0, 50);
  await log(runIds[1]!, 0, 200);
  pages = await startPages(stack);
});
afterAll(async () => {
  await pages.close();
  await stack.stop();
});

async function begun(name: string): Promise<string> {
  const input = { experimentId: 'Experiment_1', name };
  const { run } = (await mutate(stack, 'createRun', input, '... on CreateRunPayload { run { id } }')) as {
    run: { id: string };
  };
  return run.id;
}

async function log(runId: string, from: number, to: number): Promise<void> {
  const steps = Array.from({ length: to - from }, (_, i) => from + i);
  const series = [{ key: 'loss', steps, values: steps.map((step) => 1 / (step + 1)) }];
  await mutate(stack, 'logMetrics', { runId, series }, '... on LogMetricsPayload { run { id } }');
}

test('an experiment draws the curves of its runs, each line led back to its run, and in figures too', async () => {
  const page = await pages.open('/experiments/1?show=charts');
  const chart = page.getByRole('figure', { name: 'loss', exact: true });
  await chart.locator('svg path').nth(1).waitFor();
  const lines = page.getByRole('region', { name: 'Curves' }).getByRole('list', { name: 'Lines' });
  expect(await lines.getByRole('link').count()).toBe(2);
  await chart.getByText('In figures').click();
  const long = await chart.getByRole('row', { name: /long/ }).innerText();
  expect(long.split(/\s+/).slice(-4)).toEqual(['199', '0.005', '0.005', '1']);
  await page.getByRole('switch', { name: 'Log' }).click();
  await page.waitForURL(/log=y/);
  const download = page.waitForEvent('download');
  await chart.getByRole('button', { name: 'Download loss' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toBe('loss.csv');
  await page.close();
});

test('the curve of a run that goes on grows without a reload', async () => {
  const page = await pages.open(`/runs/${runIds[0]!.slice('Run_'.length)}/curves`);
  const chart = page.getByRole('figure', { name: 'loss', exact: true });
  await chart.getByText('In figures').click();
  await chart.getByRole('cell', { name: '49', exact: true }).waitFor();
  await log(runIds[0]!, 50, 61);
  await chart.getByRole('cell', { name: '60', exact: true }).waitFor();
  await page.close();
});
