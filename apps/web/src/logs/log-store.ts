import type { LogLineRowFragment } from '@/generated/graphql';
import { fits, type LogFilter } from './filter';

export type LogLine = LogLineRowFragment;

/** A page of a log, as the API gives it. */
export interface LogPageRead {
  lineCount: number;
  /** The search has looked through as much as it may at once. */
  incomplete: boolean;
  hasNextPage: boolean;
  endCursor: string | null;
  lines: LogLine[];
}

/** @throws Error with what to tell */
export type ReadLogPage = (filter: LogFilter, after: string | null, first: number) => Promise<LogPageRead>;

export interface LogState {
  /** Lines that can be shown: all of the log, or as many as have been found. Undefined before the first answer. */
  total: number | undefined;
  /** Lines of the whole log. */
  lineCount: number;
  /** Nothing more can be found. */
  complete: boolean;
  searching: boolean;
  error: string | undefined;
}

/** Lines of one request. */
export const PAGE = 200;
/** Kept at once; those that are furthest from what is looked at are let go. */
const PAGES = 100;
/** More than anybody reads; a search of a million lines must not fill the memory. */
const FOUND = 20_000;

/**
 * The lines of a log, of which some are here. Without a filter each has its place by its number, so that the middle of a
 * million can be looked at; with one they are found from the beginning on, page by page.
 */
export class LogStore {
  #state: LogState = { total: undefined, lineCount: 0, complete: false, searching: false, error: undefined };
  readonly #read: ReadLogPage;
  readonly #filter: LogFilter;
  readonly #listeners = new Set<() => void>();
  readonly #pages = new Map<number, readonly LogLine[]>();
  readonly #pending = new Set<number>();
  /** Lines of the whole log when a page was read: it is read again only if there are more now. */
  readonly #readAt = new Map<number, number>();
  readonly #found: LogLine[] = [];
  #after: string | null = null;

  constructor(read: ReadLogPage, filter: LogFilter) {
    this.#read = read;
    this.#filter = filter;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly state = (): LogState => this.#state;

  get isFiltered(): boolean {
    return Object.keys(this.#filter).length > 0;
  }

  /** @param index from 0 @returns undefined while it is on its way */
  lineAt(index: number): LogLine | undefined {
    return this.isFiltered ? this.#found[index] : this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Has what is looked at read, where it is not here. @param from index, @param to inclusive */
  want(from: number, to: number): void {
    if (this.isFiltered) {
      const near = to >= this.#found.length - PAGE / 2;
      if (near && !this.#state.complete && this.#state.error === undefined) void this.#readMore();
      return;
    }
    const { total = 1 } = this.#state;
    const [first, last] = [Math.floor(from / PAGE), Math.floor(Math.max(0, Math.min(to, total - 1)) / PAGE)];
    for (let page = first; page <= last; page++) {
      const whole = Math.min(PAGE, total - page * PAGE);
      const present = this.#pages.get(page);
      if (present && (present.length >= whole || this.#readAt.get(page) === total)) continue;
      void this.#readPage(page);
    }
    this.#forgetFarFrom(first);
  }

  /** Tries again what has failed. */
  again(): void {
    this.#change({ error: undefined });
    this.want(0, 0);
  }

  /** Lines that have come while the run goes on, in their order. */
  add(lines: readonly LogLine[]): void {
    const last = lines.at(-1)?.number ?? 0;
    if (this.isFiltered) {
      if (!this.#state.complete) return; // The search will come to them.
      this.#found.push(...lines.filter((line) => fits(this.#filter, line)));
      this.#change({ total: this.#found.length, lineCount: last });
      return;
    }
    for (const line of lines) {
      const [page, place] = [Math.floor((line.number - 1) / PAGE), (line.number - 1) % PAGE];
      const present = this.#pages.get(page) ?? (place === 0 ? [] : undefined);
      if (present?.length === place) this.#pages.set(page, [...present, line]);
    }
    const total = Math.max(this.#state.total ?? 0, last);
    this.#change({ total, lineCount: total });
  }

  async #readPage(page: number): Promise<void> {
    if (this.#pending.has(page) || this.#state.error !== undefined) return;
    this.#pending.add(page);
    try {
      const { lines, lineCount } = await this.#read({}, page === 0 ? null : String(page * PAGE), PAGE);
      this.#pages.set(page, lines);
      this.#readAt.set(page, lineCount);
      const total = Math.max(this.#state.total ?? 0, lineCount);
      this.#change({ total, lineCount: total, complete: true });
    } catch (reason) {
      this.#change({ error: (reason as Error).message });
    }
    this.#pending.delete(page);
  }

  async #readMore(): Promise<void> {
    if (this.#state.searching) return;
    this.#change({ searching: true });
    try {
      const page = await this.#read(this.#filter, this.#after, PAGE);
      this.#found.push(...page.lines);
      this.#after = page.endCursor ?? this.#after;
      const complete = !page.hasNextPage || this.#found.length >= FOUND;
      this.#change({ total: this.#found.length, lineCount: page.lineCount, complete, searching: false });
      // A search that stops early has perhaps found nothing yet; it goes on until there is something to look at.
      if (page.incomplete && page.lines.length === 0 && !complete) await this.#readMore();
    } catch (reason) {
      this.#change({ error: (reason as Error).message, searching: false });
    }
  }

  #forgetFarFrom(page: number): void {
    if (this.#pages.size <= PAGES) return;
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - page) - Math.abs(a - page));
    for (const key of far.slice(0, this.#pages.size - PAGES)) this.#pages.delete(key);
  }

  #change(change: Partial<LogState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
