'use client';

import { NativeSelect } from '@mantine/core';
import type { Agreement } from '@/generated/graphql';
import { AGREEMENTS, type Only, type SampleView } from '../view';
import { Choices } from './Choices';
import { FilterMenu, inShort } from './FilterMenu';
import { RangeFilter } from './RangeFilter';
import { without } from './without';

export const AGREEMENT_WORDS: Record<Agreement, string> = {
  ALL_RIGHT: 'All are right',
  ALL_WRONG: 'All are wrong',
  SOME_RIGHT: 'Some are right',
  SAME_ANSWER: 'All say the same',
  OTHER_ANSWERS: 'Not all say the same',
};

interface Props {
  view: SampleView;
  labels: readonly string[];
  /** Names of the runs, in their order. */
  runs: readonly string[];
  change: (view: SampleView) => void;
}

/** By what the first run says, and by how all of them agree. */
export function AnswerFilter({ view, labels, runs, change }: Props) {
  const { predicted, only, confidence, agreement } = view;
  const chosen = [
    ...predicted,
    ...(only ? [only === 'none' ? 'no answer' : only] : []),
    ...(confidence ? ['confidence'] : []),
    ...agreement.map((kind) => AGREEMENT_WORDS[kind].toLowerCase()),
  ];
  const hint = 'Choose a run first.';
  return (
    <FilterMenu label="Prediction" chosen={inShort(chosen)} disabled={runs.length === 0} hint={hint} width={300}>
      <p className="muted truncate" style={{ margin: '2px 4px 6px', fontSize: 12 }} title={runs[0]}>
        {runs[0]}
      </p>
      <NativeSelect
        size="xs"
        aria-label="Right or wrong"
        value={only ?? ''}
        onChange={(event) => {
          const value = event.currentTarget.value as Only | '';
          change(value === '' ? without(view, 'only') : { ...view, only: value });
        }}
        data={[
          { value: '', label: 'Right or wrong' },
          { value: 'right', label: 'Only right' },
          { value: 'wrong', label: 'Only wrong' },
          { value: 'none', label: 'No answer' },
        ]}
        style={{ padding: '0 4px 8px' }}
      />
      <RangeFilter
        label="Confidence"
        min={0}
        max={1}
        range={confidence}
        choose={(range) => {
          change(range ? { ...view, confidence: range } : without(view, 'confidence'));
        }}
      />
      <Choices
        label="Predicted class"
        choices={labels.map((label) => ({ value: label, label: `predicts ${label}` }))}
        chosen={predicted}
        choose={(next) => change({ ...view, predicted: next })}
      />
      {runs.length > 1 && (
        <>
          <p
            className="muted"
            style={{ margin: '8px 4px 2px', paddingTop: 8, borderTop: '1px solid var(--line)', fontSize: 12 }}
          >
            All {runs.length} runs
          </p>
          <Choices
            label="Agreement"
            choices={AGREEMENTS.map((kind) => ({ value: kind, label: AGREEMENT_WORDS[kind] }))}
            chosen={agreement}
            choose={(next) => change({ ...view, agreement: next })}
          />
        </>
      )}
    </FilterMenu>
  );
}
