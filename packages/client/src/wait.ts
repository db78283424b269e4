import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionFailed } from './errors.ts';

export interface WaitOptions<T> {
  /** Called with every state that is read. */
  onProgress?: (state: T) => void;
  /** Ends the waiting, not what is waited for. */
  signal?: AbortSignal;
  intervalMilliseconds?: number;
}

/** An API that restarts is away for seconds. */
const PATIENCE_MILLISECONDS = 60_000;

/** Reads until it has ended; bears with an API that is away for a minute. */
export async function waitFor<T>(
  read: () => Promise<T>,
  hasEnded: (state: T) => boolean,
  { onProgress, signal, intervalMilliseconds = 500 }: WaitOptions<T> = {},
): Promise<T> {
  let heard = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    try {
      const state = await read();
      heard = performance.now();
      onProgress?.(state);
      if (hasEnded(state)) return state;
    } catch (error) {
      if (!(error instanceof ConnectionFailed) || performance.now() - heard > PATIENCE_MILLISECONDS) throw error;
    }
    await sleep(intervalMilliseconds, undefined, signal ? { signal } : {});
  }
}
