'use client';

import { useEffect, useRef } from 'react';
import { useSectionCounts } from '@/shell/section-counts';

/**
 * In the row of a project's sections, which scrolls sideways where it is narrow: brings the current one into view, again
 * when counts have made it wider. Nothing is seen of it itself.
 */
export function KeepInView({ projectId }: { projectId: string }) {
  const here = useRef<HTMLSpanElement>(null);
  const counts = useSectionCounts(projectId);
  useEffect(() => {
    const row = here.current?.parentElement;
    const current = row?.querySelector<HTMLElement>('[aria-current]');
    if (!row || !current || row.scrollWidth <= row.clientWidth) return;
    row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }, [counts]);
  return <span ref={here} hidden />;
}
