'use client';

import { useCallback, type ReactNode } from 'react';
import { Chart } from './Chart';
import { csvOf } from './csv';
import type { Line } from './LineChart';
import type { Look } from './look';

interface Props {
  title: string;
  lines: readonly Line[];
  /** Both axes go from 0 to 1. */
  x: string;
  y: string;
  /** A line of no skill, or of perfect agreement: from corner to corner. */
  diagonal?: boolean;
  /** Marks on the lines, where points are few. */
  symbols?: boolean;
  height?: number;
  controls?: ReactNode;
  /** The figures of the chart, in words. */
  children: ReactNode;
}

const PERCENT = (value: number): string => `${Math.round(value * 100)} %`;

/** Lines of one share over another: ROC, precision over recall, accuracy over coverage. */
export function UnitChart({
  title,
  lines,
  x,
  y,
  diagonal = false,
  symbols = false,
  height = 280,
  controls,
  children,
}: Props) {
  const option = useCallback(
    ({ axis, grid, tooltip, series, muted }: Look) => {
      const unit = (name: string, end: 'x' | 'y') => ({
        type: 'value',
        name,
        nameLocation: 'middle',
        nameGap: end === 'x' ? 24 : 38,
        min: 0,
        max: 1,
        interval: 0.25,
        ...axis,
        axisLabel: { ...axis.axisLabel, formatter: PERCENT },
        splitLine: { ...axis.splitLine, show: true },
      });
      return {
        grid: { ...grid, bottom: 22, left: 24, right: 18 },
        tooltip: { trigger: 'axis', valueFormatter: PERCENT, ...tooltip },
        xAxis: unit(x, 'x'),
        yAxis: unit(y, 'y'),
        series: [
          ...lines.map(({ name, place, points }) => {
            const look = series(place);
            return {
              type: 'line',
              name,
              data: points,
              showSymbol: symbols,
              symbolSize: 6,
              lineStyle: { width: 1.6, ...look },
              itemStyle: { color: look.color },
              emphasis: { focus: 'series' },
            };
          }),
          ...(diagonal
            ? [
                {
                  type: 'line',
                  name: '',
                  silent: true,
                  data: [
                    [0, 0],
                    [1, 1],
                  ],
                  showSymbol: false,
                  lineStyle: { width: 1, type: 'dashed', color: muted },
                  tooltip: { show: false },
                },
              ]
            : []),
        ],
      };
    },
    [lines, x, y, diagonal, symbols],
  );
  return (
    <Chart title={title} option={option} csv={() => csvOf(lines, x, y)} height={height} controls={controls}>
      {children}
    </Chart>
  );
}
