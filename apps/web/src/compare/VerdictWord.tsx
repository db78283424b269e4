import type { Verdict } from './verdict';

const COLOURS: Readonly<Record<Verdict, string>> = {
  better: 'var(--right)',
  worse: 'var(--wrong)',
  'no difference shown': 'var(--muted)',
};

/** The word carries the meaning; the colour only helps. */
export function VerdictWord({ verdict }: { verdict: Verdict }) {
  return (
    <span
      style={{
        color: COLOURS[verdict],
        fontWeight: verdict === 'no difference shown' ? 400 : 620,
        whiteSpace: 'nowrap',
      }}
    >
      {verdict}
    </span>
  );
}
