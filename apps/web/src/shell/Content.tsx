'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { navigationEnds, usePendingNavigation } from './navigation';
import { PageSkeleton } from './PageSkeleton';

/** Milliseconds before grey takes the place of the page that is left: a flicker would be worse than a short wait. */
const PATIENCE = 350;

/**
 * The page, below a line that moves while another one is on its way. A page that takes longer is replaced by its
 * skeleton; the first page of a visit comes whole, with its true status, which `loading.tsx` would take away.
 */
export function Content({ children }: { children: ReactNode }) {
  const pending = usePendingNavigation();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (pending !== 'page') return undefined;
    const timer = setTimeout(() => setSlow(true), PATIENCE);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [pending]);
  return (
    <>
      <Suspense>
        <NavigationEnd />
      </Suspense>
      {pending && <div className="site-progress" />}
      <main id="main" tabIndex={-1} className="site-main" aria-busy={pending !== undefined}>
        {slow && <PageSkeleton />}
        <div hidden={slow}>{children}</div>
      </main>
    </>
  );
}

/** Notices that an address has been reached. */
function NavigationEnd() {
  const path = usePathname();
  const query = useSearchParams();
  useEffect(navigationEnds, [path, query]);
  return null;
}
