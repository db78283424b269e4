import type { TableRow } from './request';
import type { Count, Extent, RunList, Rows } from './run-list';

/** A metric over the runs of a group, as the API gives it. */
export interface GroupFigures {
  runs: number;
  mean: number | string | null;
  min: number | string | null;
  max: number | string | null;
  deviation: number | string | null;
}

export interface Group {
  /** What its runs share; null: they have no such value. */
  value: string | null;
  runs: number;
  /** By the id of their columns. */
  figures: ReadonlyMap<string, GroupFigures>;
}

/** A group's line, or a run's within an opened group. */
interface Place {
  group: Group;
  /** Of a run: its place within the group. */
  offset: number | undefined;
}

/** Groups of runs, a line each; those that are opened have their runs below them, read as they are seen. */
export class GroupedList implements Rows {
  readonly #groups: readonly Group[];
  readonly #values: Set<string | null>;
  readonly #listOf: (group: Group) => RunList;
  readonly #opened = new Map<Group, RunList>();
  readonly #unsubscribe = new Map<Group, () => void>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  /**
   * @param values of the groups that are open; kept up to date
   * @param listOf the runs of a group, when it is opened
   */
  constructor(groups: readonly Group[], values: Set<string | null>, listOf: (group: Group) => RunList) {
    this.#groups = groups;
    this.#values = values;
    this.#listOf = listOf;
    for (const group of groups) if (values.has(group.value)) this.#open(group);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly version = (): number => this.#version;

  get groups(): readonly Group[] {
    return this.#groups;
  }

  get length(): number {
    return this.#groups.reduce((sum, group) => sum + 1 + (this.#opened.get(group)?.length ?? 0), 0);
  }

  get total(): Count {
    return { rows: this.#groups.reduce((sum, { runs }) => sum + runs, 0), isExact: true };
  }

  get error(): string | undefined {
    return [...this.#opened.values()].find(({ error }) => error !== undefined)?.error;
  }

  extentOf(metric: string): Extent | undefined {
    const extents = [...this.#opened.values()].flatMap((list) => list.extentOf(metric) ?? []);
    if (extents.length === 0) return undefined;
    return { low: Math.min(...extents.map((e) => e.low)), high: Math.max(...extents.map((e) => e.high)) };
  }

  /** Of its own line only. */
  groupAt(index: number): Group | undefined {
    const place = this.#find(index);
    return place?.offset === undefined ? place?.group : undefined;
  }

  isOpen(group: Group): boolean {
    return this.#opened.has(group);
  }

  toggle(group: Group): void {
    if (this.#opened.has(group)) {
      this.#unsubscribe.get(group)?.();
      this.#opened.delete(group);
      this.#values.delete(group.value);
    } else {
      this.#open(group);
      this.#values.add(group.value);
    }
    this.#tell();
  }

  rowAt(index: number): TableRow | undefined {
    const place = this.#find(index);
    return place?.offset === undefined ? undefined : this.#opened.get(place.group)?.rowAt(place.offset);
  }

  idAt(index: number): string | undefined {
    const place = this.#find(index);
    return place?.offset === undefined ? undefined : this.#opened.get(place.group)?.idAt(place.offset);
  }

  has(id: string): boolean {
    return [...this.#opened.values()].some((list) => list.has(id));
  }

  update(rows: readonly TableRow[]): void {
    for (const list of this.#opened.values()) list.update(rows);
  }

  want(from: number, to: number): void {
    let start = 0;
    for (const group of this.#groups) {
      const list = this.#opened.get(group);
      const first = start + 1;
      start = first + (list?.length ?? 0);
      if (list && first < to && start > from) list.want(from - first, to - first);
    }
  }

  retry(): void {
    for (const list of this.#opened.values()) list.retry();
  }

  #open(group: Group): void {
    const list = this.#listOf(group);
    this.#opened.set(group, list);
    this.#unsubscribe.set(
      group,
      list.subscribe(() => this.#tell()),
    );
  }

  #find(index: number): Place | undefined {
    let left = index;
    for (const group of this.#groups) {
      if (left === 0) return { group, offset: undefined };
      left--;
      const inner = this.#opened.get(group)?.length ?? 0;
      if (left < inner) return { group, offset: left };
      left -= inner;
    }
    return undefined;
  }

  #tell(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}
