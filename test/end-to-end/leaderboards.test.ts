import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, mutate } from '../setup/ask.ts';
import { violationsOf } from '../setup/axe.ts';
import { boardProject } from '../setup/board-project.ts';
import { launchBrowser } from '../setup/browser.ts';
import { startDemoStack } from '../setup/demo-stack.ts';
import { overflowOf, startPages, type Pages } from '../setup/pages.ts';
import { until, type Stack } from '../setup/stack.ts';

let stack: Stack;
let pages: Pages;
let demo: Awaited<ReturnType<typeof startDemoStack>>['demo'];
let folder: string;
/** Without whatever the first one knows. */
let strangers: Browser;
/** The address of the board that the first test makes. */
let board = '';

beforeAll(async () => {
  ({ stack, demo } = await startDemoStack());
  await stack.startExecutor();
  pages = await startPages(stack);
  strangers = await launchBrowser();
  folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-boards-'));
});
afterAll(async () => {
  await strangers.close();
  await pages.close();
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
});

const ranking = (page: Page) => page.getByRole('table', { name: 'Ranking' }).getByRole('row');

describe('a leaderboard', () => {
  test('is made from the demo, and ranks its runs with how sure that is', async () => {
    const page = await pages.open('/projects/local/demo/leaderboards');
    await page.getByRole('link', { name: 'New leaderboard' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Faces');
    await page.getByRole('button', { name: 'Make the leaderboard' }).click();
    await page.waitForURL(/\/leaderboards\/\d+$/);
    board = new URL(page.url()).pathname;
    await ranking(page).nth(2).waitFor();
    expect(await ranking(page).nth(1).innerText()).toMatch(/^1( to \d+)?\s[\s\S]*\d\d\.\d\d\s+\d\d\.\d – \d\d\.\d/);
    await page
      .getByText(/95 % confidence sets, valid for all entries together, from pairwise tests by McNemar/)
      .waitFor();
    await page.getByRole('figure', { name: 'Accuracy over Latency p50, ms' }).waitFor();
    await page.close();
  });

  test('lets the row of a run that is queued move in, without a reload', async () => {
    const page = await pages.open(board);
    const before = await ranking(page).count();
    const address = await page.getByRole('table', { name: 'Ranking' }).getByRole('link').first().getAttribute('href');
    const run = await pages.open(address!);
    await run.getByRole('button', { name: 'Clone' }).click();
    await run.getByLabel('Seed').fill('7');
    await run.getByRole('button', { name: 'Queue the clone' }).click();
    await run.close();
    // Each has the runs of the demo, and a head.
    await ranking(page).nth(before).waitFor({ timeout: 60_000 });
    expect(await ranking(page).count()).toBe(before + 1);
    await page.close();
  });

  test('gets another rule, which ranks it anew, and tells at the field what is wrong with one', async () => {
    const page = await pages.open(`${board}/edit`);
    await page.getByLabel('Metric', { exact: true }).selectOption({ label: 'A logged metric (no tests)' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must be a metric', { exact: false }).waitFor();
    await page.getByLabel('Metric', { exact: true }).selectOption({ label: 'Macro F1' });
    await page.getByLabel('One entry for').selectOption({ label: 'each model, its latest run' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/\/leaderboards\/\d+$/);
    await page.getByRole('columnheader', { name: 'Macro F1 %' }).waitFor();
    await page.getByText('the chosen one of 2 runs').first().waitFor();
    await page.close();
  });
});

describe('a snapshot', () => {
  test('is published, read by its link without a login, and refused once that is revoked', async () => {
    const page = await pages.open(`${board}/sharing`);
    await page.getByRole('textbox', { name: 'Note' }).fill('for a paper');
    const snapshot = page.getByRole('region', { name: 'Snapshot 1' });
    // Until the board is ranked by its new rule, the form says so.
    await until(
      async () => {
        await page.getByRole('button', { name: 'Publish a snapshot' }).click();
        return snapshot.waitFor({ timeout: 3000 }).then(
          () => true,
          () => undefined,
        );
      },
      40,
      'the snapshot',
    );
    await snapshot.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('button', { name: 'Make the link' }).click();
    const address = await snapshot.getByRole('link', { name: /\/s\/.*\.html$/ }).getAttribute('href');
    // axe is a script, which the page's policy would refuse.
    const context = await strangers.newContext({ bypassCSP: true });
    const stranger = await context.newPage();
    const answer = await stranger.goto(address!);
    expect(answer!.status()).toBe(200);
    await stranger.getByRole('heading', { name: 'Faces', level: 1 }).waitFor();
    await stranger.getByText('for a paper').waitFor();
    expect(await stranger.locator('meta[property="og:image"]').getAttribute('content')).toMatch(/^http.*\.png$/);
    expect(await violationsOf(stranger)).toEqual([]);
    await snapshot.getByRole('button', { name: /^Revoke link/ }).click();
    await snapshot.getByRole('cell', { name: 'revoked' }).waitFor();
    const refused = await stranger.reload();
    expect(refused!.status()).toBe(404);
    await stranger.getByRole('heading', { name: 'There is nothing at this address.' }).waitFor();
    await context.close();
    await page.close();
  });

  test('asks for its password where it has one', async () => {
    const page = await pages.open(`${board}/sharing`);
    const snapshot = page.getByRole('region', { name: 'Snapshot 1' });
    await snapshot.getByRole('button', { name: 'Share' }).click();
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.getByText('A password has 8 to 200 characters.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill('long enough');
    await page.getByRole('button', { name: 'Make the link' }).click();
    const address = await snapshot.getByRole('link', { name: /\/s\// }).getAttribute('href');
    expect((await fetch(address!)).status).toBe(401);
    const authorization = `Basic ${Buffer.from('any:long enough').toString('base64')}`;
    expect((await fetch(address!, { headers: { authorization } })).status).toBe(200);
    await page.close();
  });

  test('is taken along as one file that opens from a disk without a network', async () => {
    const page = await pages.open(`${board}/sharing`);
    await page.getByRole('region', { name: 'Snapshot 1' }).getByRole('button', { name: 'Download' }).click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /^Report/ }).click();
    const file = path.join(folder, 'board.html');
    await (await waiting).saveAs(file);
    await page.close();
    const context = await strangers.newContext({ offline: true });
    const opened = await context.newPage();
    const asked: string[] = [];
    opened.on('request', (request) => asked.push(request.url()));
    await opened.goto(pathToFileURL(file).href);
    await opened.getByRole('heading', { name: 'Faces', level: 1 }).waitFor();
    expect(await opened.getByRole('row').count()).toBeGreaterThan(2);
    await opened.getByText(/@misc\{samplewise-/).waitFor();
    expect(asked).toEqual([pathToFileURL(file).href]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await opened.emulateMedia({ colorScheme });
      expect(await violationsOf(opened)).toEqual([]);
    }
    await opened.setViewportSize({ width: 390, height: 800 });
    expect(await overflowOf(opened)).toBe(0);
    await context.close();
  });
});

describe('a competition', () => {
  test('hides labels, takes a file, tells by row what is wrong with it, and counts nothing then', async () => {
    // Labels of what is shared can't be hidden any more, so that it has samples of its own.
    const { projectId, datasetVersionId } = await boardProject(stack.client, 'Challenge');
    const made = await mutate(
      stack,
      'createLeaderboard',
      { projectId, datasetVersionId, split: 'TEST', name: 'Challenge' },
      '... on CreateLeaderboardPayload { leaderboard { id } }',
    );
    const { id } = (made as { leaderboard: { id: string } }).leaderboard;
    const page = await pages.open(`/leaderboards/${id.slice('Leaderboard_'.length)}/competition`);
    await page.getByLabel(/^Also where the order/).check();
    await page.getByRole('button', { name: 'Hide the labels' }).click();
    await page.getByText('hidden from all but admins and owners of the team').waitFor();
    await page.getByLabel('Closes, UTC').fill('2100-01-01T00:00');
    await page.getByRole('button', { name: 'Take submissions' }).click();
    await page.getByText('Open: it takes submissions, and ranks them by the public part.').waitFor();
    const rows = (await (await fetch(`${pages.url}/leaderboards/${id}/samples.csv`)).text())
      .trim()
      .split('\n')
      .slice(1);
    const csv = (indices: readonly string[]): string =>
      ['sample_index,predicted', ...indices.map((index) => `${index},happy`), ''].join('\n');
    const indices = rows.map((row) => row.split(',')[0]!);
    const send = async (text: string): Promise<void> => {
      const buffer = Buffer.from(text);
      await page.locator('input[type=file]').setInputFiles({ name: 'guesses.csv', mimeType: 'text/csv', buffer });
      await page.getByRole('textbox', { name: 'Name' }).fill('all of one class');
      await page.getByRole('button', { name: 'Submit' }).click();
    };
    await send(csv([...indices.slice(0, -1), '999999']));
    const report = page.getByRole('table', { name: 'What is wrong' });
    await report.getByText('999999').waitFor();
    await page.getByText('0 of 5').waitFor();
    await send(csv(indices));
    await page.getByRole('table', { name: 'Submissions' }).getByText('all of one class').waitFor();
    await page.getByText('1 of 5').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.close();
  });
});

test('the pages of a board are read by everybody, in both schemes and on a narrow screen', async () => {
  await until(
    async () => {
      const { data } = await ask(stack, `{ node(id: "Leaderboard_1") { ... on Leaderboard { result { samples } } } }`);
      return (data!.node as { result: object | null }).result ? true : undefined;
    },
    30,
    'the ranking',
  );
  const addresses = [
    board,
    `${board}/sharing`,
    `${board}/edit`,
    `${board}/competition`,
    `/leaderboards/new?project=${demo.id.slice('Project_'.length)}`,
    '/projects/local/demo/leaderboards',
  ];
  for (const address of addresses) {
    const page = await pages.open(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await violationsOf(page), address).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violationsOf(page), `${address}, dark`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflowOf(page), address).toBe(0);
    await page.close();
  }
});
