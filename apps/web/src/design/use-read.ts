'use client';

import type { TypedDocumentNode } from '@urql/core';
import { useEffect, useState } from 'react';
import { browserClient } from '@/graphql/browser';

export interface Read<Data> {
  data: Data | undefined;
  error: string | undefined;
}

const NOTHING: Read<never> = { data: undefined, error: undefined };

/**
 * Reads what a part of a page shows when it is wanted. Another reading replaces it; until then the former one stays.
 * @param variables undefined: nothing is wanted yet
 */
export function useRead<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables | undefined,
): Read<Data> {
  const [read, setRead] = useState<Read<Data>>(NOTHING);
  const key = variables && JSON.stringify(variables);
  useEffect(() => {
    if (key === undefined) return undefined;
    let gone = false;
    void browserClient()
      .query(document, JSON.parse(key) as Variables)
      .toPromise()
      .then(({ data, error }) => {
        if (!gone) setRead({ data, error: error?.message });
      });
    return () => {
      gone = true;
    };
  }, [document, key]);
  return read;
}
