import { count } from '@/design/format';
import type { RunStatus } from '@/generated/graphql';

/** What is told of each status, the most pressing first; canceled runs are nobody's concern any more. */
const TOLD: readonly { status: RunStatus; word: string; colour: string }[] = [
  { status: 'RUNNING', word: 'running', colour: 'var(--accent)' },
  { status: 'QUEUED', word: 'queued', colour: 'var(--muted)' },
  { status: 'FAILED', word: 'failed', colour: 'var(--wrong)' },
  { status: 'FINISHED', word: 'finished', colour: 'var(--right)' },
];

/** How many runs have which status. */
export function RunCounts({ counts }: { counts: readonly { status: RunStatus; count: number }[] }) {
  const shown = TOLD.flatMap(({ status, ...told }) => {
    const found = counts.find((c) => c.status === status);
    return found ? [{ ...told, count: found.count }] : [];
  });
  if (shown.length === 0) return <span className="muted">no runs</span>;
  return (
    <span className="run-counts">
      {shown.map(({ word, colour, count: runs }) => (
        <span key={word}>
          <span className="dot" style={{ background: colour }} aria-hidden="true" />
          {count(runs)} {word}
        </span>
      ))}
    </span>
  );
}
