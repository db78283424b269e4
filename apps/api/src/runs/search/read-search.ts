import {
  canonical,
  parseInput,
  parseSearch,
  runFilter,
  runOrder,
  type RunFilter,
  type RunOrder,
} from '@samplewise/domain';

/** A search as somebody gave it. */
export interface SearchArguments {
  filter?: unknown;
  search?: string | null | undefined;
  order?: unknown;
}

/**
 * Filter and search string hold together.
 * @param place before the names of the arguments, such as `input.`
 * @throws InvalidInput naming every field that is wrong, or the character of the search
 */
export function readSearch(
  { filter, search, order }: SearchArguments,
  place = '',
): { filter: RunFilter; order: RunOrder[] } {
  const typed = filter === undefined ? {} : parseInput(runFilter, filter, `${place}filter`);
  const written = parseSearch(search ?? '', `${place}search`);
  return {
    filter: canonical({ and: [typed, written] }),
    order: order === undefined ? [] : parseInput(runOrder, order, `${place}order`),
  };
}
