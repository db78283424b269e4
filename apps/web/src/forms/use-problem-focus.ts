'use client';

import { useEffect, useRef, type RefObject } from 'react';
import type { ProblemFragment } from '@/generated/graphql';

/** Leads to the first thing that is wrong with a form, once that is known. @returns for the form */
export function useProblemFocus(problems: readonly ProblemFragment[]): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problems.length === 0) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
    wrong?.scrollIntoView({ block: 'center' });
    wrong?.focus({ preventScroll: true });
  }, [problems]);
  return form;
}
