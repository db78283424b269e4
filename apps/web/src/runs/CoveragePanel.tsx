'use client';

import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import { UnitChart } from '@/charts/UnitChart';
import { DataTable } from '@/design/DataTable';
import { percent } from '@/design/format';
import { useRead } from '@/design/use-read';
import type { AccuracyCoverageQuery } from '@/generated/graphql';
import { CoverageQuery } from './curves.documents';

export type CoveragePoint = NonNullable<
  Extract<AccuracyCoverageQuery['node'], { __typename: 'Run' }>['accuracyCoverage']
>[number];

const HEADS = [
  { label: 'Answers, % of samples', number: true },
  { label: 'Right of these, %', number: true },
  { label: 'From confidence, %', number: true },
];

const SHARES = [1, 0.95, 0.9, 0.8, 0.7, 0.5, 0.25];

/** How right the run would be if it kept silent where it is less sure. */
export function CoveragePanel({ runId }: { runId: string }) {
  const { data, error } = useRead(CoverageQuery, { id: runId });
  const points = data?.node?.__typename === 'Run' ? data.node.accuracyCoverage : undefined;
  const lines = useMemo(
    () => [{ name: 'Accuracy', place: 0, points: (points ?? []).map((p) => [p.coverage, p.accuracy] as const) }],
    [points],
  );
  if (error !== undefined) return <p role="alert">Coverage could not be computed: {error}</p>;
  if (!points) return <Skeleton height={350} radius={8} />;
  return (
    <UnitChart
      title="Accuracy where it is sure enough"
      lines={lines}
      x="Share of samples answered"
      y="Accuracy of these"
      height={300}
    >
      <p className="muted" style={{ margin: '4px 0' }}>
        Thresholds that are chosen on these samples do a little worse on others.
      </p>
      <DataTable heads={HEADS}>
        {SHARES.flatMap((share) => {
          const point = atCoverage(points, share);
          return point
            ? [
                <tr key={share}>
                  <td className="number">{percent(point.coverage)}</td>
                  <td className="number">{percent(point.accuracy)}</td>
                  <td className="number">{percent(point.threshold)}</td>
                </tr>,
              ]
            : [];
        })}
      </DataTable>
    </UnitChart>
  );
}

/** The most that is answered without passing a share of the samples. @param points by falling threshold */
export const atCoverage = (points: readonly CoveragePoint[], share: number): CoveragePoint | undefined =>
  points.findLast(({ coverage }) => coverage <= share + 1e-9);
