import type { Page } from 'playwright-core';
import { violationsOf } from './axe.ts';
import { overflowOf } from './pages.ts';

/** What keeps people from a page, in light and in dark, at a desk and on a telephone: each with where it is seen. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  await page.waitForLoadState('load');
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await overflowOf(page);
    if (overflow > 0) faults.push(`${width}: wider by ${overflow} pixels`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      faults.push(...(await violationsOf(page)).map((violation) => `${width}, ${colorScheme}: ${violation}`));
    }
  }
  return faults;
}
