'use client';

import { NativeSelect, Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import { Legend } from '@/charts/Legend';
import type { Line } from '@/charts/LineChart';
import { UnitChart } from '@/charts/UnitChart';
import { DataTable } from '@/design/DataTable';
import { EstimateCell } from '@/design/EstimateCell';
import { bareId, percent } from '@/design/format';
import { useAddress } from '@/design/use-address';
import { useRead } from '@/design/use-read';
import type { ComparedCurvesQuery } from '@/generated/graphql';
import { ComparedCurves } from './documents';
import type { NamedRun } from './named-run';

type ReadRun = Extract<ComparedCurvesQuery['nodes'][number], { __typename: 'Run' }>;

const HEADS = [
  { label: 'Run' },
  { label: 'ROC AUC of the class %', number: true },
  { label: 'Expected calibration error %', number: true },
];

interface Props {
  runs: readonly NamedRun[];
  labels: readonly string[];
}

/** ROC and precision over recall of one class, and reliability, of all runs over each other. */
export function OverlaidCurves({ runs, labels }: Props) {
  const [params, change] = useAddress();
  const given = params.get('class');
  const label = given !== null && labels.includes(given) ? given : labels[0]!;
  const { data, error } = useRead(ComparedCurves, { runIds: runs.map(({ id }) => id), label });
  const read = useMemo(
    () =>
      runs.flatMap((named) => {
        const run = data?.nodes.find((node): node is ReadRun => node?.__typename === 'Run' && node.id === named.id);
        return run?.classCurves?.[0] ? [{ named, run, curves: run.classCurves[0] }] : [];
      }),
    [data, runs],
  );
  const linesOf = (pointsOf: (of: (typeof read)[number]) => Line['points']): Line[] =>
    read.map((of) => ({ name: of.named.name, place: of.named.place, points: pointsOf(of) }));
  const figures = (
    <DataTable heads={HEADS}>
      {read.map(({ named, run }) => {
        const scores = run.evaluation?.scores;
        const auc = scores?.perClass.find((of) => of.label === label)?.rocAuc;
        const error = scores?.expectedCalibrationError.value;
        return (
          <tr key={named.id}>
            <td>{named.name}</td>
            <td className="number">
              <EstimateCell estimate={auc} />
            </td>
            <td className="number">{error == null ? '–' : percent(error)}</td>
          </tr>
        );
      })}
    </DataTable>
  );
  // While they are read, all of them: the legend keeps its height.
  const named = data ? read.map((of) => of.named) : runs;
  if (error !== undefined) return <p role="alert">The curves could not be computed: {error}</p>;
  if (data && read.length === 0) return null;
  return (
    <section aria-label="Curves of the scores" className="stack" style={{ gap: 10 }} aria-busy={!data}>
      <div className="row spread">
        <h2>Scores of one class</h2>
        <NativeSelect
          size="xs"
          aria-label="Class"
          value={label}
          onChange={(event) => {
            const next = event.currentTarget.value;
            change({ class: next === labels[0] ? undefined : next });
          }}
          data={[...labels]}
        />
      </div>
      <Legend lines={named.map((run) => ({ ...run, href: `/runs/${bareId(run.id)}` }))} />
      {data ? (
        <div className="charts">
          <UnitChart
            title={`ROC of ${label}`}
            lines={linesOf(({ curves }) =>
              curves.roc.map(({ falsePositiveRate: x, truePositiveRate: y }) => [x, y] as const),
            )}
            x="False positive rate"
            y="True positive rate"
            diagonal
          >
            {figures}
          </UnitChart>
          <UnitChart
            title={`Precision over recall of ${label}`}
            lines={linesOf(({ curves }) =>
              curves.precisionRecall.map(({ recall, precision }) => [recall, precision] as const),
            )}
            x="Recall"
            y="Precision"
          >
            {figures}
          </UnitChart>
          <UnitChart
            title="Calibration, all classes"
            lines={linesOf(({ run }) => reliabilityOf(run))}
            x="Mean confidence of the bin"
            y="Accuracy of the bin"
            diagonal
            symbols
          >
            {figures}
          </UnitChart>
        </div>
      ) : (
        <div className="charts">
          {[1, 2, 3].map((key) => (
            <Skeleton key={key} height={350} radius={8} />
          ))}
        </div>
      )}
      {read.length > 0 && read.length < runs.length && (
        <p className="muted" style={{ margin: 0, fontSize: 12.5 }}>
          {runs.length - read.length} of the runs have no class scores.
        </p>
      )}
    </section>
  );
}

const reliabilityOf = ({ evaluation }: ReadRun): Line['points'] =>
  (evaluation?.scores?.calibrationBins ?? []).flatMap(({ confidence, accuracy }) =>
    confidence.value == null || accuracy.value == null ? [] : [[confidence.value, accuracy.value] as const],
  );
