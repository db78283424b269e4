'use client';

import { useEffect, useRef, type RefObject } from 'react';

/**
 * A button that takes the place of one that somebody has just used: it takes the focus over, and is used in its turn, so
 * that what it opens is there. @returns for the button
 */
export function useUsedButton(): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const used = useRef(false);
  useEffect(() => {
    if (used.current) return; // In development effects run twice.
    used.current = true;
    button.current?.focus();
    button.current?.click();
  }, []);
  return button;
}
