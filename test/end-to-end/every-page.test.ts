import { globSync } from 'node:fs';
import path from 'node:path';
import { errors, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAGES } from '../../scripts/pages/pages.ts';
import { askedSize } from '../../scripts/pages/size.ts';
import { ACCOUNTS, openSite, type Site } from '../../scripts/pages/site.ts';
import { violationsOf } from '../setup/axe.ts';
import { launchBrowser } from '../setup/browser.ts';
import { generateInto } from '../setup/generated.ts';
import { listening, overflowOf } from '../setup/pages.ts';
import { startStack, type Stack } from '../setup/stack.ts';

/**
 * What must be true of every page, whatever it is about, with real and with hostile content, full and empty. The
 * addresses are in scripts/pages/pages.ts. PAGES_RUNS=10000 PAGES_SAMPLES=36000 looks at a large database.
 */
const APP = path.resolve(import.meta.dirname, '../../apps/web/app');
/** Each width in a scheme of its own: what axe finds rarely hangs on both. */
const LOOKS = [
  { width: 1440, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const;

let stack: Stack;
let site: Site;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack();
  const made = await generateInto(stack, askedSize);
  site = await openSite(stack.apiUrl, await stack.startApi(ACCOUNTS), made);
  browser = await launchBrowser();
}, 900_000);
afterAll(async () => {
  await browser.close();
  await site.stop();
  await stack.stop();
});

test('the list of pages has every page that there is, and no other', () => {
  const routes = globSync('**/page.tsx', { cwd: APP }).map((file) => path.dirname(file).replace(/^\.$/, ''));
  expect([...new Set(PAGES.map(({ route }) => route))].sort()).toEqual(routes.sort());
});

describe('a page', () => {
  test.each(PAGES)('$name is whole, light and dark, wide and narrow', async (address) => {
    const said: string[] = [];
    const page = await site.open(browser, address, {}, (opened) => listen(opened, said));
    for (const { width, colorScheme } of LOOKS) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await loaded(page);
      expect.soft(await violationsOf(page), `axe, ${width} px, ${colorScheme}`).toEqual([]);
      expect.soft(await overflowOf(page), `pixels beyond ${width}`).toBe(0);
    }
    const { title, headings } = await page.evaluate<{ title: string; headings: string[] }>(
      `({ title: document.title, headings: [...document.querySelectorAll('h1')].map((h) => h.innerText) })`,
    );
    expect.soft(headings, 'h1').toHaveLength(1);
    expect.soft(headings[0]?.trim()).not.toBe('');
    // A hostile name says 'broken' there, where it is run.
    expect.soft(title).toMatch(address.route === '' ? /^Samplewise$/ : /^(?!broken).+ · Samplewise$/s);
    expect(said, 'errors in the console').toEqual([]);
    await page.close();
  });
});

function listen(page: Page, said: string[]): void {
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(`${message.text()} ${message.location().url}`);
  });
}

/** Nothing is loading any more, or it never ends: axe looks at what people see in the end. */
async function loaded(page: Page): Promise<void> {
  await listening(page);
  try {
    const still = '[aria-busy=true], .mantine-Skeleton-root';
    await page.waitForFunction(`!document.querySelector('${still}')`, undefined, { timeout: 15_000 });
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
  }
}
