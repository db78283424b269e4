'use client';

import { useHotkeys } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconLayoutGrid } from '@tabler/icons-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, type ReactNode } from 'react';
import { bareId, count } from '@/design/format';
import type { SampleImageFragment } from '@/generated/graphql';
import styles from './One.module.css';

interface Props {
  versionId: string;
  /** Of the view, with its `?`. */
  query: string;
  /** From 0; null: it is not in the view. */
  position: number | null | undefined;
  total: number;
  previous: SampleImageFragment | null | undefined;
  next: SampleImageFragment | null | undefined;
}

/** Where the sample stands in the view that it was opened from, and what stands beside it: by arrows, too. */
export function Neighbours({ versionId, query, position, total, previous, next }: Props) {
  const router = useRouter();
  const at = position ? `${query === '' ? '?' : `${query}&`}at=${position}` : query;
  const gallery = `/datasets/${bareId(versionId)}/samples${at}`;
  const addressOf = (sample: SampleImageFragment): string => `/samples/${bareId(sample.id)}${query}`;
  const go = (sample: SampleImageFragment | null | undefined) => (): void => {
    // In the place of this one, so that the way back leads to the gallery.
    if (sample) router.replace(addressOf(sample), { scroll: false });
  };
  useHotkeys([
    ['ArrowLeft', go(previous)],
    ['ArrowRight', go(next)],
    ['k', go(previous)],
    ['j', go(next)],
    ['Escape', () => router.push(gallery)],
  ]);
  useEffect(() => {
    // So that they are there when somebody goes on.
    for (const sample of [previous, next]) if (sample) new Image().src = sample.image.url;
  }, [previous, next]);
  const step = (sample: SampleImageFragment | null | undefined, words: string, key: string, icon: ReactNode) =>
    sample ? (
      <Link
        href={addressOf(sample)}
        replace
        scroll={false}
        className={styles.step}
        aria-label={words}
        aria-keyshortcuts={key}
        title={`${words} (${key === 'ArrowLeft' ? '←' : '→'})`}
      >
        {icon}
      </Link>
    ) : (
      <span className={styles.step} aria-hidden="true" data-none="true">
        {icon}
      </span>
    );
  return (
    <nav className="row" aria-label="Samples of the view" style={{ gap: 6, flexWrap: 'nowrap' }}>
      {step(previous, 'Previous sample', 'ArrowLeft', <IconChevronLeft size={16} aria-hidden="true" />)}
      <span className="muted number" style={{ fontSize: 13, minWidth: 88, textAlign: 'center' }}>
        {position == null ? 'not in the view' : `${count(position + 1)} of ${count(total)}`}
      </span>
      {step(next, 'Next sample', 'ArrowRight', <IconChevronRight size={16} aria-hidden="true" />)}
      <Link
        href={gallery}
        className={styles.step}
        aria-label="All samples of the view"
        aria-keyshortcuts="Escape"
        title="All samples of the view (Esc)"
      >
        <IconLayoutGrid size={16} aria-hidden="true" />
      </Link>
    </nav>
  );
}
