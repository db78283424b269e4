import type { Browser, CDPSession, Page } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a person waits for, and what the network carries, at the first view of a page. */
export interface Vitals {
  /** Milliseconds from the navigation to the largest contentful paint. */
  lcp: number;
  /** Of long tasks after the first contentful paint, the milliseconds beyond 50 of each. */
  tbt: number;
  /** Cumulative layout shift: the worst window of at most 5 s with gaps below 1 s. */
  cls: number;
  /** Kilobytes (1,000) as transferred, packed; of scripts, and of all. */
  scriptKilobytes: number;
  kilobytes: number;
}

export const VIEWPORT = { width: 1440, height: 900 };
/** The page is at rest after so long without a long task, and counted until then. */
const REST_MILLISECONDS = 1500;
const MOST_MILLISECONDS = 15_000;

/** Notes what the browser itself measures; runs in the page before its first script. */
const OBSERVE = `
  window.__vitals = { lcp: 0, fcp: 0, tasks: [], shifts: [] };
  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe('largest-contentful-paint', (e) => { __vitals.lcp = e.startTime; });
  observe('paint', (e) => { if (e.name === 'first-contentful-paint') __vitals.fcp = e.startTime; });
  observe('longtask', (e) => __vitals.tasks.push([e.startTime, e.duration]));
  observe('layout-shift', (e) => { if (!e.hadRecentInput) __vitals.shifts.push([e.startTime, e.value]); });
`;

interface Noted {
  lcp: number;
  fcp: number;
  tasks: [at: number, duration: number][];
  shifts: [at: number, value: number][];
}

/** Opens an address in a browser profile of its own, with an empty cache, and waits until the page is at rest. */
export async function measureFirstView(browser: Browser, address: string): Promise<Vitals> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    await page.addInitScript(OBSERVE);
    const transferred = await countBytes(await context.newCDPSession(page));
    const answer = await page.goto(address, { waitUntil: 'load' });
    if (!answer?.ok()) throw new Error(`${address} answers ${answer?.status() ?? 'nothing'}.`);
    const { lcp, fcp, tasks, shifts } = await atRest(page);
    const late = tasks.filter(([at]) => at >= fcp).map(([, duration]) => duration - 50);
    return {
      lcp,
      tbt: late.reduce((a, b) => a + b, 0),
      cls: worstWindow(shifts),
      scriptKilobytes: transferred.script / 1000,
      kilobytes: transferred.all / 1000,
    };
  } finally {
    await context.close();
  }
}

async function countBytes(session: CDPSession): Promise<{ script: number; all: number }> {
  const counted = { script: 0, all: 0 };
  const types = new Map<string, string>();
  session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    counted.all += encodedDataLength;
    if (types.get(requestId) === 'Script') counted.script += encodedDataLength;
  });
  await session.send('Network.enable');
  return counted;
}

async function atRest(page: Page): Promise<Noted> {
  const deadline = performance.now() + MOST_MILLISECONDS;
  for (;;) {
    await sleep(250);
    const { noted, now } = await page.evaluate<{ noted: Noted; now: number }>(
      '({ noted: __vitals, now: performance.now() })',
    );
    const last = Math.max(noted.lcp, ...noted.tasks.map(([at, duration]) => at + duration));
    if (now - last >= REST_MILLISECONDS || performance.now() > deadline) return noted;
  }
}

/** As Core Web Vitals defines it: shifts belong together that follow within 1 s, for at most 5 s. */
function worstWindow(shifts: readonly [number, number][]): number {
  let [worst, sum, first, previous] = [0, 0, 0, -Infinity];
  for (const [at, value] of shifts) {
    if (at - previous > 1000 || at - first > 5000) [sum, first] = [0, at];
    sum += value;
    previous = at;
    worst = Math.max(worst, sum);
  }
  return worst;
}
