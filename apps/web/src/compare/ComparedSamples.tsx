'use client';

import Link from 'next/link';
import { Empty } from '@/design/Empty';
import { count } from '@/design/format';
import { PredictionPages, type PredictionPage } from '@/runs/PredictionPages';
import { readPredictions } from '@/runs/read-predictions';
import { addressOf, comparedVariables, OUTCOMES, type ComparedOutcome, type Selection } from './selection';

interface Props {
  selection: Selection;
  /** Samples of each outcome. */
  counts: Readonly<Record<ComparedOutcome, number>>;
  first: PredictionPage;
}

const MEANING: Record<ComparedOutcome, string> = {
  FIXED: 'wrong in the reference, right in the run',
  BROKEN: 'right in the reference, wrong in the run',
  BOTH_WRONG: 'wrong in both',
  BOTH_RIGHT: 'right in both',
};

/** The pictures behind the difference. */
export function ComparedSamples({ selection, counts, first }: Props) {
  const more = (after: string | null, size: number) =>
    readPredictions({ ...comparedVariables(selection), first: size, after });
  return (
    <section id="samples" aria-label="Samples" className="stack" style={{ gap: 12 }}>
      <div className="row spread">
        <h2>
          Samples: {OUTCOMES[selection.outcome]} <span className="muted">({count(counts[selection.outcome])})</span>
        </h2>
        <nav aria-label="Which samples" className="row" style={{ gap: 14, fontSize: 13 }}>
          {(Object.keys(OUTCOMES) as ComparedOutcome[]).map((outcome) => (
            <Link
              key={outcome}
              href={`${addressOf({ ...selection, outcome })}#samples`}
              scroll={false}
              title={MEANING[outcome]}
              aria-current={outcome === selection.outcome ? 'true' : undefined}
              style={outcome === selection.outcome ? { fontWeight: 650, color: 'var(--ink)' } : undefined}
            >
              {OUTCOMES[outcome]} {count(counts[outcome])}
            </Link>
          ))}
        </nav>
      </div>
      {first.edges.length === 0 && (
        <Empty title={`No sample is ${MEANING[selection.outcome]}.`}>Choose other samples, or another run.</Empty>
      )}
      <PredictionPages first={first} more={more} />
    </section>
  );
}
