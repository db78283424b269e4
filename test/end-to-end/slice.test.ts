import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemoStack } from '../setup/demo-stack.ts';
import { startPages, type Pages } from '../setup/pages.ts';
import type { Stack } from '../setup/stack.ts';

let stack: Stack;
let pages: Pages;
let folder: string;

beforeAll(async () => {
  ({ stack } = await startDemoStack());
  await stack.startExecutor();
  pages = await startPages(stack);
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-e2e-'));
});
afterAll(async () => {
  await pages.close();
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
});

const rowsOf = (page: Page) => page.getByRole('grid', { name: 'Runs' }).locator('[role=row]');

describe('a newcomer in the browser', () => {
  test('goes from the first page to an experiment whose runs show accuracies with intervals', async () => {
    const page = await pages.open('/');
    await page.getByRole('link', { name: 'Does restoration help on degraded faces?' }).click();
    const table = page.getByRole('grid', { name: 'Runs' });
    await table.waitFor();
    expect(await rowsOf(page).count()).toBe(9);
    expect(await table.innerText()).toContain('64.29');
    expect(await table.innerText()).toContain('59.6 – 68.7');
    await table.getByRole('button', { name: 'Accuracy %', exact: true }).click();
    await page.waitForURL(/sort=metric\.accuracy/);
    await rowsOf(page).nth(1).getByText('resnet-mini · face-restorer-mini x2').waitFor();
    await page.close();
  });

  test('queues the plan once more and sees its runs finish without a reload', async () => {
    const page = await pages.open('/experiments/1');
    await rowsOf(page).nth(1).waitFor();
    await page.getByRole('button', { name: 'Queue the plan' }).click();
    const dialog = page.getByRole('dialog', { name: 'Queue the plan' });
    await dialog.getByText('8 new runs, 8 of which the experiment has already').waitFor();
    const asked = page.waitForRequest((request) => request.url().endsWith('/graphql'));
    await dialog.getByRole('button', { name: 'Queue 8 runs' }).click();
    // By its digest, which the API of the same build knows.
    expect(Object.keys((await asked).postDataJSON() as object)).not.toContain('query');
    await page.getByText('16 runs').waitFor();
    const newest = rowsOf(page).nth(1);
    await newest.getByText('finished').waitFor({ timeout: 90_000 });
    expect(await newest.innerText()).toMatch(/\d\d\.\d\d/);
    await page.close();
  });

  test('opens a run, clicks a cell of the confusion matrix and sees its samples', async () => {
    const page = await pages.open('/experiments/1');
    await page.getByRole('link', { name: 'resnet-mini · face-restorer-mini x2', exact: true }).last().click();
    const cell = page
      .getByRole('grid', { name: 'Confusion matrix' })
      .getByRole('link', { name: /surprise samples: predicted as fear/ });
    const expected = Number(await cell.innerText());
    expect(expected).toBeGreaterThan(0);
    await cell.click();
    await page.getByRole('heading', { name: `Samples: surprise predicted as fear (${expected})` }).waitFor();
    expect(await page.getByRole('article').count()).toBe(Math.min(24, expected));
    await page.close();
  });

  test('chooses runs and compares them', async () => {
    const page = await pages.open('/experiments/1?sort=created&order=asc');
    await rowsOf(page).nth(1).waitFor();
    for (const run of [3, 4]) await page.getByRole('checkbox', { name: `Choose run ${run}`, exact: true }).check();
    await page.getByRole('link', { name: 'Compare' }).click();
    await page.waitForURL(/\/compare\?runs=/);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.close();
  });

  test('imports a FER-2013 file, and is told when the same content was there', async () => {
    const page = await pages.open('/projects/local/demo/import');
    const csv = path.join(folder, 'tiny.csv');
    const pixels = Array.from({ length: 2304 }, (_, i) => i % 256).join(' ');
    await writeFile(csv, `emotion,pixels,Usage\n3,${pixels},Training\n0,${pixels},PublicTest\n`);
    for (const said of ['2 samples are in', 'The same content was there already']) {
      await page.getByLabel('File', { exact: true }).setInputFiles(csv);
      await page.getByLabel('Dataset').fill('Tiny');
      await page.getByLabel('Version').fill('one');
      await page.getByRole('button', { name: 'Upload and import' }).click();
      await page.getByRole('article').first().getByText(said).waitFor({ timeout: 30_000 });
    }
    await page.getByRole('article').first().getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: 'Tiny' }).waitFor();
    await page.close();
  });

  test('is told row by row what is wrong with a file, and nothing of it is kept', async () => {
    const page = await pages.open('/projects/local/demo/import');
    const csv = path.join(folder, 'broken.csv');
    const pixels = Array.from({ length: 2304 }, () => 7);
    const row = (emotion: string, values: number[]) => `${emotion},${values.join(' ')},Training`;
    await writeFile(
      csv,
      ['emotion,pixels,Usage', row('3', pixels), row('9', pixels), row('3', pixels.with(5, 256)), '3,1 2 3'].join('\n'),
    );
    await page.getByLabel('File', { exact: true }).setInputFiles(csv);
    await page.getByLabel('Dataset').fill('Broken');
    await page.getByLabel('Version').fill('one');
    await page.getByRole('button', { name: 'Upload and import' }).click();
    const report = page.getByRole('article').first();
    await report.getByText('3 problems; nothing was imported.').waitFor({ timeout: 30_000 });
    const text = await report.getByRole('table', { name: 'Problems' }).innerText();
    expect(text).toContain('row 2');
    expect(text).toContain('256');
    const { rows } = await stack.pool.query(`SELECT 1 FROM dataset WHERE name = 'Broken'`);
    expect(rows).toHaveLength(0);
    await page.close();
  });

  test('makes an experiment of what the project has and watches it finish', async () => {
    const page = await pages.open('/experiments/new?project=1');
    await page.getByLabel('Name').fill('Only VGG');
    await page.getByLabel('vgg-mini').check();
    await page.getByRole('button', { name: 'Queue 1 run' }).click();
    await page.getByRole('heading', { name: 'Only VGG' }).waitFor();
    await rowsOf(page).nth(1).getByText('finished').waitFor({ timeout: 90_000 });
    await page.close();
  });

  test('gets a plain page and status for what is not there', async () => {
    const page = await pages.open('/runs/987654');
    await page.getByText('There is nothing at this address.').waitFor();
    expect((await fetch(`${pages.url}/runs/987654`)).status).toBe(404);
    await page.close();
  });
});
