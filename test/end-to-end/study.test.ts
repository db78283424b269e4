import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { packFolder } from '@samplewise/client';
import { boxFile } from '@samplewise/demo';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mutate } from '../setup/ask.ts';
import { violationsOf } from '../setup/axe.ts';
import { seededDemo } from '../setup/demo.ts';
import { overflowOf, startPages, type Pages } from '../setup/pages.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let pages: Pages;
let folder: string;
let experiment: Awaited<ReturnType<typeof seededDemo>>['experiments'][number];

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-report-'));
  stack = await startStack();
  await stack.startExecutor();
  const demo = await seededDemo(stack.client);
  for (const { id } of demo.experiments.flatMap(({ runs }) => runs)) await stack.client.waitForRun(id);
  experiment = demo.experiments.find(({ runs }) => runs.length > 4)!;
  pages = await startPages(stack);
});
afterAll(async () => {
  await pages.close();
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
});

const bare = (id: string): string => id.slice(id.indexOf('_') + 1);

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOf(page)).toEqual([]);
  }
}

describe('the report of an experiment', () => {
  test('is reached from its experiment, and each figure leads to its run and samples', async () => {
    const page = await pages.open(`/experiments/${bare(experiment.id)}`);
    await page.getByRole('link', { name: 'Report', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: `Report: ${experiment.name}` }).waitFor();
    expect(await page.title()).toContain(`Report of ${experiment.name}`);
    const results = page.getByRole('region', { name: 'Results' });
    expect(await results.getByRole('table').first().getByRole('row').count()).toBe(9);
    const best = results.getByRole('table').first().getByRole('row').nth(1);
    const accuracy = await best.getByRole('link').nth(1).innerText();
    await best.getByRole('link').nth(1).click();
    await page.waitForURL(/\/runs\/\d+$/);
    await page.getByText(accuracy).first().waitFor();
    await page.goBack();
    const classes = page.getByRole('region', { name: 'Classes' });
    const [cell] = await classes.getByRole('link', { name: /^\d+$/ }).all();
    await cell!.click();
    await page.waitForURL(/truth=/);
    await page.close();
  });

  test('reads well in both schemes and on a narrow screen', async () => {
    const page = await pages.open(`/experiments/${bare(experiment.id)}/report`);
    await page.getByRole('img', { name: /On the front/ }).waitFor();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflowOf(page)).toBe(0);
    await page.close();
  });

  test('is kept as a file that needs no network', async () => {
    const page = await pages.open(`/experiments/${bare(experiment.id)}/report`);
    const files = page.getByRole('group', { name: 'Download the report' });
    expect(await files.getByRole('link').allInnerTexts()).toEqual(['HTML', 'Markdown', 'LaTeX', 'JSON']);
    const [download] = await Promise.all([page.waitForEvent('download'), files.getByRole('link').first().click()]);
    const file = path.join(folder, 'report.html');
    await download.saveAs(file);
    expect(await readFile(file, 'utf8')).toContain(`href="${pages.url}/runs/`);

    await page.context().setOffline(true);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    await page.getByRole('heading', { level: 1, name: experiment.name }).waitFor();
    expect(asked.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflowOf(page)).toBe(0);
    await page.close();
  });
});

describe('a study', () => {
  test('tells what is missing, with what to download or train and where to put it', async () => {
    const { project } = (await mutate(
      stack,
      'createProject',
      { name: 'Founding' },
      '... on CreateProjectPayload { project { id } }',
    )) as { project: { id: string } };
    const page = await pages.open('/projects/local/founding/experiments');
    await page.getByRole('link', { name: 'Start a study' }).click();
    await page.waitForURL(`**/studies/new?project=${bare(project.id)}`);
    await page.getByText('The project does not have FER-2013, version original, yet.').waitFor();
    const vgg = page.getByRole('listitem').filter({ hasText: 'VGG19' });
    await vgg.getByText('What it needs').click();
    await vgg.getByText('train.py --data fer2013.csv --model vgg19').waitFor();
    await vgg.getByText('models/vgg19.onnx').waitFor();
    const restorations = page.getByRole('region', { name: 'Restorations' });
    expect(await restorations.getByRole('listitem').first().innerText()).toMatch(/none\s+there/);
    expect(await page.getByRole('button', { name: 'Start the study' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflowOf(page)).toBe(0);
    await page.close();
  });

  test('is started from its recipe, once its data and one of its models are there', async () => {
    const { id } = await stack.client.createProject({ name: 'Boxed' });
    const { stream } = await packFolder(boxFile('synthetic-faces/degraded'));
    const { digest } = await stack.client.upload(stream);
    const started = await stack.client.importDataset({
      projectId: id,
      dataset: 'Synthetic faces',
      version: 'degraded',
      format: 'image-folder',
      fileName: 'degraded.tar',
      uploadDigest: digest,
    });
    await stack.client.waitForImport(started.id);
    const page = await pages.open(`/studies/new?project=${bare(id)}&recipe=demo`);
    const model = page.getByRole('listitem').filter({ hasText: /^resnet-mini/ });
    await model.getByText('What it needs').click();
    await model.locator('input[type=file]').setInputFiles(boxFile('models/resnet-mini.onnx'));
    await model.getByText('there', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Start the study' }).click();
    await page.waitForURL(/\/experiments\/\d+$/);
    await page.getByRole('link', { name: /resnet-mini · none/ }).waitFor();
    expect(await page.getByRole('link', { name: /resnet-mini · face-restorer/ }).count()).toBe(0);
    await page.close();
  });

  test('may be a recipe of your own, whose flaws are named by their field', async () => {
    const { id } = await stack.client.project('boxed');
    const page = await pages.open(`/studies/new?project=${bare(id)}`);
    const own = (text: string) => ({ name: 'mine.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text) });
    const input = page.locator('input[type=file][accept=".yaml,.yml"]');
    const written = await readFile(
      path.resolve(import.meta.dirname, '../../packages/studies/recipes/demo.yaml'),
      'utf8',
    );
    await input.setInputFiles(own(written.replace(/^models:[\s\S]*/m, 'models: []\n')));
    const alert = page.getByRole('alert').filter({ hasText: 'The recipe can not be read' });
    expect(await alert.innerText()).toMatch(
      /recipe\.models[\s\S]*needs at least one|needs at least one[\s\S]*recipe\.models/,
    );
    await input.setInputFiles(own(written.replace(/^title: .*/m, 'title: A question of mine')));
    await page.getByRole('heading', { name: 'A question of mine' }).waitFor();
    expect(await alert.count()).toBe(0);
    await page.close();
  });
});
