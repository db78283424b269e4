'use client';

import { useEffect, useRef, useState, type ReactNode } from 'react';

/** What scrolls sideways within itself where it is too wide: by keys, too, but no stop of the Tab key where all is seen. */
export function ScrollBox({ label, children }: { label: string | undefined; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const observer = new ResizeObserver(() => setScrolls(current.scrollWidth > current.clientWidth));
    observer.observe(current);
    for (const child of current.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} className="scroll" {...(scrolls && { tabIndex: 0, role: 'group', 'aria-label': label ?? 'Table' })}>
      {children}
    </div>
  );
}
