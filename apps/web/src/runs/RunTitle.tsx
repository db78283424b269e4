'use client';

import { bareId } from '@/design/format';
import { useRun } from './RunContext';

export function RunTitle() {
  const { run } = useRun();
  return (
    <>
      {run.name} <span className="muted">#{bareId(run.id)}</span>
    </>
  );
}
