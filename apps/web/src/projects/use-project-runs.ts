'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import type { RunLineFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { RunsAtWork } from './home.graphql';

/** Milliseconds that runs which end are waited for together, before the page is read anew. */
const TOGETHER = 1500;
/** Runs that are followed at most; more are told as a number elsewhere. */
const FOLLOWED = 200;

const isOpen = ({ status }: RunLineFragment): boolean => status === 'RUNNING' || status === 'QUEUED';
/** Those that run stand before those that wait, each in the order in which they came. */
const rank = ({ status, id }: RunLineFragment): [number, number] => [
  status === 'RUNNING' ? 0 : 1,
  Number(id.slice(id.indexOf('_') + 1)),
];

/** The runs of a project that are at work or wait, as they stand; when one has ended, the page is read anew. */
export function useProjectRuns(projectId: string, initial: readonly RunLineFragment[]): RunLineFragment[] {
  const router = useRouter();
  const [runs, setRuns] = useState(() => new Map(initial.map((run) => [run.id, run])));
  const open = useRef(new Set(initial.map(({ id }) => id)));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const subscription = browserClient()
      .subscription(RunsAtWork, { projectId })
      .subscribe(({ data }) => {
        const run = data?.projectRunChanged;
        if (!run) return;
        if (isOpen(run)) open.current.add(run.id);
        else if (open.current.delete(run.id)) {
          timer ??= setTimeout(() => {
            timer = undefined;
            router.refresh();
          }, TOGETHER);
        }
        setRuns((before) => {
          const next = new Map(before);
          if (!isOpen(run)) next.delete(run.id);
          else if (next.has(run.id) || next.size < FOLLOWED) next.set(run.id, run);
          return next;
        });
      });
    return () => {
      clearTimeout(timer);
      subscription.unsubscribe();
    };
  }, [projectId, router]);
  return [...runs.values()].sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    return x[0] - y[0] || x[1] - y[1];
  });
}
