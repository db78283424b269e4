import type { ChildProcess } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { end, type Stack } from './stack.ts';
import { startWeb } from './web.ts';

export interface Pages {
  url: string;
  open(address: string, options?: OpenOptions): Promise<Page>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Pixels. */
  width?: number;
  scheme?: 'light' | 'dark';
}

/** Whether what can be used is React's by now: on a busy machine a choice made before that is lost. */
const LISTENS = `[...document.querySelectorAll('main select, main [class*=mantine-Button]')].every((of) =>
  Object.keys(of).some((key) => key.startsWith('__reactProps')))`;

/** The built page before a stack, in a real browser. */
export async function startPages({ apiUrl }: Pick<Stack, 'apiUrl'>): Promise<Pages> {
  const web: { url: string; child: ChildProcess } = await startWeb(apiUrl);
  const browser: Browser = await launchBrowser();
  return {
    url: web.url,
    async open(address, { width = 1440, scheme = 'light' } = {}) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
      page.setDefaultTimeout(20_000);
      await page.goto(`${web.url}${address}`);
      await listening(page);
      return page;
    },
    async close() {
      await browser.close();
      await end(web.child);
    },
  };
}

/** Pixels by which a page is wider than its window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Resolves when what can be used does something. */
export const listening = (page: Page): Promise<unknown> => page.waitForFunction(LISTENS);
