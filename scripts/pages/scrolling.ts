import type { Browser } from 'playwright-core';
import { VIEWPORT } from './vitals.ts';

/** How a page keeps up while it is scrolled. */
export interface Scrolling {
  /** Pixels that there are to be scrolled, and that were. */
  height: number;
  scrolled: number;
  frames: number;
  /** Of the frames that a screen of 60 Hz would have shown, the share that did not come in time. */
  droppedShare: number;
  /** Milliseconds of the longest frame. */
  longestFrame: number;
  /** Tasks of 50 ms and more. */
  longTasks: number;
  layoutShift: number;
  /** Share of looks at which the middle of the view was empty, though there is content. */
  emptyShare: number;
}

interface ScrollOptions {
  /** Pixels a second: as fast as a hand at a wheel, or as one that drags the bar. */
  speed: number;
  seconds: number;
  /** What has come when the page can be scrolled. */
  ready: string;
}

/**
 * Scrolls what can be scrolled the furthest, a little at each frame, and counts the frames that come late. The function
 * runs in the page, so that its own calls do not disturb it.
 */
export async function measureScrolling(
  browser: Browser,
  address: string,
  { speed, seconds, ready }: ScrollOptions,
): Promise<Scrolling> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'load' });
    await page.locator(ready).first().waitFor();
    await page.waitForTimeout(1000);
    return await page.evaluate<Scrolling>(`(${SCROLL})(${speed}, ${seconds})`);
  } finally {
    await context.close();
  }
}

const SCROLL = `async (speed, seconds) => {
  const scrolls = (e) => e.scrollHeight > e.clientHeight + 50 && /auto|scroll/.test(getComputedStyle(e).overflowY);
  const candidates = [document.scrollingElement, ...[...document.querySelectorAll('main *')].filter(scrolls)];
  const target = candidates.reduce((a, b) => (b.scrollHeight - b.clientHeight > a.scrollHeight - a.clientHeight ? b : a));
  const box = target === document.scrollingElement ? null : target.getBoundingClientRect();
  const middle = box ? [box.left + box.width / 2, box.top + box.height / 2] : [innerWidth / 2, innerHeight / 2];
  let longTasks = 0;
  let layoutShift = 0;
  new PerformanceObserver((list) => { longTasks += list.getEntries().length; }).observe({ type: 'longtask' });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) layoutShift += entry.value;
  }).observe({ type: 'layout-shift' });
  const frame = () => new Promise(requestAnimationFrame);
  const start = await frame();
  let [previous, frames, dropped, longest, looks, empty] = [start, 0, 0, 0, 0, 0];
  const began = target.scrollTop;
  for (;;) {
    const now = await frame();
    const took = now - previous;
    previous = now;
    frames++;
    dropped += Math.max(0, Math.round(took / (1000 / 60)) - 1);
    longest = Math.max(longest, took);
    if (frames % 10 === 0) {
      looks++;
      const seen = document.elementFromPoint(...middle);
      if (seen === target || seen === document.body || seen === document.documentElement || seen?.tagName === 'MAIN') empty++;
    }
    if (now - start > seconds * 1000) break;
    target.scrollTop = began + ((now - start) / 1000) * speed;
  }
  return {
    height: target.scrollHeight,
    scrolled: target.scrollTop - began,
    frames,
    droppedShare: dropped / (frames + dropped),
    longestFrame: longest,
    longTasks,
    layoutShift,
    emptyShare: looks === 0 ? 0 : empty / looks,
  };
}`;
