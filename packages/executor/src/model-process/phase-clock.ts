import type { Cost } from './protocol.ts';

type MeasuredPhase = 'PREPROCESSING' | 'INFERENCE';

/**
 * What the phases of this process cost. Wall seconds are those in which a phase was at work, without the wait for its
 * turn; phases overlap, so their sum may exceed the time that passed. The system counts processor time for the process
 * as a whole (onnxruntime's and libvips' threads are not told apart): it is divided in proportion to the phases' wall
 * seconds. Peak memory is the process's since it started.
 */
export class PhaseClock {
  #cpuAtStart = process.cpuUsage();
  readonly #seconds: Record<MeasuredPhase, number> = { PREPROCESSING: 0, INFERENCE: 0 };

  /** Processor time counts from now on: what was before is the request's before. */
  begin(): void {
    this.#cpuAtStart = process.cpuUsage();
  }

  add(phase: MeasuredPhase, seconds: number): void {
    this.#seconds[phase] += seconds;
  }

  async measure<T>(phase: MeasuredPhase, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      this.add(phase, (performance.now() - started) / 1000);
    }
  }

  costs(): Record<MeasuredPhase, Cost> {
    const { user, system } = process.cpuUsage(this.#cpuAtStart);
    const all = this.#seconds.PREPROCESSING + this.#seconds.INFERENCE;
    const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
    const cost = (phase: MeasuredPhase): Cost => ({
      wallSeconds: this.#seconds[phase],
      cpuSeconds: all === 0 ? 0 : ((user + system) / 1e6) * (this.#seconds[phase] / all),
      peakMemoryBytes,
    });
    return { PREPROCESSING: cost('PREPROCESSING'), INFERENCE: cost('INFERENCE') };
  }
}
