import type { TableRow } from './request';

/** Which part of an order is asked for; as the API's connections have it. */
export interface PageAt {
  first?: number;
  after?: string;
  last?: number;
  before?: string;
}

/** A part of an order; `rows` is left out where only the places were asked for. */
export interface Part {
  ids: readonly string[];
  rows?: readonly TableRow[];
  /** Cursors of its first and its last row; none where it is empty. */
  start: string | null;
  end: string | null;
  hasNext: boolean;
  hasPrevious: boolean;
}

/** Where the rows come from. */
export interface Source {
  rows(at: PageAt): Promise<Part>;
  /** The same without the rows' values: a way to rows far away. */
  places(at: PageAt): Promise<Part>;
}

/** An order of which nothing is read yet. */
export const UNREAD: Part = { ids: [], start: null, end: null, hasNext: true, hasPrevious: false };

interface Window {
  /** Cursor of the row before its first; none at the beginning. */
  after: string | undefined;
  /** Of its first and its last row. */
  start: string;
  end: string;
  ids: readonly string[];
  rows: readonly TableRow[] | undefined;
  /** Its rows were read for other columns. */
  isStale: boolean;
}

export interface Extent {
  low: number;
  high: number;
}

export interface Count {
  rows: number;
  /** false: there are more. */
  isExact: boolean;
}

/** Rows as a grid draws them: each at its place, whether it is read or not. */
export interface Rows {
  readonly subscribe: (listener: () => void) => () => void;
  /** Changes whenever something of them does. */
  readonly version: () => number;
  /** Places. */
  readonly length: number;
  /** Runs that fit. */
  readonly total: Count;
  readonly error: string | undefined;
  /** Of an estimated metric, over all rows that were read: the lowest and the highest end of its intervals. */
  extentOf(metric: string): Extent | undefined;
  rowAt(index: number): TableRow | undefined;
  idAt(index: number): string | undefined;
  has(id: string): boolean;
  /** Puts changed rows into their places. */
  update(rows: readonly TableRow[]): void;
  /** Reads what is missing of these. @param to the one after the last */
  want(from: number, to: number): void;
  retry(): void;
}

/** Rows of a page; so many are read before and behind what is seen, too. */
export const PAGE = 100;
/** The API's limit. */
const LONG_PAGE = 200;
/** Windows whose rows are kept; those far from what is seen are read again when they are wanted. */
const KEPT = 40;

/**
 * The rows of an order, of which those that are seen are read: windows that follow each other from the beginning, and,
 * where somebody has gone there, from the end. Rows keep their places until the list is made anew. At most KEPT windows
 * hold rows, whatever their number.
 */
export class RunList implements Rows {
  #source: Source;
  #values: string;
  #head: Window[] = [];
  #tail: Window[] = [];
  /** The head reaches to the end. */
  #isWhole = false;
  #count: Count;
  #wanted = { from: 0, to: 0 };
  #working = false;
  #error: string | undefined;
  #version = 0;
  readonly #extents = new Map<string, Extent>();
  readonly #listeners = new Set<() => void>();

  /** @param values what comes with the rows */
  constructor(source: Source, values: string, first: Part, count: Count) {
    this.#source = source;
    this.#values = values;
    this.#count = count;
    this.#put(this.#head, first, undefined);
    this.#isWhole = !first.hasNext;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly version = (): number => this.#version;

  get error(): string | undefined {
    return this.#error;
  }

  /** Rows that fit, as far as they were counted. */
  get total(): Count {
    return this.#isWhole ? { rows: lengthOf(this.#head), isExact: true } : this.#count;
  }

  /** Rows for which there is a place: beyond what was counted they come a page at a time. */
  get length(): number {
    const head = lengthOf(this.#head);
    if (this.#isWhole) return head;
    if (!this.#count.isExact) return Math.max(head + PAGE, this.#count.rows);
    return Math.max(this.#count.rows, head + lengthOf(this.#tail));
  }

  extentOf(metric: string): Extent | undefined {
    return this.#extents.get(metric);
  }

  /** @returns undefined where it is not read (any more) */
  rowAt(index: number): TableRow | undefined {
    const at = this.#find(index);
    return at?.window.rows?.[at.offset];
  }

  idAt(index: number): string | undefined {
    const at = this.#find(index);
    return at?.window.ids[at.offset];
  }

  indexOf(id: string): number | undefined {
    const lists = [
      { windows: this.#head, start: 0 },
      { windows: this.#tail, start: this.length - lengthOf(this.#tail) },
    ];
    for (const { windows, start } of lists) {
      let before = start;
      for (const { ids } of windows) {
        const offset = ids.indexOf(id);
        if (offset >= 0) return before + offset;
        before += ids.length;
      }
    }
    return undefined;
  }

  has(id: string): boolean {
    return this.indexOf(id) !== undefined;
  }

  /** Rows that are read, in their order. */
  get loaded(): TableRow[] {
    return [...this.#head, ...this.#tail].flatMap(({ rows }) => rows ?? []);
  }

  want(from: number, to: number): void {
    this.#wanted = { from: Math.max(0, from), to: Math.min(to, this.length) };
    void this.#work();
  }

  retry(): void {
    this.#error = undefined;
    this.#tell();
    void this.#work();
  }

  /**
   * Rows are read with other values from now on; those that are shown stay until they come.
   * @param values what comes with the rows: the same ones change nothing
   */
  readFrom(values: string, source: () => Source): void {
    if (values === this.#values) return;
    this.#values = values;
    this.#source = source();
    const read = (window: Window): Window => ({ ...window, isStale: true });
    [this.#head, this.#tail] = [this.#head.map(read), this.#tail.map(read)];
    void this.#work();
  }

  update(rows: readonly TableRow[]): void {
    this.#measure(rows);
    const changed = new Map(rows.map((row) => [row.run.id, row]));
    const renew = (window: Window): Window =>
      window.rows && window.ids.some((id) => changed.has(id))
        ? { ...window, rows: window.rows.map((row) => changed.get(row.run.id) ?? row) }
        : window;
    [this.#head, this.#tail] = [this.#head.map(renew), this.#tail.map(renew)];
    this.#tell();
  }

  /** Takes rows out. */
  remove(gone: ReadonlySet<string>): void {
    const before = lengthOf(this.#head) + lengthOf(this.#tail);
    const clean = (window: Window): Window => ({
      ...window,
      ids: window.ids.filter((id) => !gone.has(id)),
      rows: window.rows?.filter(({ run }) => !gone.has(run.id)),
    });
    [this.#head, this.#tail] = [this.#head.map(clean), this.#tail.map(clean)];
    const removed = before - lengthOf(this.#head) - lengthOf(this.#tail);
    this.#count = { ...this.#count, rows: Math.max(0, this.#count.rows - removed) };
    this.#tell();
  }

  #find(index: number): { window: Window; offset: number } | undefined {
    const inHead = findIn(this.#head, index);
    return inHead ?? findIn(this.#tail, index - (this.length - lengthOf(this.#tail)));
  }

  async #work(): Promise<void> {
    if (this.#working || this.#error !== undefined) return;
    this.#working = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        await next();
        this.#dropFarAway();
        this.#tell();
      }
    } catch (error) {
      this.#error = error instanceof Error ? error.message : String(error);
      this.#tell();
    } finally {
      this.#working = false;
    }
  }

  /** What is to be read next, if anything is missing. */
  #next(): (() => Promise<void>) | undefined {
    const { from, to } = this.#wanted;
    if (to <= from) return undefined;
    const tailStart = this.length - lengthOf(this.#tail);
    const missing =
      missingIn(this.#head, 0, from, to) ?? (this.#isWhole ? undefined : missingIn(this.#tail, tailStart, from, to));
    if (missing) return () => this.#readAgain(missing);
    const head = lengthOf(this.#head);
    if (this.#isWhole || to <= head || from >= tailStart) return undefined;
    const fromHead = from - head;
    const fromTail = tailStart - to;
    return this.#count.isExact && fromTail < fromHead
      ? () => this.#extendTail(fromTail, tailStart - head)
      : () => this.#extendHead(fromHead);
  }

  async #extendHead(distance: number): Promise<void> {
    const after = this.#head.at(-1)?.end;
    const part = await this.#read(distance, { ...(after !== undefined && { after }) }, 'first');
    this.#put(this.#head, part, after);
    this.#isWhole = !part.hasNext || part.ids.length === 0;
    if (this.#isWhole) this.#tail = [];
  }

  /** @param gap rows between the head and the tail */
  async #extendTail(distance: number, gap: number): Promise<void> {
    const before = this.#tail[0]?.start;
    const part = await this.#read(distance, { ...(before !== undefined && { before }) }, 'last', gap);
    if (part.ids.length === 0) this.#count = { ...this.#count, rows: lengthOf(this.#head) + lengthOf(this.#tail) };
    // Nothing is known of the row before it, so that it is read from its end when it is read again.
    else this.#tail = [...windowsOf(part, undefined), ...this.#tail];
    this.#measure(part.rows ?? []);
  }

  /** A page of rows where these are wanted, a longer one of places on the way there. */
  #read(distance: number, at: PageAt, way: 'first' | 'last', most = LONG_PAGE): Promise<Part> {
    const isFar = distance > PAGE;
    const size = Math.min(most, isFar ? LONG_PAGE : PAGE);
    return isFar ? this.#source.places({ ...at, [way]: size }) : this.#source.rows({ ...at, [way]: size });
  }

  async #readAgain({ windows, at }: { windows: Window[]; at: number }): Promise<void> {
    const window = windows[at]!;
    const next = windows[at + 1];
    const isTail = windows === this.#tail;
    const part = await this.#source.rows(
      isTail && window.after === undefined
        ? { last: window.ids.length, ...(next && { before: next.start }) }
        : {
            first: window.ids.length,
            ...(window.after !== undefined && { after: window.after }),
            ...(next && { before: next.start }),
          },
    );
    // What it has lost meanwhile leaves no gap; what was put into it is told as new.
    const [renewed] = windowsOf(part, window.after);
    this.#measure(part.rows ?? []);
    const now = isTail ? this.#tail : this.#head;
    const place = now.findIndex(({ start }) => start === window.start);
    if (place >= 0) now.splice(place, 1, ...(renewed ? [renewed] : []));
  }

  #put(windows: Window[], part: Part, after: string | undefined): void {
    windows.push(...windowsOf(part, after));
    this.#measure(part.rows ?? []);
  }

  #measure(rows: readonly TableRow[]): void {
    for (const { estimates } of rows) {
      for (const [metric, { low, high }] of estimates) {
        if (low === null || high === null) continue;
        const before = this.#extents.get(metric) ?? { low, high };
        this.#extents.set(metric, { low: Math.min(low, before.low), high: Math.max(high, before.high) });
      }
    }
  }

  #dropFarAway(): void {
    const { from, to } = this.#wanted;
    const placed = [
      ...startsOf(this.#head, 0).map((start, i) => ({ windows: this.#head, i, start })),
      ...startsOf(this.#tail, this.length - lengthOf(this.#tail)).map((start, i) => ({
        windows: this.#tail,
        i,
        start,
      })),
    ].filter(({ windows, i }) => windows[i]!.rows !== undefined);
    const distance = (start: number): number => Math.abs(start - (from + to) / 2);
    for (const { windows, i } of placed.sort((a, b) => distance(a.start) - distance(b.start)).slice(KEPT)) {
      windows[i] = { ...windows[i]!, rows: undefined };
    }
  }

  #tell(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}

function windowsOf({ ids, rows, start, end }: Part, after: string | undefined): Window[] {
  if (start === null || end === null) return [];
  return [{ after, start, end, ids, rows, isStale: false }];
}

const lengthOf = (windows: readonly Window[]): number => windows.reduce((sum, { ids }) => sum + ids.length, 0);

function startsOf(windows: readonly Window[], start: number): number[] {
  let next = start;
  return windows.map(({ ids }) => (next += ids.length) - ids.length);
}

function findIn(windows: readonly Window[], index: number): { window: Window; offset: number } | undefined {
  if (index < 0) return undefined;
  let offset = index;
  for (const window of windows) {
    if (offset < window.ids.length) return { window, offset };
    offset -= window.ids.length;
  }
  return undefined;
}

/** The first window that is seen without its rows, or with old ones. */
function missingIn(windows: Window[], start: number, from: number, to: number) {
  const starts = startsOf(windows, start);
  const at = windows.findIndex(
    ({ ids, rows, isStale }, i) =>
      (rows === undefined || isStale) && starts[i]! < to && starts[i]! + ids.length > from && ids.length > 0,
  );
  return at < 0 ? undefined : { windows, at };
}
