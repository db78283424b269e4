'use client';

import { SegmentedControl } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { csvOfTable } from '@/charts/csv';
import { SaveButton } from '@/charts/SaveButton';
import { bareId } from '@/design/format';
import { MatrixGrid } from '@/design/MatrixGrid';
import type { MatrixCell } from '@/design/MatrixRow';
import { useAddress } from '@/design/use-address';
import type { ComparedPairFragment } from '@/generated/graphql';
import type { NamedRun } from './named-run';
import { addressOf } from './selection';
import { LEVEL, points, pValue } from './verdict';

const SHOWN = { same: 'Same answer, %', kappa: 'Kappa', p: 'p, corrected' } as const;
type Shown = keyof typeof SHOWN;

interface Props {
  runs: readonly NamedRun[];
  pairs: readonly ComparedPairFragment[];
}

/** How far each two runs say the same, and whether one is right more often. */
export function AgreementMatrix({ runs, pairs }: Props) {
  const [params, change] = useAddress();
  const given = params.get('pairs');
  const by: Shown = given === 'kappa' || given === 'p' ? given : 'same';
  const found = useMemo(() => new Map(pairs.map((pair) => [keyOf(pair.firstId, pair.secondId), pair])), [pairs]);
  const names = useMemo(() => runs.map(({ id }) => `#${bareId(id)}`), [runs]);

  const cell = useCallback(
    (row: number, column: number): MatrixCell => {
      const [a, b] = [runs[row]!, runs[column]!];
      const pair = found.get(keyOf(a.id, b.id));
      if (!pair) return { text: '', colour: 'transparent', label: `${a.name}, itself`, quiet: true };
      return {
        text: textOf(pair, by),
        colour: colourOf(pair, by),
        label: `${a.name} and ${b.name}: ${toldOf(pair, a.id)}`,
        href: addressOf({ runs: [bareId(b.id), bareId(a.id)] }),
        quiet: by === 'p' && pair.adjustedP > LEVEL,
      };
    },
    [runs, found, by],
  );

  return (
    <section className="panel" aria-label="Agreement">
      <div className="row spread" style={{ marginBottom: 8 }}>
        <h2>Agreement of each two</h2>
        <span className="row" style={{ gap: 8 }}>
          <SegmentedControl
            size="xs"
            aria-label="Shown of each two"
            value={by}
            onChange={(value) => change({ pairs: value === 'same' ? undefined : value })}
            data={Object.entries(SHOWN).map(([value, label]) => ({ value, label }))}
          />
          <SaveButton name="agreement.csv" text={() => csvOf(pairs)} />
        </span>
      </div>
      <MatrixGrid label="Agreement of the runs" corner="Run" rows={names} columns={names} cell={cell} />
      <p className="muted" style={{ fontSize: 12.5, margin: '10px 0 0', maxWidth: 640 }}>
        {by === 'p'
          ? 'McNemar’s mid-p of the accuracies, corrected by Holm for all pairs. Coloured where it is at most 0.05.'
          : by === 'kappa'
            ? 'Cohen’s kappa of the predictions: agreement beyond that of chance, 1 for equal ones.'
            : 'Share of the samples for which both predict the same class. Runs that agree are wrong together.'}{' '}
        Each cell compares the two.
      </p>
    </section>
  );
}

const keyOf = (a: string, b: string): string => [a, b].sort().join(' ');

/** In per cent; a cell says the same figure as it shows. */
const shareOf = (agreement: number): string => (agreement * 100).toFixed(1);

function textOf({ agreement, kappa, adjustedP }: ComparedPairFragment, by: Shown): string {
  if (by === 'same') return shareOf(agreement);
  if (by === 'p') return pValue(adjustedP);
  return kappa.value == null ? '–' : kappa.value.toFixed(2);
}

function colourOf({ agreement, kappa, adjustedP }: ComparedPairFragment, by: Shown): string {
  if (by === 'p') {
    return adjustedP <= LEVEL ? 'color-mix(in oklab, var(--accent) 30%, var(--ground))' : 'var(--ground)';
  }
  const share = by === 'same' ? agreement : Math.max(0, kappa.value ?? 0);
  return `color-mix(in oklab, var(--accent) ${(share * 42).toFixed(1)}%, var(--ground))`;
}

/** @param first the run of the row */
function toldOf({ firstId, agreement, kappa, difference, adjustedP }: ComparedPairFragment, first: string): string {
  const value = difference.value == null ? null : firstId === first ? difference.value : -difference.value;
  return [
    `the same answer for ${shareOf(agreement)} %`,
    kappa.value == null ? (kappa.undefinedReason ?? '') : `kappa ${kappa.value.toFixed(2)}`,
    value === null ? '' : `the second is right ${points(value)} points more often`,
    `p ${pValue(adjustedP)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

const csvOf = (pairs: readonly ComparedPairFragment[]): string =>
  csvOfTable([
    ['first', 'second', 'same answer', 'kappa', 'difference', 'low', 'high', 'fixed', 'broken', 'mid-p', 'corrected p'],
    ...pairs.map(({ firstId, secondId, agreement, kappa, difference, fixed, broken, midP, adjustedP }) => [
      firstId,
      secondId,
      agreement,
      kappa.value ?? null,
      difference.value ?? null,
      difference.low ?? null,
      difference.high ?? null,
      fixed,
      broken,
      midP,
      adjustedP,
    ]),
  ]);
