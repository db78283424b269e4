import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violationsOf } from '../setup/axe.ts';
import { launchBrowser } from '../setup/browser.ts';
import { seededDemo } from '../setup/demo.ts';
import { end, startStack, type Stack } from '../setup/stack.ts';
import { startWeb } from '../setup/web.ts';

let stack: Stack;
let web: { url: string; child: ChildProcess };
let browser: Browser;
let folder: string;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  const demo = await seededDemo(stack.client);
  for (const run of demo.experiments.flatMap((e) => e.runs)) await stack.client.waitForRun(run.id);
  web = await startWeb(stack.apiUrl);
  browser = await launchBrowser();
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-e2e-'));
});
afterAll(async () => {
  await browser.close();
  await end(web.child);
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
});

async function open(address: string, options: { width?: number; scheme?: 'light' | 'dark' } = {}): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1440, height: 900 },
    colorScheme: options.scheme ?? 'light',
  });
  page.setDefaultTimeout(15_000);
  await page.goto(`${web.url}${address}`);
  return page;
}

describe('a newcomer in the browser', () => {
  test('goes from the first page to an experiment whose runs show accuracies with intervals', async () => {
    const page = await open('/');
    await page.getByRole('link', { name: 'Does restoration help on degraded faces?' }).click();
    const table = page.getByRole('table', { name: 'Runs' });
    await table.waitFor();
    expect(await table.getByRole('row').count()).toBe(9);
    expect(await table.innerText()).toContain('64.29');
    expect(await table.innerText()).toContain('59.6 – 68.7');
    await page.getByRole('button', { name: /Accuracy/ }).click();
    expect(page.url()).toContain('sort=accuracy&order=desc');
    expect(await table.getByRole('row').nth(1).innerText()).toContain('resnet-mini');
    await page.close();
  });

  test('sees runs come in live after queueing them again', async () => {
    const page = await open('/experiments/1');
    const table = page.getByRole('table', { name: 'Runs' });
    const before = await table.getByRole('row').count();
    const asked = page.waitForRequest((request) => request.url().endsWith('/graphql'));
    await page.getByRole('button', { name: 'Queue again' }).click();
    // By its digest, which the API of the same build knows.
    expect(Object.keys((await asked).postDataJSON() as object)).not.toContain('query');
    await page.waitForFunction(`document.querySelectorAll('table[aria-label=Runs] tbody tr').length > ${before - 1}`);
    const last = table.getByRole('row').last();
    await last.getByText('finished').waitFor({ timeout: 60_000 });
    expect(await last.innerText()).toMatch(/\d\d\.\d\d/);
    await page.close();
  });

  test('opens a run, clicks a cell of the confusion matrix and sees its samples', async () => {
    const page = await open('/experiments/1');
    await page.getByRole('link', { name: 'resnet-mini', exact: true }).nth(1).click();
    const cell = page
      .getByRole('grid', { name: 'Confusion matrix' })
      .getByRole('link', { name: /surprise samples: predicted as fear/ });
    const expected = Number(await cell.innerText());
    expect(expected).toBeGreaterThan(0);
    await cell.click();
    await page.getByRole('heading', { name: `Samples: surprise predicted as fear (${expected})` }).waitFor();
    const cards = page.getByRole('article');
    expect(await cards.count()).toBe(Math.min(24, expected));
    const pictures = cards.first().getByRole('img');
    expect(await pictures.count()).toBe(3); // original, restored and difference
    await page.waitForFunction(
      `[...document.querySelectorAll('article img')].slice(0, 2).every((i) => i.complete && i.naturalWidth > 0)`,
    );
    expect(
      await pictures.evaluateAll((all) => all.map((i) => (i as unknown as { naturalWidth?: number }).naturalWidth)),
    ).toEqual([48, 96, undefined]); // the difference is drawn by the page
    await page.close();
  });

  test('ticks runs, compares them, and sees the samples that one has fixed and the other broken', async () => {
    const page = await open('/experiments/1');
    for (const run of [3, 4]) await page.getByRole('checkbox', { name: `Compare run ${run}`, exact: true }).check();
    await page.getByRole('link', { name: 'Compare 2 runs' }).click();
    await page.getByRole('heading', { name: '2 runs on the same samples' }).waitFor();
    const table = page.getByRole('table', { name: 'Runs beside the reference' });
    expect(await table.innerText()).toContain('better');
    const broken = table.getByRole('link', { name: /has broken/ });
    const expected = Number(await broken.innerText());
    await broken.click();
    await page.getByRole('heading', { name: `Samples: broken (${expected})` }).waitFor();
    expect(await page.getByRole('article').count()).toBe(Math.min(24, expected));
    expect(await page.getByRole('article').first().innerText()).toContain('the reference:');
    await page.getByRole('link', { name: 'Make reference' }).click();
    await page.getByText('is worse than').waitFor();
    expect(page.url()).toContain('reference=4');
    await page.close();
  });

  test('imports a folder packed as a file, and is told when the same content was there', async () => {
    const page = await open('/projects/local/demo/import');
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
    await page.getByRole('heading', { name: 'Tiny, one' }).waitFor();
    expect(await page.getByRole('img', { name: /Sample \d/ }).count()).toBe(2);
    await page.close();
  });

  test('is told row by row what is wrong with a file, and nothing of it is kept', async () => {
    const page = await open('/projects/local/demo/import');
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
    const page = await open('/experiments/new?project=1');
    await page.getByLabel('Name').fill('Only VGG');
    await page.getByLabel('vgg-mini').check();
    await page.getByRole('button', { name: 'Queue 1 run' }).click();
    await page.getByRole('heading', { name: 'Only VGG' }).waitFor();
    await page.getByRole('table', { name: 'Runs' }).getByText('finished').waitFor({ timeout: 60_000 });
    await page.close();
  });

  test('gets a plain page and status for what is not there', async () => {
    const page = await open('/runs/987654');
    await page.getByText('There is nothing at this address.').waitFor();
    expect((await fetch(`${web.url}/runs/987654`)).status).toBe(404);
    await page.close();
  });
});

describe('every page', () => {
  const pages = [
    '/projects/local/demo',
    '/experiments/1',
    '/runs/2',
    '/compare?runs=1,2,3,4',
    '/datasets/1',
    '/projects/local/demo/import',
    '/experiments/new?project=1',
  ];

  test.each(pages.flatMap((p) => [[p, 'light'] as const, [p, 'dark'] as const]))(
    '%s has no accessibility violation in the %s scheme',
    async (address, scheme) => {
      const page = await open(address, { scheme });
      expect(await violationsOf(page)).toEqual([]);
      await page.close();
    },
  );

  test.each(pages)('%s does not scroll sideways at 390 px', async (address) => {
    const page = await open(address, { width: 390 });
    expect(
      await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBe(0);
    await page.close();
  });
});
