'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { browserClient } from '@/graphql/browser';
import { BoardChanged } from './board.graphql';
import { versionOf } from './version-of';

/** Milliseconds that changes are waited for together, before the page is read anew. */
const TOGETHER = 500;

interface Props {
  id: string;
  /** What the page shows: the board's revision, and when it was computed. */
  shown: string;
}

/** Keeps the page as the board stands: it is read anew when its rows or its rule have changed. */
export function LiveBoard({ id, shown }: Props) {
  const router = useRouter();
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  }, [shown]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const subscription = browserClient()
      .subscription(BoardChanged, { id })
      .subscribe(({ data }) => {
        const board = data?.leaderboardChanged;
        if (!board || versionOf(board) === latest.current) return;
        clearTimeout(timer);
        timer = setTimeout(() => router.refresh(), TOGETHER);
      });
    return () => {
      clearTimeout(timer);
      subscription.unsubscribe();
    };
  }, [id, router]);
  return null;
}
