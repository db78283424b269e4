import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** GraphiQL and its editor are not ours to mend: tabs that hold buttons, pale line numbers. */
const OURS = `{ exclude: [['.graphiql-container']] }`;

/** What axe has to say against a page: rule and first element of each violation. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  return page.evaluate<string[]>(
    `axe.run(${OURS}).then(({ violations }) => violations.map((v) => v.id + ': ' + v.nodes[0].html))`,
  );
}
