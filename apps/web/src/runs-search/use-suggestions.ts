'use client';

import { useEffect, useState } from 'react';
import type { SearchSuggestionsQuery } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { SearchSuggestions } from './documents';

export type Suggestion = SearchSuggestionsQuery['searchSuggestions'][number];

const TYPING_MILLISECONDS = 90;
const NONE: readonly Suggestion[] = [];

/**
 * How a search may go on at a place; those of the place before stay until the next ones are there.
 * @param at undefined: nothing is asked for
 */
export function useSuggestions(projectId: string, search: string, at: number | undefined): readonly Suggestion[] {
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);
  useEffect(() => {
    if (at === undefined) return undefined;
    let gone = false;
    const timer = setTimeout(() => {
      const variables = { projectId, search, position: Math.min(at, search.length) };
      void browserClient()
        .query(SearchSuggestions, variables)
        .toPromise()
        // Who types gets on without them.
        .then(({ data }) => {
          if (!gone) setSuggestions(data?.searchSuggestions ?? []);
        });
    }, TYPING_MILLISECONDS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [projectId, search, at]);
  return at === undefined ? NONE : suggestions;
}

/** A search with a suggestion put in, and where one types on. */
export function complete(search: string, { text, from, to }: Suggestion): { search: string; at: number } {
  // After `param.` comes a key, after the rest a blank.
  const put = text.endsWith('.') ? text : `${text} `;
  const rest = search.slice(to).replace(put.endsWith(' ') ? /^ / : /^/, '');
  return { search: search.slice(0, from) + put + rest, at: from + put.length };
}
