'use client';

import { useCallback } from 'react';
import { Chart } from '@/charts/Chart';
import { csvOfTable } from '@/charts/csv';
import type { Look } from '@/charts/look';
import { whisker } from '@/charts/shapes';
import { DataTable } from '@/design/DataTable';
import type { Estimate } from '@/design/EstimateCell';
import { DifferenceCell } from './DifferenceBar';
import { points } from './verdict';

export interface ForestRow {
  name: string;
  difference: Estimate;
}

const HEADS = [{ label: 'Run' }, { label: 'Difference, points', number: true }];
/** Pixels of a row, and of what is around them; not lower than the chart beside it. */
const ROW = 26;
const AROUND = 54;
const LEAST = 300;

/** Of the two charts that stand beside each other. @param others runs beside the reference */
export const heightOf = (others: number): number => Math.max(LEAST, AROUND + ROW * others);

interface Props {
  title: string;
  rows: readonly ForestRow[];
}

/** Differences with their intervals under each other, around zero. */
export function ForestChart({ title, rows }: Props) {
  const option = useCallback((look: Look) => optionOf(rows, look), [rows]);
  return (
    <Chart title={title} option={option} csv={() => csvOf(rows)} height={heightOf(rows.length)}>
      <DataTable heads={HEADS}>
        {rows.map(({ name, difference }) => (
          <tr key={name}>
            <td>{name}</td>
            <td className="number">
              <DifferenceCell difference={difference} />
            </td>
          </tr>
        ))}
      </DataTable>
    </Chart>
  );
}

/** Longer names are cut, so that the intervals have room. */
const NAME = 26;

function optionOf(rows: readonly ForestRow[], { axis, grid, tooltip, ink, right, wrong, muted }: Look) {
  const shown = rows.map(({ difference }) => difference);
  const colourOf = ({ low, high }: Estimate): string =>
    low != null && low > 0 ? right : high != null && high < 0 ? wrong : muted;
  const series = [right, wrong, muted].map((colour) => ({
    type: 'custom',
    renderItem: whisker(colour, 'horizontal'),
    encode: { x: [1, 2, 3], y: 0 },
    data: shown.flatMap((of, at) =>
      colourOf(of) === colour && of.value != null ? [[at, of.value, of.low ?? NaN, of.high ?? NaN]] : [],
    ),
  }));
  return {
    grid: { ...grid, bottom: 24 },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'none' },
      formatter: ([{ dataIndex } = { dataIndex: 0 }]: { dataIndex: number }[]) => told(rows[dataIndex]),
      ...tooltip,
    },
    xAxis: {
      type: 'value',
      name: 'points more than the reference',
      nameLocation: 'middle',
      nameGap: 24,
      ...axis,
      axisLabel: { ...axis.axisLabel, formatter: (value: number) => points(value).replace(/\.00$/, '') },
      splitLine: { ...axis.splitLine, show: true },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ name }) => name),
      ...axis,
      axisLabel: {
        ...axis.axisLabel,
        interval: 0,
        formatter: (name: string) => (name.length > NAME ? `…${name.slice(1 - NAME)}` : name),
      },
    },
    series: [
      {
        type: 'scatter',
        symbolSize: 8,
        data: shown.flatMap((of, at) =>
          of.value == null ? [] : [{ value: [of.value, at], itemStyle: { color: colourOf(of) } }],
        ),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: ink, type: 'solid', width: 1 },
          data: [{ xAxis: 0 }],
        },
      },
      ...series,
    ],
  };
}

function told(row: ForestRow | undefined): string {
  if (row?.difference.value == null) return '';
  const { value, low, high } = row.difference;
  return low == null || high == null ? points(value) : `${points(value)} (${points(low)} to ${points(high)})`;
}

const csvOf = (rows: readonly ForestRow[]): string =>
  csvOfTable([
    ['run', 'difference', 'low', 'high', 'method'],
    ...rows.map(({ name, difference: { value, low, high, method } }) => [
      name,
      value ?? null,
      low ?? null,
      high ?? null,
      method ?? null,
    ]),
  ]);
