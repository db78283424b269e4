'use client';

import { useLocalStorage } from '@mantine/hooks';
import { useCallback } from 'react';
import { z } from 'zod';

const KEPT = 8;
const texts = z.array(z.string().max(4000)).max(KEPT).catch([]);

/** What somebody has searched for in a project, the latest first; it stays in the browser. */
export function useRecent(projectId: string): { recent: readonly string[]; remember: (search: string) => void } {
  const [recent, setRecent] = useLocalStorage<string[]>({
    key: `samplewise-searches-${projectId}`,
    defaultValue: [],
    deserialize: (value) => texts.parse(value === undefined ? [] : parsed(value)),
  });
  const remember = useCallback(
    (search: string) => {
      const text = search.trim();
      if (text !== '') setRecent((before) => [text, ...before.filter((other) => other !== text)].slice(0, KEPT));
    },
    [setRecent],
  );
  return { recent, remember };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return []; // written by something else
  }
}
