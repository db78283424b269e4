'use client';

import { useRouter } from 'next/navigation';
import { Empty } from '@/design/Empty';
import { count } from '@/design/format';
import { describeFilter, narrows, variablesOf, writeFilter, type Filter } from './filter';
import { FilterBar } from './FilterBar';
import { PredictionPages, type PredictionPage } from './PredictionPages';
import { readPredictions } from './read-predictions';

interface Props {
  runId: string;
  labels: readonly string[];
  filter: Filter;
  pathname: string;
  /** The server's first page for this filter. */
  first: PredictionPage;
}

/** The samples of the run that fit the filter, page by page. Another first page needs another `key`. */
export function Gallery({ runId, labels, filter, pathname, first }: Props) {
  const router = useRouter();
  const show = (next: Filter): void => router.push(`${pathname}${writeFilter(next)}`, { scroll: false });
  return (
    <section aria-label="Samples" className="stack" style={{ gap: 12 }}>
      <h2>
        Samples: {describeFilter(filter)} <span className="muted">({count(first.totalCount)})</span>
      </h2>
      <FilterBar labels={labels} filter={filter} show={show} />
      {first.totalCount === 0 &&
        (narrows(filter) ? (
          <Empty title="No sample fits.">Take a filter away, or show all.</Empty>
        ) : (
          <Empty title="No predictions yet.">They come here while the run goes on.</Empty>
        ))}
      <PredictionPages
        first={first}
        more={(after, size) => readPredictions({ id: runId, first: size, after, ...variablesOf(filter) })}
      />
    </section>
  );
}
