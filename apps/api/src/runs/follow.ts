import type { Announcement, Listener } from '@samplewise/database';
import { Repeater } from '@repeaterjs/repeater';

/** What waits for a slow reader at most; beyond it the reader is told to read everything again instead. */
const WAITING_LIMIT = 1000;
const RESYNCHRONISE = '';

/**
 * Turns announcements into a sequence of values. It begins with `resynchronise`, so that the reader first sees how
 * things stand and misses nothing in between; the same announcement does not wait twice, since it only says "read
 * again". Leaving the sequence ends the subscription at once, also while it waits.
 * @param read what to give for an announcement, read further only as fast as the reader takes it; `done` ends the sequence
 */
export function follow<T>(
  listener: Listener,
  concerns: (message: Announcement) => boolean,
  read: (message: Announcement | 'resynchronise') => Promise<{ values: Iterable<T> | AsyncIterable<T>; done: boolean }>,
): Repeater<T> {
  return new Repeater<T>(async (push, stop) => {
    const waiting = new Map<string, Announcement | 'resynchronise'>([[RESYNCHRONISE, 'resynchronise']]);
    let wake = (): void => undefined;
    let stopped = false;
    void stop.then(() => {
      stopped = true;
      wake();
    });
    const unsubscribe = listener.subscribe((message) => {
      if (message !== 'resynchronise' && !concerns(message)) return;
      if (message === 'resynchronise' || waiting.size >= WAITING_LIMIT) {
        waiting.clear();
        waiting.set(RESYNCHRONISE, 'resynchronise');
      } else if (!waiting.has(RESYNCHRONISE)) {
        waiting.set(JSON.stringify(message), message);
      }
      wake();
    });
    try {
      // `stopped` changes while we wait
      for (;;) {
        if (stopped as boolean) return;
        const next = waiting.entries().next();
        if (next.done) {
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        const [key, message] = next.value;
        waiting.delete(key);
        const { values, done } = await read(message);
        for await (const value of values) {
          await push(value);
          if (stopped as boolean) return;
        }
        if (done) {
          stop();
          return;
        }
      }
    } finally {
      unsubscribe();
    }
  });
}
