import { browserClient } from '@/graphql/browser';
import { SmallCurves } from './curves.documents';

/** A metric of a run, thinned out to what a cell can show. */
export interface SmallCurve {
  /** Points before that. */
  total: number;
  steps: readonly number[];
  values: readonly number[];
}

/** As many as a cell has pixels for. */
const POINTS = 40;
/** Cells that come into sight within this time are read together. */
const GATHER_MILLISECONDS = 60;
/** The API's limits. */
const RUNS = 200;
const KEYS = 50;
/** Curves that are kept: those that were wanted last. */
const KEPT = 3000;
/** A curve that grows is read again after this time at the earliest. */
const FRESH_MILLISECONDS = 5000;

interface Kept {
  curve: SmallCurve | null;
  readAt: number;
}

/** Curves of the rows that are seen, read in batches, and told to the cells that wait for them. */
class CurveStore {
  readonly #kept = new Map<string, Kept>();
  readonly #wanted = new Map<string, { runId: string; key: string }>();
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** @returns undefined until it is read, null where there are no points */
  get(runId: string, key: string): SmallCurve | null | undefined {
    return this.#kept.get(nameOf(runId, key))?.curve;
  }

  /** @param grows the run goes on, so that what is kept may be old */
  want(runId: string, key: string, grows: boolean): void {
    const name = nameOf(runId, key);
    const kept = this.#kept.get(name);
    if (kept && !(grows && Date.now() - kept.readAt > FRESH_MILLISECONDS)) return;
    this.#wanted.set(name, { runId, key });
    if (this.#timer === undefined) this.#timer = setTimeout(() => void this.#read(), GATHER_MILLISECONDS);
  }

  async #read(): Promise<void> {
    this.#timer = undefined;
    const wanted = [...this.#wanted.values()];
    this.#wanted.clear();
    const keys = [...new Set(wanted.map(({ key }) => key))].slice(0, KEYS);
    const ids = [...new Set(wanted.map(({ runId }) => runId))];
    for (let at = 0; at < ids.length; at += RUNS) {
      const runIds = ids.slice(at, at + RUNS);
      const { data } = await browserClient().query(SmallCurves, { runIds, keys, points: POINTS }).toPromise();
      // A cell without its curve stays empty; it is wanted again when it comes back into sight.
      if (data) this.#keep(runIds, keys, data.metricSeries);
    }
    for (const listener of this.#listeners) listener();
  }

  #keep(
    runIds: readonly string[],
    keys: readonly string[],
    series: readonly {
      runId: string;
      key: string;
      total: number;
      steps: readonly unknown[];
      values: readonly unknown[];
    }[],
  ): void {
    const found = new Map(series.map((one) => [nameOf(one.runId, one.key), one]));
    const readAt = Date.now();
    for (const runId of runIds) {
      for (const key of keys) {
        const name = nameOf(runId, key);
        const one = found.get(name);
        this.#kept.delete(name);
        this.#kept.set(name, {
          readAt,
          curve: one ? { total: one.total, steps: one.steps.map(Number), values: one.values.map(Number) } : null,
        });
      }
    }
    for (const name of [...this.#kept.keys()].slice(0, Math.max(0, this.#kept.size - KEPT))) this.#kept.delete(name);
  }
}

const nameOf = (runId: string, key: string): string => `${runId} ${key}`;

export const smallCurves = new CurveStore();
