'use client';

import { useEffect, useRef } from 'react';

/** In a row that scrolls sideways: brings what is current into view. Nothing is seen of it itself. */
export function KeepInView() {
  const here = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const row = here.current?.parentElement;
    const current = row?.querySelector<HTMLElement>('[aria-current]');
    if (!row || !current || row.scrollWidth <= row.clientWidth) return;
    row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  });
  return <span ref={here} hidden />;
}
