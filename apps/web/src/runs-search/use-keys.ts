'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { browserClient } from '@/graphql/browser';
import { RunKeys } from './documents';

const KINDS = ['PARAM', 'METRIC', 'TAG'] as const;
export interface Key {
  kind: (typeof KINDS)[number];
  key: string;
}

/**
 * Keys of params, metrics and tags: those that are known, and, where these are not all, those of the whole project that
 * have something in them.
 */
export function useKeys(
  projectId: string,
  known: readonly Key[],
  isComplete: boolean,
  contains: string,
): readonly Key[] {
  const [wanted] = useDebouncedValue(contains.trim(), 200);
  const [more, setMore] = useState<readonly Key[]>([]);
  useEffect(() => {
    if (isComplete || wanted === '') return undefined;
    let gone = false;
    const read = async (kind: Key['kind']): Promise<Key[]> => {
      const { data } = await browserClient().query(RunKeys, { projectId, kind, contains: wanted }).toPromise();
      const keys = data?.node?.__typename === 'Project' ? data.node.runKeys : [];
      return keys.map((key) => ({ kind, key }));
    };
    void Promise.all(KINDS.map(read)).then((found) => {
      if (!gone) setMore(found.flat());
    });
    return () => {
      gone = true;
    };
  }, [projectId, isComplete, wanted]);
  const isKnown = new Set(known.map(({ kind, key }) => `${kind} ${key}`));
  return [...known, ...more.filter(({ kind, key }) => !isKnown.has(`${kind} ${key}`))];
}
