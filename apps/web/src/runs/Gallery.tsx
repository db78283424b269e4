'use client';

import { Button, NativeSelect } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { Empty } from '@/design/Empty';
import { count } from '@/design/format';
import { browserClient } from '@/graphql/browser';
import { RunPredictions } from './documents';
import { describeFilter, writeFilter, type Filter } from './filter';
import { PredictionPages, type PredictionPage } from './PredictionPages';

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
  const more = async (after: string | null, first: number) => {
    const { data, error } = await browserClient()
      .query(RunPredictions, { id: runId, first, after, ...filter })
      .toPromise();
    if (data?.node?.__typename === 'Run') return data.node.predictions;
    throw new Error(error?.message ?? 'no answer came');
  };
  const show = (next: Filter): void => router.push(`${pathname}${writeFilter(next)}#samples`, { scroll: false });

  return (
    <section id="samples" aria-label="Samples" className="stack" style={{ gap: 12 }}>
      <div className="row spread">
        <h2>
          Samples: {describeFilter(filter)} <span className="muted">({count(first.totalCount)})</span>
        </h2>
        <FilterBar labels={labels} filter={filter} show={show} />
      </div>
      {first.totalCount === 0 && <Empty title="No sample fits.">Choose another cell of the matrix, or show all.</Empty>}
      <PredictionPages first={first} more={more} />
    </section>
  );
}

function FilterBar({
  labels,
  filter,
  show,
}: {
  labels: readonly string[];
  filter: Filter;
  show: (filter: Filter) => void;
}) {
  const without = (key: keyof Filter): Filter => Object.fromEntries(Object.entries(filter).filter(([k]) => k !== key));
  const choose = (key: 'truth' | 'predicted', value: string): void =>
    show(value === '' ? without(key) : { ...without('none'), [key]: value });
  const only = filter.none ? 'none' : filter.correct === undefined ? '' : filter.correct ? 'right' : 'wrong';
  const chooseOnly = (value: string): void => {
    const { truth, predicted } = filter;
    const rest: Filter = {
      ...(truth === undefined ? {} : { truth }),
      ...(predicted === undefined ? {} : { predicted }),
    };
    show(value === 'none' ? { ...rest, none: true } : value === '' ? rest : { ...rest, correct: value === 'right' });
  };
  return (
    <div className="row" style={{ gap: 8 }}>
      <NativeSelect
        size="xs"
        aria-label="Truth"
        value={filter.truth ?? ''}
        onChange={(event) => choose('truth', event.currentTarget.value)}
        data={[{ value: '', label: 'Any truth' }, ...labels.map((l) => ({ value: l, label: `Truth: ${l}` }))]}
      />
      <NativeSelect
        size="xs"
        aria-label="Prediction"
        value={filter.predicted ?? ''}
        onChange={(event) => choose('predicted', event.currentTarget.value)}
        data={[{ value: '', label: 'Any prediction' }, ...labels.map((l) => ({ value: l, label: `Predicted: ${l}` }))]}
      />
      <NativeSelect
        size="xs"
        aria-label="Right or wrong"
        value={only}
        onChange={(event) => chooseOnly(event.currentTarget.value)}
        data={[
          { value: '', label: 'Right and wrong' },
          { value: 'right', label: 'Only right' },
          { value: 'wrong', label: 'Only wrong' },
          { value: 'none', label: 'No prediction' },
        ]}
      />
      {Object.keys(filter).length > 0 && (
        <Button size="xs" variant="subtle" onClick={() => show({})}>
          Show all
        </Button>
      )}
    </div>
  );
}
