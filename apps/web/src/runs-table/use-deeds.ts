'use client';

import { useState } from 'react';
import { count } from '@/design/format';
import { tellDone, tellProblem } from '@/design/tell';
import {
  cancelRuns,
  changeRuns,
  cloneRuns,
  deleteRuns,
  FOR,
  idsOf,
  pauseRuns,
  restoreRuns,
  unpauseRuns,
} from './deeds';
import type { RunList } from './run-list';
import type { Asked } from './scope';
import { sizeOf, type Selection } from './selection';

interface Given {
  asked: Asked;
  list: RunList;
  selection: Selection;
  /** Groups are read anew after each deed. */
  isGrouped: boolean;
  reload: () => void;
  /** Nothing is chosen any more. */
  clear: () => void;
}

interface Deed {
  only: (typeof FOR)[keyof typeof FOR];
  work: (ids: readonly string[]) => Promise<void>;
  /** Said of so many. */
  done: string;
  failed: string;
  /** Said of the rest, which it is not for. */
  rest?: string;
  undo?: (ids: readonly string[]) => Promise<void>;
  /** The rows are not in the table any more. */
  removes?: boolean;
}

const runs = (number: number): string => `${count(number)} ${number === 1 ? 'run' : 'runs'}`;

/** Deeds on what is chosen; each says what it has done, and how it is taken back. */
export function useDeeds({ asked, list, selection, isGrouped, reload, clear }: Given) {
  const [isWorking, setIsWorking] = useState(false);

  const act = async ({ only, work, done, failed, rest, undo, removes = false }: Deed): Promise<void> => {
    setIsWorking(true);
    try {
      const ids = await idsOf(asked, selection, only);
      const left = sizeOf(selection, list.total.rows) - ids.length;
      if (ids.length > 0) await work(ids);
      if (removes) list.remove(new Set(ids));
      if (ids.length > 0 && isGrouped) reload();
      if (removes) clear();
      const told = ids.length === 0 ? '' : `${runs(ids.length)} ${done}.`;
      const more = left > 0 && rest !== undefined ? `${runs(left)} ${rest}.` : '';
      const takeBack =
        undo && ids.length > 0
          ? () =>
              void undo(ids).then(reload, (error: unknown) => tellProblem('It was not taken back', messageOf(error)))
          : undefined;
      tellDone([told, more].filter(Boolean).join(' ') || 'There was nothing to do.', takeBack);
    } catch (error) {
      tellProblem(failed, messageOf(error));
    } finally {
      setIsWorking(false);
    }
  };

  const perform = (deed: Deed) => () => void act(deed);
  const hidesArchived = !asked.search.includes('archived');
  return {
    isWorking,
    remove: perform({
      only: FOR.delete,
      work: deleteRuns,
      undo: restoreRuns,
      done: 'deleted, in the bin for 30 days',
      rest: 'still at work: cancel them first',
      failed: 'The runs were not deleted',
      removes: true,
    }),
    archive: perform({
      only: FOR.all,
      work: (ids) => changeRuns(ids, { archived: true }),
      undo: (ids) => changeRuns(ids, { archived: false }),
      done: 'archived: found by “is archived”',
      failed: 'The runs were not archived',
      removes: hidesArchived,
    }),
    unarchive: perform({
      only: FOR.all,
      work: (ids) => changeRuns(ids, { archived: false }),
      undo: (ids) => changeRuns(ids, { archived: true }),
      done: 'out of the archive',
      failed: 'The runs are still archived',
    }),
    cancel: perform({
      only: FOR.cancel,
      work: cancelRuns,
      done: 'canceled',
      rest: 'had ended already',
      failed: 'The runs were not canceled',
    }),
    pause: perform({
      only: FOR.pause,
      work: pauseRuns,
      undo: unpauseRuns,
      done: 'paused',
      rest: 'can not be paused: they have ended, or are a client’s',
      failed: 'The runs were not paused',
    }),
    unpause: perform({
      only: FOR.pause,
      work: unpauseRuns,
      undo: pauseRuns,
      done: 'go on',
      rest: 'were not paused',
      failed: 'The runs are still paused',
    }),
    clone: perform({
      only: FOR.all,
      work: cloneRuns,
      done: 'begun again',
      failed: 'Not all runs were begun again',
    }),
    tag: (key: string, value: string | undefined): Promise<void> =>
      act({
        only: FOR.all,
        work: (ids) => changeRuns(ids, value === undefined ? { removeTags: [key] } : { setTags: [{ key, value }] }),
        done: value === undefined ? `without the tag ${key}` : `tagged ${value === '' ? key : `${key}: ${value}`}`,
        failed: 'The runs were not tagged',
      }),
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
