'use client';

import { Button, NativeSelect, RangeSlider } from '@mantine/core';
import { useState } from 'react';
import { narrows, SORTS, type Filter, type Sort } from './filter';

interface Props {
  labels: readonly string[];
  filter: Filter;
  show: (filter: Filter) => void;
}

const without = (filter: Filter, ...keys: (keyof Filter)[]): Filter =>
  Object.fromEntries(Object.entries(filter).filter(([key]) => !(keys as string[]).includes(key)));

/** Which predictions are shown, and in which order. */
export function FilterBar({ labels, filter, show }: Props) {
  const choose = (key: 'truth' | 'predicted', value: string): void =>
    show(value === '' ? without(filter, key) : { ...without(filter, 'none'), [key]: value });
  const only = filter.none ? 'none' : filter.correct === undefined ? '' : filter.correct ? 'right' : 'wrong';
  const chooseOnly = (value: string): void => {
    const rest = without(filter, 'correct', 'none');
    if (value === 'none') show({ ...without(rest, 'predicted', 'min', 'max'), none: true });
    else show(value === '' ? rest : { ...rest, correct: value === 'right' });
  };
  return (
    <div className="row" style={{ gap: '8px 10px' }} role="group" aria-label="Filter">
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
      <Confidence key={`${filter.min} ${filter.max}`} filter={filter} show={show} />
      <NativeSelect
        size="xs"
        aria-label="Order"
        value={filter.sort ?? ''}
        onChange={(event) => {
          const value = event.currentTarget.value;
          show(value === '' ? without(filter, 'sort') : { ...filter, sort: value as Sort });
        }}
        data={[
          { value: '', label: 'In the order of the dataset' },
          ...Object.entries(SORTS).map(([value, { label }]) => ({ value, label })),
        ]}
      />
      {narrows(filter) && (
        <Button size="xs" variant="subtle" onClick={() => show(filter.sort === undefined ? {} : { sort: filter.sort })}>
          Show all
        </Button>
      )}
    </div>
  );
}

/** From how sure to how sure. What the thumb is let go at is shown. */
function Confidence({ filter, show }: Omit<Props, 'labels'>) {
  const [range, setRange] = useState<[number, number]>([(filter.min ?? 0) * 100, (filter.max ?? 1) * 100]);
  const done = ([from, to]: [number, number]): void =>
    show({
      ...without(filter, 'none', 'min', 'max'),
      ...(from > 0 && { min: from / 100 }),
      ...(to < 100 && { max: to / 100 }),
    });
  return (
    <span className="row" style={{ gap: 8, fontSize: 12, flexWrap: 'nowrap' }}>
      <span className="muted">Confidence</span>
      <RangeSlider
        size="xs"
        w={130}
        min={0}
        max={100}
        step={1}
        minRange={0}
        value={range}
        label={(value) => `${value} %`}
        thumbFromLabel="Confidence from"
        thumbToLabel="Confidence to"
        onChange={setRange}
        onChangeEnd={done}
      />
      <span className="number" style={{ minWidth: 62, textAlign: 'left' }}>
        {Math.round(range[0])} – {Math.round(range[1])} %
      </span>
    </span>
  );
}
