'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { browserClient } from '@/graphql/browser';
import { runNumber, type CommandGroup } from './command';
import { toGroups } from './found';
import { PaletteSearch } from './palette.graphql';

/** Milliseconds without a key before the API is asked. */
const DEBOUNCE = 150;

interface Found {
  groups: readonly CommandGroup[];
  /** What is found belongs to an older text, since the API is still asked. */
  isOld: boolean;
  failed: boolean;
}

/** What the API finds for a text; the last answer stands until there is another one, so that nothing jumps. */
export function useFound(text: string, projectId: string | undefined): Found {
  const [asked] = useDebouncedValue(text.trim(), DEBOUNCE);
  const [answer, setAnswer] = useState<{ asked: string; groups: CommandGroup[]; failed: boolean }>();
  useEffect(() => {
    if (asked === '') return undefined;
    let superseded = false;
    const number = runNumber(asked);
    void browserClient()
      .query(PaletteSearch, {
        text: asked,
        project: projectId ?? 'Project_1',
        inProject: projectId !== undefined,
        run: `Run_${number ?? '1'}`,
        numbered: number !== undefined,
      })
      .toPromise()
      .then(({ data, error }) => {
        if (!superseded) setAnswer({ asked, groups: data ? toGroups(data) : [], failed: error !== undefined });
      });
    return () => {
      superseded = true;
    };
  }, [asked, projectId]);
  if (text.trim() === '') return { groups: [], isOld: false, failed: false };
  return { groups: answer?.groups ?? [], isOld: answer?.asked !== text.trim(), failed: answer?.failed ?? false };
}
