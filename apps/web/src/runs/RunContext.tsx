'use client';

import { useRouter } from 'next/navigation';
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { RunFrameQuery, RunHeadFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { RunHeadChanged } from './head.documents';

export type FramedRun = Extract<RunFrameQuery['node'], { __typename: 'Run' }>;

interface RunContext {
  /** As it stands now. */
  run: RunHeadFragment;
  /** What does not change while it goes on. */
  framed: FramedRun;
  /** Whether the reader may change it. */
  canWrite: boolean;
  setRun: (run: RunHeadFragment) => void;
}

const Context = createContext<RunContext | undefined>(undefined);

export const isOpen = ({ status }: Pick<RunHeadFragment, 'status'>): boolean =>
  status === 'QUEUED' || status === 'RUNNING';

/** The run as the server gave it, kept up to date for all that stands below while it goes on. */
export function RunProvider({ framed, children }: { framed: FramedRun; children: ReactNode }) {
  const [run, setRun] = useState<RunHeadFragment>(framed);
  const router = useRouter();
  const open = isOpen(run);
  const { id } = framed;

  useEffect(() => {
    if (!open) return undefined;
    const subscription = browserClient()
      .subscription(RunHeadChanged, { runId: id })
      .subscribe(({ data }) => {
        if (!data) return;
        setRun(data.runChanged);
        if (!isOpen(data.runChanged)) router.refresh(); // what a run has in the end is the server's to show
      });
    return () => subscription.unsubscribe();
  }, [open, id, router]);

  const value = useMemo(
    () => ({ run, framed, canWrite: framed.experiment.project.viewerPermissions.includes('WRITE'), setRun }),
    [run, framed],
  );
  return <Context value={value}>{children}</Context>;
}

/** The run of the page. @throws outside of one */
export function useRun(): RunContext {
  const context = use(Context);
  if (!context) throw new Error('There is no run around this component.');
  return context;
}
