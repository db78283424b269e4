'use client';

import { MultiSelect, Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import { Legend } from '@/charts/Legend';
import { UnitChart } from '@/charts/UnitChart';
import { DataTable } from '@/design/DataTable';
import { percent } from '@/design/format';
import { useAddress } from '@/design/use-address';
import { useRead } from '@/design/use-read';
import type { EvaluationFiguresFragment } from '@/generated/graphql';
import { ClassCurvesQuery } from './curves.documents';

type Evaluation = Pick<EvaluationFiguresFragment, 'perClass' | 'scores'>;

/** Lines that can still be told apart; the API gives no more than 20. */
const FIRST = 8;
const MOST = 20;

const HEADS = [
  { label: 'Class' },
  { label: 'ROC AUC %', number: true },
  { label: 'Average precision %', number: true },
];

/** ROC and precision over recall, one line a class: those that the address names, or the largest ones. */
export function ClassCurvesPanel({ runId, evaluation }: { runId: string; evaluation: Evaluation }) {
  const [params, change] = useAddress();
  const labels = useMemo(() => evaluation.perClass.map(({ label }) => label), [evaluation]);
  const largest = useMemo(() => largestOf(evaluation), [evaluation]);
  const given = params
    .getAll('curve')
    .flatMap((text) => text.split(','))
    .filter((label) => labels.includes(label));
  const chosen = (given.length > 0 ? given : largest).slice(0, MOST);
  const { data, error } = useRead(ClassCurvesQuery, { id: runId, labels: chosen });
  const curves = data?.node?.__typename === 'Run' ? data.node.classCurves : undefined;
  const lines = (curves ?? []).map(({ label, roc, precisionRecall }) => ({
    name: label,
    // Of the class, so that it keeps its colour whichever others are shown.
    place: labels.indexOf(label),
    roc: roc.map(({ falsePositiveRate: x, truePositiveRate: y }) => [x, y] as const),
    precisionRecall: precisionRecall.map(({ recall: x, precision: y }) => [x, y] as const),
  }));
  const figures = (
    <DataTable heads={HEADS}>
      {(evaluation.scores?.perClass ?? [])
        .filter(({ label }) => chosen.includes(label))
        .map(({ label, rocAuc, averagePrecision }) => (
          <tr key={label}>
            <td>{label}</td>
            <td className="number">{rocAuc.value == null ? '–' : percent(rocAuc.value)}</td>
            <td className="number">{averagePrecision.value == null ? '–' : percent(averagePrecision.value)}</td>
          </tr>
        ))}
    </DataTable>
  );
  if (error !== undefined) return <p role="alert">The curves could not be computed: {error}</p>;
  return (
    <section aria-label="Curves of the classes" className="stack" style={{ gap: 10 }} aria-busy={!curves}>
      <div className="row spread" style={{ alignItems: 'flex-start' }}>
        <Legend lines={chosen.map((name) => ({ name, place: labels.indexOf(name) }))} />
        <MultiSelect
          size="xs"
          w={300}
          aria-label="Classes of the curves"
          placeholder={given.length === 0 ? `${largest.length === labels.length ? 'All' : 'The largest'} classes` : ''}
          data={labels}
          value={given}
          searchable
          clearable
          maxValues={MOST}
          onChange={(next) => change({ curve: next.length === 0 ? undefined : next.join(',') })}
        />
      </div>
      {curves ? (
        <div className="charts">
          <UnitChart
            title="ROC, each class against the rest"
            lines={lines.map(({ roc, ...line }) => ({ ...line, points: roc }))}
            x="False positive rate"
            y="True positive rate"
            diagonal
          >
            {figures}
          </UnitChart>
          <UnitChart
            title="Precision over recall"
            lines={lines.map(({ precisionRecall, ...line }) => ({ ...line, points: precisionRecall }))}
            x="Recall"
            y="Precision"
          >
            {figures}
          </UnitChart>
        </div>
      ) : (
        <div className="charts">
          <Skeleton height={350} radius={8} />
          <Skeleton height={350} radius={8} />
        </div>
      )}
    </section>
  );
}

/** The classes with most samples, in the order of the labels. */
function largestOf({ perClass }: Evaluation): string[] {
  const sizes = [...perClass].sort((a, b) => b.support - a.support).slice(0, FIRST);
  return perClass.filter((of) => sizes.includes(of)).map(({ label }) => label);
}
