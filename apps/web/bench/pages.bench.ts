import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { end } from '../../../scripts/bench/api.ts';
import { DEFAULTS } from '../../../scripts/generate/generate.ts';
import { launchBrowser } from '../../../scripts/pages/browser.ts';
import { openGenerated } from '../../../scripts/pages/generated-home.ts';
import { pageNamed, type PlaceToLook } from '../../../scripts/pages/pages.ts';
import { askedSize, REPEATS } from '../../../scripts/pages/size.ts';
import { measureScrolling } from '../../../scripts/pages/scrolling.ts';
import { measureFirstView, type Vitals } from '../../../scripts/pages/vitals.ts';
import { startWeb } from '../../../scripts/pages/web.ts';
import { buildWeb } from '../../../scripts/start/build-web.ts';

/**
 * The first view of the heavy pages, and how they scroll: the production build on a generated database, in Chromium,
 * each time with an empty cache. Beside them a page of one sentence: what this machine needs for anything at all.
 * PAGES_RUNS, PAGES_SAMPLES, PAGES_PREDICTED and PAGES_REPEATS make it smaller.
 */
/** By their names in scripts/pages/pages.ts. */
const VIEWED = ['project', 'experiment', 'run', 'compare', 'gallery'];
const SCROLLED = { experiment: 'table', gallery: 'main img' };
/** Design, section 10. */
const LCP_BUDGET = 1000;
const SCRIPT_BUDGET = 200;
/** Pixels a second: a hand at a wheel, and one that drags the bar. */
const SPEEDS = [4000, 40_000];
const SECONDS = 4;

await buildWeb({ onBuild: () => console.log('  building the page …') });
const { api, made } = await openGenerated({ ...DEFAULTS, ...askedSize });
const web = await startWeb(api.url);
const browser = await launchBrowser();
const place: PlaceToLook = { ...made, invitation: '' }; // which no page that is measured needs
try {
  await reportViews(browser);
  await reportScrolling(browser);
} finally {
  await browser.close();
  await end(web.child);
  await api.stop();
}

async function reportViews(chromium: Browser): Promise<void> {
  console.log(`  ${'first view'.padEnd(14)} LCP  and range      TBT    CLS   script      all`);
  const plain = await startPlainPage();
  show('one sentence', await repeat(chromium, plain.url));
  plain.stop();
  for (const name of VIEWED) {
    const { address } = pageNamed(name);
    await measureFirstView(chromium, `${web.url}${address(place)}`); // the server's caches and compiled code
    const views = await repeat(chromium, `${web.url}${address(place)}`);
    show(name, views, name === 'project');
  }
}

async function repeat(chromium: Browser, address: string): Promise<Vitals[]> {
  const views: Vitals[] = [];
  for (let i = 0; i < REPEATS; i++) views.push(await measureFirstView(chromium, address));
  return views;
}

function show(name: string, views: readonly Vitals[], landing = false): void {
  const sorted = (of: keyof Vitals): number[] => views.map((view) => view[of]).sort((a, b) => a - b);
  const median = (of: keyof Vitals): number => sorted(of)[Math.floor(views.length / 2)]!;
  const lcp = sorted('lcp');
  const missed = [
    ...(median('lcp') > LCP_BUDGET ? [`MISSES ${LCP_BUDGET} ms`] : []),
    ...(landing && median('scriptKilobytes') > SCRIPT_BUDGET ? [`MISSES ${SCRIPT_BUDGET} kB of script`] : []),
  ];
  const range = `${lcp[0]!.toFixed(0)}-${lcp.at(-1)!.toFixed(0)}`;
  console.log(
    `  ${name.padEnd(14)}${median('lcp').toFixed(0).padStart(5)} ms ${range.padEnd(11)}` +
      `${median('tbt').toFixed(0).padStart(5)} ms  ${median('cls').toFixed(3)}` +
      `${median('scriptKilobytes').toFixed(0).padStart(6)} kB${median('kilobytes').toFixed(0).padStart(6)} kB  ${missed.join(', ')}`,
  );
}

async function reportScrolling(chromium: Browser): Promise<void> {
  console.log('  scrolling                  height   frames  dropped  longest  long tasks  shift  empty');
  for (const [name, ready] of Object.entries(SCROLLED)) {
    for (const speed of SPEEDS) {
      const address = `${web.url}${pageNamed(name).address(place)}`;
      const s = await measureScrolling(chromium, address, { speed, seconds: SECONDS, ready });
      console.log(
        `  ${name.padEnd(12)}${`${speed} px/s`.padStart(11)}${s.height.toFixed(0).padStart(9)} px${String(s.frames).padStart(7)}` +
          `${(100 * s.droppedShare).toFixed(1).padStart(7)} %${s.longestFrame.toFixed(0).padStart(6)} ms` +
          `${String(s.longTasks).padStart(9)}${s.layoutShift.toFixed(3).padStart(10)}${(100 * s.emptyShare).toFixed(0).padStart(5)} %`,
      );
    }
  }
}

/** The least that a browser can be asked for: the floor under all other figures. */
async function startPlainPage(): Promise<{ url: string; stop: () => void }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>One sentence</title><h1>A page of one sentence.</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, stop: () => server.close() };
}
