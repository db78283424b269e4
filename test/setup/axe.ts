import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** GraphiQL and its editor are not ours to mend: tabs that hold buttons, pale line numbers. */
const OURS = `{ exclude: [['.graphiql-container']] }`;

/** What fades, such as from one scheme to the other, begins to with the next frame, and has colours of neither meanwhile. */
const COME_TO_REST = `(async () => {
  for (let i = 0; i < 2; i++) await new Promise((done) => requestAnimationFrame(done));
  const moving = document.getAnimations().filter((one) => one.playState === 'running' && one.effect.getTiming().iterations !== Infinity);
  const longest = new Promise((done) => setTimeout(done, 3000)); // some go on for as long as something is awaited
  await Promise.race([Promise.allSettled(moving.map((one) => one.finished)), longest]);
})()`;

/** What axe has to say against a page: rule and first element of each violation. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(COME_TO_REST);
  await page.addScriptTag({ path: AXE });
  return page.evaluate<string[]>(
    `axe.run(${OURS}).then(({ violations }) => violations.map((v) => v.id + ': ' + v.nodes[0].html))`,
  );
}
