import type { FoundSampleFragment, FoundSamplesQuery } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { FoundSamples } from './documents';
import { PAGE } from './page-size';
import { searchOf, type SampleView } from './view';

/** Pages that are kept: some 24,000 samples; those that were not looked at for longest go first. */
const MOST_PAGES = 200;
/** Requests at once; of a long jump only where it ends is of interest. */
const AT_ONCE = 3;

type Found = Extract<FoundSamplesQuery['node'], { __typename: 'DatasetVersion' }>['sampleSearch'];

/**
 * The samples of one view, read page by page where they are looked at. Place 0 is the first sample that fits; pages may
 * be read in any order.
 */
export class SamplePages {
  readonly versionId: string;
  readonly view: SampleView;
  /** undefined until the first page is there. */
  total: number | undefined;
  error: string | undefined;
  readonly #pages = new Map<number, FoundSampleFragment[]>();
  readonly #underway = new Set<number>();
  #wanted: readonly number[] = [];
  readonly #listeners = new Set<() => void>();
  #changes = 0;

  constructor(versionId: string, view: SampleView) {
    this.versionId = versionId;
    this.view = view;
  }

  /** Takes what the server has read. @param page place of its first sample, over PAGE */
  give(page: number, { totalCount, edges }: Found): void {
    this.total = totalCount;
    this.#pages.set(page, edges);
  }

  /** undefined: it is not there yet. */
  at(place: number): FoundSampleFragment | undefined {
    return this.#pages.get(Math.floor(place / PAGE))?.[place % PAGE];
  }

  /** Has the samples from one place to another, inclusive, read; of former wishes only what is underway. */
  want(from: number, to: number): void {
    const [first, last] = [Math.floor(Math.max(0, from) / PAGE), Math.floor(Math.max(0, to) / PAGE)];
    this.#wanted = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    // What is looked at becomes the youngest.
    for (const page of this.#wanted) {
      const edges = this.#pages.get(page);
      if (!edges) continue;
      this.#pages.delete(page);
      this.#pages.set(page, edges);
    }
    this.#next();
  }

  /** After an error. */
  again(): void {
    this.error = undefined;
    this.#tell();
    this.#next();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly changes = (): number => this.#changes;

  #next(): void {
    for (const page of this.#wanted) {
      if (this.#underway.size >= AT_ONCE || this.error !== undefined) return;
      if (this.#pages.has(page) || this.#underway.has(page)) continue;
      if (this.total !== undefined && page > 0 && page * PAGE >= this.total) continue;
      this.#underway.add(page);
      void this.#read(page);
    }
  }

  async #read(page: number): Promise<void> {
    const variables = { id: this.versionId, ...searchOf(this.view), first: PAGE, skip: page * PAGE };
    const { data, error } = await browserClient().query(FoundSamples, variables).toPromise();
    this.#underway.delete(page);
    if (data?.node?.__typename === 'DatasetVersion') {
      this.give(page, data.node.sampleSearch);
      const [oldest] = this.#pages.keys();
      if (this.#pages.size > MOST_PAGES && oldest !== undefined) this.#pages.delete(oldest);
    } else {
      this.error = error ? (error.graphQLErrors[0]?.message ?? 'The server does not answer.') : 'It is gone.';
    }
    this.#tell();
    this.#next();
  }

  #tell(): void {
    this.#changes++;
    for (const listener of this.#listeners) listener();
  }
}
