'use client';

import { useSectionCounts } from './section-counts';

/** How many there are of what a section shows; it has its place before it is known. */
export function SectionCount({ projectId, section }: { projectId: string; section: string }) {
  const counts = useSectionCounts(projectId);
  // A link is called by what it leads to.
  return (
    <span className="section-count" aria-hidden="true">
      {counts?.[section]}
    </span>
  );
}
