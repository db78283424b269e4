'use client';

import { useLocalStorage } from '@mantine/hooks';

/**
 * Whether shortcuts of mere characters are on. Who speaks to the computer, or brushes a key, must be able to switch them
 * off (WCAG 2.1.4).
 */
export const useSingleKeys = (): [on: boolean, set: (on: boolean) => void] => {
  const [on, set] = useLocalStorage({ key: 'samplewise.single-keys', defaultValue: true });
  return [on, set];
};
