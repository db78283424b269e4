'use client';

import Link from 'next/link';
import { Empty } from '@/design/Empty';
import { count } from '@/design/format';
import { browserClient } from '@/graphql/browser';
import { PredictionPages, type PredictionPage } from '@/runs/PredictionPages';
import { ComparedPredictions } from './documents';
import { addressOf, OUTCOMES, type ComparedOutcome, type Selection } from './selection';

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
  const more = async (after: string | null, size: number) => {
    const { data, error } = await browserClient()
      .query(ComparedPredictions, {
        id: `Run_${selection.beside}`,
        comparedTo: `Run_${selection.reference}`,
        outcome: selection.outcome,
        first: size,
        after,
      })
      .toPromise();
    if (data?.node?.__typename === 'Run') return data.node.predictions;
    throw new Error(error?.message ?? 'no answer came');
  };
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
