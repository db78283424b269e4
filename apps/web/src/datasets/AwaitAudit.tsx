'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { Empty } from '@/design/Empty';

/** Milliseconds between looks. */
const AGAIN_AFTER = 3000;

/** An executor audits a version some seconds after its import: the page comes again until it has. */
export function AwaitAudit() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), AGAIN_AFTER);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <Empty title="It has not been audited yet.">
      An executor measures the images and looks for duplicates. This page shows the audit as soon as it is there.
    </Empty>
  );
}
