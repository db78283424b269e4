import type { ChildProcess } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../setup/browser.ts';
import { seededDemo } from '../setup/demo.ts';
import { end, startStack, type Stack } from '../setup/stack.ts';
import { startWeb } from '../setup/web.ts';

let stack: Stack;
let web: { url: string; child: ChildProcess };
let browser: Browser;

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  const demo = await seededDemo(stack.client);
  // The others are still executed when the page subscribes.
  for (const run of demo.experiments[0]!.runs.slice(0, 2)) await stack.client.waitForRun(run.id);
  web = await startWeb(stack.apiUrl);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await end(web.child);
  await stack.stop();
});

async function open(address: string): Promise<{ page: Page; elsewhere: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(20_000);
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(web.url) && !url.startsWith('data:')) elsewhere.push(url);
  });
  await page.goto(`${web.url}${address}`);
  return { page, elsewhere };
}

/** The editor comes later than what is around it. */
const shown = (page: Page, operation: string): Promise<void> =>
  page.getByRole('region', { name: 'Operation Editor' }).getByText(operation).first().waitFor();
const answerOf = (page: Page) => page.getByRole('region', { name: 'Result Window' });

test('the explorer runs each of its examples, shows the docs, and asks nobody but its own host', async () => {
  const { page, elsewhere } = await open('/');
  await page.getByRole('link', { name: 'API', exact: true }).click();
  const run = page.getByRole('button', { name: /Execute query/ });
  for (const [tab, answer] of [
    ['Runs', '"totalCount": 8'],
    ['Compare', '"reference": {'],
    ['WrongSamples', '"predictions": {'],
    ['Live', '"experimentRunChanged": {'],
  ] as const) {
    await page.getByRole('button', { name: tab, exact: true }).click();
    await shown(page, tab);
    await run.click();
    await answerOf(page).getByText(answer).first().waitFor();
  }
  await page.getByRole('button', { name: /Stop query/ }).click();
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.locator('.graphiql-doc-explorer').getByText('Comparison', { exact: true }).click();
  await page.getByText('Runs on the same samples, beside a reference and all together.').waitFor();
  expect(page.workers().length).toBeGreaterThan(0);
  expect(elsewhere).toEqual([]);
  await page.close();
});

test('a link brings an operation into the explorer, which does not run it by itself', async () => {
  const asked: string[] = [];
  const { page } = await open(`/explorer?query=${encodeURIComponent('mutation Linked { __typename }')}`);
  page.on('request', (request) => asked.push(request.postData() ?? ''));
  await shown(page, 'Linked');
  expect(asked.filter((body) => body.includes('Linked'))).toEqual([]);
  await page.getByRole('button', { name: /Execute query/ }).click();
  await answerOf(page).getByText('"Mutation"').waitFor();
  await page.close();
});
