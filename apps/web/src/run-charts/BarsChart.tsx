'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { Chart } from '@/charts/Chart';
import { csvOfTable } from '@/charts/csv';
import type { Look } from '@/charts/look';
import { whisker } from '@/charts/shapes';
import { DataTable } from '@/design/DataTable';
import { bareId, count, interval } from '@/design/format';
import { hasInterval, labelOf } from '@/runs-table/columns';
import type { TableRow } from '@/runs-table/request';
import type { KnownColumn } from '@/runs-table/usual';
import { DimensionSelect } from './DimensionSelect';
import { isLowerBetter, numberOf, shownAs, tickOf, type Dimension } from './dimensions';
import { nameOfRun, placeOfRun } from './run-mark';

interface Props {
  rows: readonly TableRow[];
  known: readonly KnownColumn[];
  dimension: Dimension;
  setDimension: (id: string) => void;
}

/** More bars do not fit on a screen. */
const BARS = 40;
const BAR_HEIGHT = 22;

interface Bar {
  id: string;
  name: string;
  place: number;
  value: number;
  low: number | null;
  high: number | null;
}

/** The best runs by a metric, with intervals where there are any. */
export function BarsChart({ rows, known, dimension, setDimension }: Props) {
  const router = useRouter();
  const isLower = isLowerBetter(dimension);
  const all = useMemo(
    () =>
      rows
        .flatMap((row): Bar[] => {
          const value = numberOf(row, dimension);
          if (value === undefined) return [];
          const estimate = hasInterval(dimension) ? row.estimates.get(dimension.key) : undefined;
          const { low = null, high = null } = estimate ?? {};
          return [{ id: row.run.id, name: nameOfRun(row), place: placeOfRun(row), value, low, high }];
        })
        .sort((a, b) => (isLower ? a.value - b.value : b.value - a.value)),
    [rows, dimension, isLower],
  );
  const bars = useMemo(() => all.slice(0, BARS), [all]);
  const isShare = hasInterval(dimension);
  const option = useCallback((look: Look) => optionOf(bars, dimension, look), [bars, dimension]);
  return (
    <Chart
      title={`${isLower ? 'Lowest' : 'Highest'}: ${labelOf(dimension)}`}
      option={option}
      csv={() => csvOfTable([['run', 'name', dimension.key, 'low', 'high'], ...all.map(lineOf)])}
      height={Math.max(120, bars.length * BAR_HEIGHT + 40)}
      onMark={({ dataIndex }) => router.push(`/runs/${bareId(bars[dataIndex]!.id)}`)}
      controls={<DimensionSelect label="Metric of the bars" known={known} value={dimension} setValue={setDimension} />}
    >
      {all.length > bars.length && (
        <p className="muted" style={{ margin: '4px 0' }}>
          The {BARS} best of {count(all.length)} runs.
        </p>
      )}
      <DataTable
        heads={[
          { label: 'Run' },
          { label: labelOf(dimension), number: true },
          ...(isShare ? [{ label: '95 % interval', number: true }] : []),
        ]}
      >
        {bars.map(({ id, name, value, low, high }) => (
          <tr key={id}>
            <td>{name}</td>
            <td className="number">{shownAs(dimension, value)}</td>
            {isShare && <td className="number">{low === null || high === null ? '–' : interval(low, high)}</td>}
          </tr>
        ))}
      </DataTable>
    </Chart>
  );
}

const lineOf = ({ id, name, value, low, high }: Bar): (string | number | null)[] => [
  Number(bareId(id)),
  name,
  value,
  low,
  high,
];

function optionOf(bars: readonly Bar[], dimension: Dimension, look: Look) {
  const shown = (value: number): string => shownAs(dimension, value);
  const { axis, grid, tooltip, ink, series } = look;
  return {
    grid: { ...grid, top: 4, right: 18 },
    tooltip: {
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const bar = bars[dataIndex];
        if (!bar) return '';
        const between = bar.low === null || bar.high === null ? '' : `<br>${shown(bar.low)} to ${shown(bar.high)}`;
        return `${escaped(bar.name)}<br><b>${shown(bar.value)}</b>${between}`;
      },
      ...tooltip,
    },
    xAxis: {
      type: 'value',
      ...axis,
      axisLabel: { ...axis.axisLabel, formatter: (value: number) => tickOf(dimension, value) },
      splitLine: { ...axis.splitLine, show: true },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      ...axis,
      axisTick: { show: false },
      axisLabel: { ...axis.axisLabel, width: 170, overflow: 'truncate', interval: 0 },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 14,
        data: bars.map(({ value, place }) => ({ value, itemStyle: { color: series(place).color, borderRadius: 2 } })),
      },
      {
        type: 'custom',
        silent: true,
        renderItem: whisker(ink, 'horizontal'),
        encode: { y: 0, x: [1, 2, 3] },
        data: bars.map(({ value, low, high }, i) => [i, value, low ?? NaN, high ?? NaN]),
        z: 3,
      },
    ],
  };
}

/** Names are what people wrote, and tooltips are HTML. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
