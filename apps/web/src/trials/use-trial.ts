'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { upload, UploadRefused } from '@/datasets/upload';
import type { ProblemFragment, TrialStateFragment, TryImageInput } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { TrialChanged, TryImage } from './documents';

/** A picture to be tried: a file of the person's, or one that the platform has. */
export interface Picture {
  name: string;
  /** Where the browser finds it. */
  url: string;
  /** Absent until it is uploaded. */
  digest?: string;
  file?: File;
}

export interface TrialProgress {
  /** Of the upload, 0 to 1; undefined when nothing is sent. */
  sent: number | undefined;
  trial: TrialStateFragment | undefined;
  /** All that is wrong with what was asked for. */
  problems: readonly ProblemFragment[];
}

const NOTHING: TrialProgress = { sent: undefined, trial: undefined, problems: [] };

/** What is tried: a model and a restoration, registered or not. */
export type Tried = Pick<TryImageInput, 'projectId' | 'modelConfigId' | 'model' | 'restorationConfigId' | 'steps'>;

export const isUnderWay = ({ sent, trial }: TrialProgress): boolean =>
  sent !== undefined || trial?.status === 'QUEUED' || trial?.status === 'RUNNING';

/** Tries pictures one after the other; what comes later replaces what was before. */
export function useTrial(): [TrialProgress, (picture: Picture, tried: Tried) => Promise<string | undefined>] {
  const [progress, setProgress] = useState(NOTHING);
  const latest = useRef(0);
  const follow = useRef<{ unsubscribe(): void }>(undefined);
  useEffect(() => () => follow.current?.unsubscribe(), []);

  /** @returns the digest of the picture, once it is uploaded */
  const start = useCallback(async (picture: Picture, tried: Tried): Promise<string | undefined> => {
    const mine = ++latest.current;
    const tell = (next: Partial<TrialProgress>): void => {
      if (mine === latest.current) setProgress((before) => ({ ...before, ...next }));
    };
    follow.current?.unsubscribe();
    // The former result stays in view until there is another.
    tell({ sent: 0, problems: [] });
    try {
      const digest = picture.digest ?? (picture.file && (await upload(picture.file, (sent) => tell({ sent }))).digest);
      if (digest === undefined) return undefined;
      const input = { ...tried, imageDigest: digest, fileName: picture.name.slice(0, 120) };
      const { data, error } = await browserClient().mutation(TryImage, { input }).toPromise();
      if (data?.result.__typename !== 'TryImagePayload') {
        const problems = data?.result.problems ?? [new UploadRefused(error?.message ?? 'No answer came.').problem];
        tell({ sent: undefined, problems });
        return digest;
      }
      const { trial } = data.result;
      tell({ sent: undefined, trial });
      if (mine !== latest.current) return digest;
      follow.current = browserClient()
        .subscription(TrialChanged, { trialId: trial.id })
        .subscribe(({ data: changed }) => {
          if (changed) tell({ trial: changed.trialChanged });
        });
      return digest;
    } catch (error) {
      if (!(error instanceof UploadRefused)) throw error;
      tell({ sent: undefined, problems: [error.problem] });
      return undefined;
    }
  }, []);

  return [progress, start];
}
