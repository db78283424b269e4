'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { Chart } from '@/charts/Chart';
import { csvOfTable } from '@/charts/csv';
import type { Look } from '@/charts/look';
import { DataTable } from '@/design/DataTable';
import { bareId, count } from '@/design/format';
import { labelOf } from '@/runs-table/columns';
import type { TableRow } from '@/runs-table/request';
import type { KnownColumn } from '@/runs-table/usual';
import { escaped } from './BarsChart';
import { DimensionSelect } from './DimensionSelect';
import { isLowerBetter, isTime, numberOf, shownAs, tickOf, type Dimension } from './dimensions';
import { paretoFront } from './pareto';
import { nameOfRun, placeOfRun } from './run-mark';
import { ScatterSettings, type ScatterChange } from './ScatterSettings';

interface Props {
  rows: readonly TableRow[];
  known: readonly KnownColumn[];
  x: Dimension;
  y: Dimension;
  /** Which axes are logarithmic. */
  log: { x: boolean; y: boolean };
  change: (changes: ScatterChange) => void;
  /** The front is marked. */
  hasFront: boolean;
}

interface Dot {
  id: string;
  name: string;
  place: number;
  x: number;
  y: number;
}

const LISTED = 50;
/** Each run by two of its numbers. The front joins those that none beats in both. */
export function ScatterChart({ rows, known, x, y, log, change, hasFront }: Props) {
  const router = useRouter();
  const dots = useMemo(
    () =>
      rows.flatMap((row): Dot[] => {
        const [dx, dy] = [numberOf(row, x), numberOf(row, y)];
        if (dx === undefined || dy === undefined || (log.x && dx <= 0) || (log.y && dy <= 0)) return [];
        return [{ id: row.run.id, name: nameOfRun(row), place: placeOfRun(row), x: dx, y: dy }];
      }),
    [rows, x, y, log.x, log.y],
  );
  const front = useMemo(
    () =>
      hasFront
        ? paretoFront(dots, { x: isLowerBetter(x) ? 'lower' : 'higher', y: isLowerBetter(y) ? 'lower' : 'higher' })
        : [],
    [dots, hasFront, x, y],
  );
  const option = useCallback(
    (look: Look) => optionOf({ dots, front, x, y, log: { x: log.x, y: log.y } }, look),
    [dots, front, x, y, log.x, log.y],
  );
  const onFront = new Set(front.map(({ id }) => id));
  return (
    <Chart
      title={`${labelOf(y)} over ${labelOf(x)}`}
      option={option}
      csv={() =>
        csvOfTable([
          ['run', 'name', x.key, y.key, 'front'],
          ...dots.map((dot) => [Number(bareId(dot.id)), dot.name, dot.x, dot.y, String(onFront.has(dot.id))]),
        ])
      }
      height={340}
      onMark={({ seriesIndex, dataIndex }) => {
        if (seriesIndex === 0) router.push(`/runs/${bareId(dots[dataIndex]!.id)}`);
      }}
      controls={
        <>
          <DimensionSelect
            label="Vertical axis"
            known={known}
            value={y}
            setValue={(cy) => change({ cy })}
            width={130}
          />
          <DimensionSelect
            label="Horizontal axis"
            known={known}
            value={x}
            setValue={(cx) => change({ cx })}
            width={130}
          />
          <ScatterSettings log={log} hasFront={hasFront} change={change} />
        </>
      }
    >
      {hasFront && (
        <p className="muted" style={{ margin: '4px 0' }}>
          {count(front.length)} of {count(dots.length)} runs are on the front: no other one is as good in both and
          better in one. {labelOf(x)} is better when {isLowerBetter(x) ? 'lower' : 'higher'}, {labelOf(y)} when{' '}
          {isLowerBetter(y) ? 'lower' : 'higher'}.
        </p>
      )}
      <DataTable
        heads={[{ label: 'Run' }, { label: labelOf(x), number: true }, { label: labelOf(y), number: true }]}
        label={hasFront ? 'Runs on the front' : 'Runs'}
      >
        {(hasFront ? front : dots).slice(0, LISTED).map((dot) => (
          <tr key={dot.id}>
            <td>{dot.name}</td>
            <td className="number">{shownAs(x, dot.x)}</td>
            <td className="number">{shownAs(y, dot.y)}</td>
          </tr>
        ))}
      </DataTable>
    </Chart>
  );
}

interface Drawn {
  dots: readonly Dot[];
  front: readonly Dot[];
  x: Dimension;
  y: Dimension;
  log: Props['log'];
}

function optionOf({ dots, front, x, y, log }: Drawn, look: Look) {
  const { axis, grid, tooltip, ink, muted, series } = look;
  const onFront = new Set(front);
  const axisOf = (dimension: Dimension, isLog: boolean, name: string, gap: number) => ({
    type: isLog ? 'log' : isTime(dimension) ? 'time' : 'value',
    scale: true,
    name,
    nameLocation: 'middle',
    nameGap: gap,
    ...axis,
    axisLabel: {
      ...axis.axisLabel,
      ...(!isTime(dimension) && { formatter: (value: number) => tickOf(dimension, value) }),
    },
    splitLine: { ...axis.splitLine, show: true },
  });
  return {
    grid: { ...grid, bottom: 24, left: 26, right: 18 },
    tooltip: {
      trigger: 'item',
      formatter: ({ dataIndex, seriesIndex }: { dataIndex: number; seriesIndex: number }) => {
        const dot = seriesIndex === 0 ? dots[dataIndex] : undefined;
        return dot
          ? `${escaped(dot.name)}<br>${escaped(labelOf(x))}: ${shownAs(x, dot.x)}<br>${escaped(labelOf(y))}: ${shownAs(y, dot.y)}`
          : '';
      },
      ...tooltip,
    },
    dataZoom: [
      { type: 'inside', xAxisIndex: 0, zoomOnMouseWheel: 'ctrl', filterMode: 'none' },
      { type: 'inside', yAxisIndex: 0, zoomOnMouseWheel: 'ctrl', filterMode: 'none' },
    ],
    xAxis: axisOf(x, log.x, labelOf(x), 26),
    yAxis: axisOf(y, log.y, labelOf(y), 46),
    series: [
      {
        type: 'scatter',
        symbolSize: dots.length > 300 ? 6 : 9,
        data: dots.map((dot) => ({
          value: [dot.x, dot.y],
          itemStyle: {
            color: series(dot.place).color,
            opacity: 0.8,
            ...(onFront.has(dot) && { borderColor: ink, borderWidth: 1.5, opacity: 1 }),
          },
        })),
      },
      {
        type: 'line',
        step: 'end',
        silent: true,
        showSymbol: false,
        data: front.map((dot) => [dot.x, dot.y]).sort((a, b) => a[0]! - b[0]!),
        lineStyle: { width: 1.2, type: 'dashed', color: muted },
      },
    ],
  };
}
