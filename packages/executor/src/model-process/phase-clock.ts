import type { Cost } from './protocol.ts';

type MeasuredPhase = 'PREPROCESSING' | 'INFERENCE';

/** Milliseconds since 1970, the same in every thread, and finer than Date.now(). */
export const instant = (): number => performance.timeOrigin + performance.now();

/**
 * What the phases of this process cost. Wall seconds are those in which a phase was at work, without the wait for its
 * turn: what is at work twice at the same moment counts once. Phases overlap, so their sum may exceed the time that
 * passed. The system counts processor time for the process as a whole (onnxruntime's and libvips' threads are not told
 * apart): it is divided in proportion to the phases' wall seconds. Peak memory is the process's since it started.
 */
export class PhaseClock {
  #cpuAtStart = process.cpuUsage();
  readonly #spans: Record<MeasuredPhase, Span[]> = { PREPROCESSING: [], INFERENCE: [] };

  /** Processor time counts from now on: what was before is the request's before. */
  begin(): void {
    this.#cpuAtStart = process.cpuUsage();
  }

  /** @param until when the work ended, as an `instant` */
  add(phase: MeasuredPhase, seconds: number, until = instant()): void {
    this.#spans[phase].push({ from: until - seconds * 1000, until });
  }

  async measure<T>(phase: MeasuredPhase, work: () => Promise<T>): Promise<T> {
    const from = instant();
    try {
      return await work();
    } finally {
      this.#spans[phase].push({ from, until: instant() });
    }
  }

  /** Of work that does not wait. */
  measureNow<T>(phase: MeasuredPhase, work: () => T): T {
    const from = instant();
    const result = work();
    this.#spans[phase].push({ from, until: instant() });
    return result;
  }

  costs(): Record<MeasuredPhase, Cost> {
    const { user, system } = process.cpuUsage(this.#cpuAtStart);
    const seconds = {
      PREPROCESSING: secondsCovered(this.#spans.PREPROCESSING),
      INFERENCE: secondsCovered(this.#spans.INFERENCE),
    };
    const all = seconds.PREPROCESSING + seconds.INFERENCE;
    const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
    const cost = (phase: MeasuredPhase): Cost => ({
      wallSeconds: seconds[phase],
      cpuSeconds: all === 0 ? 0 : ((user + system) / 1e6) * (seconds[phase] / all),
      peakMemoryBytes,
    });
    return { PREPROCESSING: cost('PREPROCESSING'), INFERENCE: cost('INFERENCE') };
  }
}

/** Instants. */
interface Span {
  from: number;
  until: number;
}

/** Seconds that lie in at least one of the spans. */
export function secondsCovered(spans: readonly Span[]): number {
  let [covered, reached] = [0, -Infinity];
  for (const { from, until } of [...spans].sort((a, b) => a.from - b.from)) {
    if (until <= reached) continue;
    covered += until - Math.max(from, reached);
    reached = until;
  }
  return covered / 1000;
}
