/** How long a subscription goes on after the right to it is lost, at most. */
const RECHECK_MILLISECONDS = 60_000;
/** With events coming, it is looked at more often. */
const BUSY_MILLISECONDS = 5000;

/**
 * Hands events on as long as they are allowed, and ends when they no longer are: a token may be revoked, a membership
 * may end while somebody follows.
 */
export function whileAllowed<T>(
  events: AsyncIterable<T>,
  isAllowed: () => Promise<boolean>,
  { idle = RECHECK_MILLISECONDS, busy = BUSY_MILLISECONDS } = {},
): AsyncIterableIterator<T> {
  const source = events[Symbol.asyncIterator]();
  let checkedAt = performance.now();
  let ended = false;
  const end = async (): Promise<IteratorResult<T>> => {
    ended = true;
    clearInterval(timer);
    // What waits for the next event is told that there is none.
    await source.return?.();
    return { done: true, value: undefined };
  };
  const check = async (): Promise<boolean> => {
    checkedAt = performance.now();
    // With the database away nobody can say; who follows connects again and is asked then.
    return isAllowed().catch(() => false);
  };
  const timer = setInterval(() => {
    void check().then((allowed) => (allowed ? undefined : end()));
  }, idle);
  timer.unref();
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (ended) return { done: true, value: undefined };
      try {
        const result = await source.next();
        if (result.done) return await end();
        if (performance.now() - checkedAt > busy && !(await check())) return await end();
        return result;
      } catch (error) {
        await end();
        throw error;
      }
    },
    return: end,
    async throw(error: unknown) {
      await end();
      throw error;
    },
  };
}
