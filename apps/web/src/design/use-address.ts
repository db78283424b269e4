'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';

/**
 * State of a view that lives in the address. The server is not asked: what it shows does not depend on it.
 * @returns the parameters, and how to change some of them; undefined takes one away
 */
export function useAddress(): [URLSearchParams, (changes: Readonly<Record<string, string | undefined>>) => void] {
  const pathname = usePathname();
  const present = useSearchParams();
  const params = useMemo(() => new URLSearchParams(present), [present]);
  const change = useCallback(
    (changes: Readonly<Record<string, string | undefined>>): void => {
      // What the address says now, since several views of a page may change it in one turn.
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined) next.delete(name);
        else next.set(name, value);
      }
      const text = next.toString();
      window.history.replaceState(null, '', `${pathname}${text === '' ? '' : `?${text}`}`);
    },
    [pathname],
  );
  return [params, change];
}
