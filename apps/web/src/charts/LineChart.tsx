'use client';

import { useCallback } from 'react';
import { DataTable } from '@/design/DataTable';
import { bytes } from '@/design/format';
import { Chart } from './Chart';
import { csvOf } from './csv';
import type { Look } from './look';
import { band } from './shapes';

export interface Line {
  /** Such as a run's name. */
  name: string;
  /** Its place in the palette: the same thing has the same colour in every chart. */
  place: number;
  /** x and y; a y that is no number breaks the line. */
  points: readonly (readonly [number, number | null])[];
  /** Between what it lies: x, low, high. */
  band?: readonly (readonly [number, number, number])[];
}

interface Props {
  title: string;
  lines: readonly Line[];
  /** What x is, such as `step`. */
  x: string;
  xIsTime?: boolean;
  logarithmic?: boolean;
  /** Of y, where it is not a number of no unit. */
  unit?: 'bytes' | 'percent' | undefined;
  /** Charts of one group share their cursor. */
  group: string;
}

/** Lines over a common x. Its figures are told in words below it, too. */
export function LineChart({ title, lines, x, xIsTime = false, logarithmic = false, unit, group }: Props) {
  const option = useCallback(
    ({ axis, grid, tooltip, series }: Look) => ({
      grid,
      tooltip: { trigger: 'axis', ...(unit && { valueFormatter: SHOWN[unit] }), ...tooltip },
      // A band is one drawing: it is cut at the edges, not point by point.
      dataZoom: [
        { type: 'inside', zoomOnMouseWheel: 'ctrl', filterMode: lines.some((l) => l.band) ? 'none' : 'filter' },
      ],
      xAxis: { type: xIsTime ? 'time' : 'value', min: 'dataMin', max: 'dataMax', ...axis },
      yAxis: {
        type: logarithmic ? 'log' : 'value',
        // Of a machine it matters how much of all is in use.
        scale: unit === undefined,
        ...axis,
        ...(unit && { axisLabel: { ...axis.axisLabel, formatter: SHOWN[unit] } }),
        splitLine: { ...axis.splitLine, show: true },
      },
      series: lines.flatMap(({ name, place, points, band: between }) => {
        const look = series(place);
        const line = {
          type: 'line',
          name,
          data: logarithmic ? points.map(([px, y]) => [px, y !== null && y > 0 ? y : null]) : points,
          showSymbol: points.length === 1,
          lineStyle: { width: 1.6, ...look },
          itemStyle: { color: look.color },
          emphasis: { focus: 'series' },
        };
        return between ? [bandOf(name, look.color, between, logarithmic), line] : [line];
      }),
    }),
    [lines, logarithmic, xIsTime, unit],
  );
  return (
    <Chart title={title} option={option} csv={() => csvOf(lines, x, title)} group={group}>
      <Figures lines={lines} x={x} xIsTime={xIsTime} />
    </Chart>
  );
}

function bandOf(name: string, colour: string, between: NonNullable<Line['band']>, logarithmic: boolean) {
  const points = logarithmic ? between.filter(([, low]) => low > 0) : between;
  return {
    type: 'custom',
    name,
    silent: true,
    clip: true,
    renderItem: band(colour, points),
    encode: { x: 0, y: [1, 2] },
    data: points,
    tooltip: { show: false },
  };
}

const SHOWN = {
  bytes: (value: number | null | undefined): string => (value == null ? '–' : bytes(value)),
  percent: (value: number | null | undefined): string => (value == null ? '–' : `${figure.format(value)} %`),
};

const figure = new Intl.NumberFormat('en', { maximumSignificantDigits: 5 });

const FIGURES = ['Last', 'Smallest', 'Largest'];

function Figures({ lines, x, xIsTime }: Pick<Props, 'lines' | 'x' | 'xIsTime'>) {
  return (
    <DataTable heads={[{ label: 'Run' }, ...[`Last ${x}`, ...FIGURES].map((label) => ({ label, number: true }))]}>
      {lines.map(({ name, points }) => {
        const values = points.map(([, y]) => y).filter((y) => y !== null);
        const [at, last] = points.at(-1) ?? [];
        const shown = (y: number | null | undefined): string => (y == null ? '–' : figure.format(y));
        return (
          <tr key={name}>
            <td>{name}</td>
            <td className="number">{xIsTime && at !== undefined ? new Date(at).toLocaleString() : shown(at)}</td>
            <td className="number">{shown(last)}</td>
            <td className="number">{shown(values.length > 0 ? Math.min(...values) : null)}</td>
            <td className="number">{shown(values.length > 0 ? Math.max(...values) : null)}</td>
          </tr>
        );
      })}
    </DataTable>
  );
}
