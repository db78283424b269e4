'use client';

import { useEffect, useState, type RefObject } from 'react';

/** Pixels in whose steps scrolling to the side is noticed: columns beyond the edges are drawn anyway. */
const STEP = 100;

/** What of a box is seen from left to right. @param width until it is measured */
export function useSeen(box: RefObject<HTMLElement | null>, width: number): { left: number; width: number } {
  const [seen, setSeen] = useState({ left: 0, width });
  useEffect(() => {
    const element = box.current!;
    const look = (): void => {
      const left = Math.floor(element.scrollLeft / STEP) * STEP;
      const now = { left, width: element.clientWidth };
      setSeen((before) => (before.left === now.left && before.width === now.width ? before : now));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [box]);
  return seen;
}
