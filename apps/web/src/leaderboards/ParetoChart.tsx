'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { Chart } from '@/charts/Chart';
import { csvOfTable } from '@/charts/csv';
import type { Look } from '@/charts/look';
import { DataTable } from '@/design/DataTable';
import { bareId, figure, percent } from '@/design/format';
import type { LeaderboardRowFragment } from '@/generated/graphql';
import { escaped } from '@/run-charts/BarsChart';
import { inItsUnit, nameOf, unitOf } from './metric';

interface Props {
  metric: string;
  cost: string;
  entries: readonly LeaderboardRowFragment[];
}

interface Point {
  name: string;
  runId: string | undefined;
  cost: number;
  value: number;
  onFront: boolean;
}

/** The metric over a cost. Entries on the front are filled and joined: none is as good for less. */
export function ParetoChart({ metric, cost, entries }: Props) {
  const router = useRouter();
  const points = useMemo(
    () =>
      entries.flatMap(({ name, run, value: { value }, costs }): Point[] => {
        const paid = costs.find((one) => one.name === cost);
        if (value == null || paid?.value == null) return [];
        return [{ name, runId: run?.id, cost: inItsUnit(cost, paid.value), value, onFront: paid.onFront }];
      }),
    [entries, cost],
  );
  const shown = unitOf(metric) === 'percent' ? percent : figure;
  const option = useCallback(
    (look: Look) => optionOf(points, { value: nameOf(metric), cost: nameOf(cost), shown }, look),
    [points, metric, cost, shown],
  );
  if (points.length === 0) return null;
  const front = points.filter(({ onFront }) => onFront);
  return (
    <Chart
      title={`${nameOf(metric)} over ${nameOf(cost)}`}
      option={option}
      height={280}
      csv={() =>
        csvOfTable([
          ['entry', metric, cost, 'front'],
          ...points.map((point) => [point.name, point.value, point.cost, String(point.onFront)]),
        ])
      }
      onMark={({ seriesIndex, dataIndex }) => {
        const id = seriesIndex === 0 ? points[dataIndex]?.runId : undefined;
        if (id !== undefined) router.push(`/runs/${bareId(id)}`);
      }}
    >
      <p className="muted" style={{ margin: '4px 0' }}>
        {front.length} of {points.length} entries are on the front: none is at least as good for at most their cost.
      </p>
      <DataTable
        label="Entries on the front"
        heads={[{ label: 'Entry' }, { label: nameOf(cost), number: true }, { label: nameOf(metric), number: true }]}
      >
        {front.map((point) => (
          <tr key={`${point.name} ${point.cost} ${point.value}`}>
            <td>{point.name}</td>
            <td className="number">{figure(point.cost)}</td>
            <td className="number">{shown(point.value)}</td>
          </tr>
        ))}
      </DataTable>
    </Chart>
  );
}

interface Named {
  value: string;
  cost: string;
  shown: (value: number) => string;
}

function optionOf(points: readonly Point[], named: Named, { axis, grid, tooltip, accent, surface, muted }: Look) {
  const axisOf = (name: string, gap: number, shown: (value: number) => string) => ({
    type: 'value',
    scale: true,
    name,
    nameLocation: 'middle',
    nameGap: gap,
    ...axis,
    axisLabel: { ...axis.axisLabel, formatter: shown },
    splitLine: { ...axis.splitLine, show: true },
  });
  const front = points.filter(({ onFront }) => onFront).toSorted((a, b) => a.cost - b.cost);
  return {
    grid: { ...grid, bottom: 24, left: 26, right: 18 },
    tooltip: {
      trigger: 'item',
      formatter: ({ dataIndex, seriesIndex }: { dataIndex: number; seriesIndex: number }) => {
        const point = seriesIndex === 0 ? points[dataIndex] : undefined;
        return point
          ? `${escaped(point.name)}<br>${escaped(named.value)}: ${named.shown(point.value)}<br>${escaped(named.cost)}: ${figure(point.cost)}`
          : '';
      },
      ...tooltip,
    },
    xAxis: axisOf(named.cost, 26, figure),
    yAxis: axisOf(named.value, 44, named.shown),
    series: [
      {
        type: 'scatter',
        symbolSize: points.length > 100 ? 7 : 11,
        data: points.map(({ cost, value, onFront }) => ({
          value: [cost, value],
          itemStyle: { color: onFront ? accent : surface, borderColor: accent, borderWidth: 1.5 },
        })),
      },
      {
        type: 'line',
        step: 'end',
        silent: true,
        showSymbol: false,
        data: front.map(({ cost, value }) => [cost, value]),
        lineStyle: { width: 1.2, type: 'dashed', color: muted },
      },
    ],
  };
}
