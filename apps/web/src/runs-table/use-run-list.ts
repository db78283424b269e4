'use client';

import { useCallback, useEffect, useState } from 'react';
import type { Values } from './request';
import type { RunList } from './run-list';
import type { Asked, FirstPage } from './scope';
import { listOf, readFirstPage, sourceOf } from './source';

interface Shown {
  list: RunList;
  /** The newest run when the list was read: later ones are new. */
  newest: string | undefined;
  /** For what it was asked. */
  asked: string;
}

export interface ShownRuns {
  shown: Shown | undefined;
  /** Other rows are on their way. */
  isWaiting: boolean;
  error: string | undefined;
  /** Reads everything anew: what is new comes in, what has another place gets it. */
  reload: () => void;
  /** How often that was done. */
  times: number;
}

/**
 * The list of what is asked for. Another search or order makes another list, which takes the place of the old one when
 * it is there; other columns are read into the list.
 * @param asked undefined: nothing can be asked for, such as while a search is not right
 * @param first what the server has read
 * @param problem why it has not
 */
export function useRunList(
  asked: Asked | undefined,
  values: Values,
  first: FirstPage | undefined,
  problem: string | undefined,
): ShownRuns {
  const askedKey = asked && JSON.stringify(asked);
  const valuesKey = JSON.stringify(values);
  const [times, setTimes] = useState(0);
  const [shown, setShown] = useState<Shown | undefined>(() =>
    asked && first ? { list: listOf(asked, values, first), newest: first.newest, asked: askedKey! } : undefined,
  );
  /** What was read last, or failed: it is not read again by itself. */
  const [settled, setSettled] = useState({ asked: askedKey, times, error: problem });
  const isSettled = settled.asked === askedKey && settled.times === times;

  useEffect(() => {
    if (askedKey === undefined || isSettled) return undefined;
    let gone = false;
    const request = JSON.parse(askedKey) as Asked;
    const wanted = JSON.parse(valuesKey) as Values;
    const settle = (error: string | undefined): void => setSettled({ asked: askedKey, times, error });
    readFirstPage(request, wanted).then(
      (page) => {
        if (gone) return;
        setShown({ list: listOf(request, wanted, page), newest: page.newest, asked: askedKey });
        settle(undefined);
      },
      (failure: unknown) => {
        if (!gone) settle(failure instanceof Error ? failure.message : String(failure));
      },
    );
    return () => {
      gone = true;
    };
    // Other columns alone are read into the list that is there.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [askedKey, times, isSettled]);

  useEffect(() => {
    if (!shown) return;
    const { list, asked: request } = shown;
    list.readFrom(valuesKey, () => sourceOf(JSON.parse(request) as Asked, JSON.parse(valuesKey) as Values));
  }, [shown, valuesKey]);

  const reload = useCallback(() => setTimes((before) => before + 1), []);
  const isWaiting = askedKey !== undefined && !isSettled;
  return { shown, isWaiting, error: isWaiting ? undefined : settled.error, reload, times };
}
