'use client';

import type { EChartsCoreOption } from 'echarts/core';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { Chart } from '@/charts/Chart';
import { csvOfTable } from '@/charts/csv';
import { DataTable } from '@/design/DataTable';
import { count } from '@/design/format';
import type { DatasetVersionPageQuery } from '@/generated/graphql';
import type { Look } from '@/charts/look';
import { EVERYTHING, RANGES, statisticOf, writeView, type RangeName } from '@/samples/view';
import { RANGE_WORDS } from '@/samples/range-words';

type Statistic = Extract<DatasetVersionPageQuery['node'], { __typename: 'DatasetVersion' }>['imageStatistics'][number];

/** How what is measured of images is distributed: a bar opens its samples. Figures of one value are no chart. */
export function ImageFigures({ statistics, gallery }: { statistics: readonly Statistic[]; gallery: string }) {
  const shown = RANGES.flatMap((name) => {
    const statistic = statistics.find((one) => one.statistic === statisticOf(name));
    if (statistic?.min == null || statistic.max == null || statistic.min === statistic.max) return [];
    return [{ name, min: statistic.min, max: statistic.max, histogram: statistic.histogram }];
  });
  return (
    <div style={{ display: 'grid', gap: 12, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))' }}>
      {shown.map((one) => (
        <Histogram key={one.name} {...one} gallery={gallery} />
      ))}
    </div>
  );
}

const NUMBER = new Intl.NumberFormat('en');

interface HistogramProps {
  name: RangeName;
  min: number;
  max: number;
  histogram: readonly number[];
  gallery: string;
}

function Histogram({ name, min, max, histogram, gallery }: HistogramProps) {
  const router = useRouter();
  const width = (max - min) / histogram.length;
  const digits = width >= 2 ? 0 : width >= 0.2 ? 1 : 3;
  const edge = (bin: number): number => Number((min + bin * width).toFixed(digits));
  const names = histogram.map((_, bin) => `${NUMBER.format(edge(bin))} – ${NUMBER.format(edge(bin + 1))}`);
  const option = useCallback(
    (look: Look): EChartsCoreOption => ({
      grid: look.grid,
      tooltip: { ...look.tooltip, trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: { type: 'category', data: names, ...look.axis, axisTick: { show: false } },
      yAxis: { type: 'value', ...look.axis, splitNumber: 3 },
      series: [
        {
          type: 'bar',
          name: 'Samples',
          data: [...histogram],
          barCategoryGap: 1,
          itemStyle: { color: look.accent },
          cursor: 'pointer',
        },
      ],
    }),
    [histogram, names],
  );
  return (
    <Chart
      title={RANGE_WORDS[name]}
      option={option}
      height={150}
      csv={() => csvOfTable([[name, 'samples'], ...names.map((bin, i) => [bin, histogram[i]!])])}
      onMark={({ dataIndex }) => {
        const ranges = { [name]: { min: edge(dataIndex), max: edge(dataIndex + 1) } };
        router.push(`${gallery}${writeView({ ...EVERYTHING, ranges })}`);
      }}
    >
      <DataTable label={RANGE_WORDS[name]} heads={[{ label: RANGE_WORDS[name] }, { label: 'Samples', number: true }]}>
        {names.map((bin, i) => (
          <tr key={bin}>
            <td>{bin}</td>
            <td className="number">{count(histogram[i]!)}</td>
          </tr>
        ))}
      </DataTable>
    </Chart>
  );
}
