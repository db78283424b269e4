'use client';

import type { TypedDocumentNode } from '@urql/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { browserClient } from '@/graphql/browser';

export interface Polled<Data> {
  data: Data;
  /** The last reading failed, by this; what is shown is older. */
  error: string | undefined;
  /** Reads at once. */
  refresh: () => Promise<void>;
}

/**
 * Reads again and again what changes by itself, while somebody looks.
 * @param seconds between two readings
 */
export function usePoll<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  initial: Data,
  seconds: number,
): Polled<Data> {
  const [state, setState] = useState<{ data: Data; error: string | undefined }>({ data: initial, error: undefined });
  const key = JSON.stringify(variables);
  const latest = useRef(0);
  const refresh = useCallback(async (): Promise<void> => {
    const mine = ++latest.current;
    const { data, error } = await browserClient()
      .query(document, JSON.parse(key) as Variables)
      .toPromise();
    if (mine !== latest.current) return;
    setState((before) => ({ data: data ?? before.data, error: error?.message }));
  }, [document, key]);
  useEffect(() => {
    const look = (): void => {
      if (globalThis.document.visibilityState === 'visible') void refresh();
    };
    const timer = setInterval(look, seconds * 1000);
    globalThis.document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      globalThis.document.removeEventListener('visibilitychange', look);
    };
  }, [refresh, seconds]);
  return { ...state, refresh };
}
