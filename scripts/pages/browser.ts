import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../test/chromium.ts';

/** A real browser, without its own background traffic. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('No Chromium was found. Set CHROMIUM_PATH, or run `npm test`, which installs one.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
