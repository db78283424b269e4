'use client';

import { useCallback } from 'react';
import { Chart } from '@/charts/Chart';
import { csvOfTable } from '@/charts/csv';
import type { Look } from '@/charts/look';
import { bar, whisker } from '@/charts/shapes';
import { DataTable } from '@/design/DataTable';
import { count, interval, percent } from '@/design/format';
import type { ReliabilityBinFragment } from '@/generated/graphql';

const HEADS = [
  { label: 'Confidence %' },
  { label: 'Samples', number: true },
  { label: 'Mean confidence %', number: true },
  { label: 'Accuracy %', number: true },
  { label: '95 % interval', number: true },
];

interface Props {
  bins: readonly ReliabilityBinFragment[];
  /** Expected calibration error. */
  error: number | null | undefined;
}

/** Whether a run is as often right as it is sure: accuracy of bins of confidence, with how many samples are in each. */
export function ReliabilityChart({ bins, error }: Props) {
  const option = useCallback((look: Look) => optionOf(bins, look), [bins]);
  const shown = error == null ? '' : `, expected error ${percent(error)} %`;
  return (
    <Chart title={`Calibration${shown}`} option={option} csv={() => csvOfBins(bins)} height={360}>
      <p className="muted" style={{ margin: '4px 0' }}>
        On the diagonal a run is as often right as it is sure; below it, it is too sure. Bins of few samples say little:
        see their intervals.
      </p>
      <DataTable heads={HEADS}>
        {bins
          .filter(({ count: samples }) => samples > 0)
          .map(({ low, high, count: samples, confidence, accuracy }) => (
            <tr key={low}>
              <td>{interval(low, high)}</td>
              <td className="number">{count(samples)}</td>
              <td className="number">{confidence.value == null ? '–' : percent(confidence.value)}</td>
              <td className="number">{accuracy.value == null ? '–' : percent(accuracy.value)}</td>
              <td className="number">
                {accuracy.low == null || accuracy.high == null ? '–' : interval(accuracy.low, accuracy.high)}
              </td>
            </tr>
          ))}
      </DataTable>
    </Chart>
  );
}

function optionOf(bins: readonly ReliabilityBinFragment[], { axis, tooltip, accent, muted, ink }: Look) {
  const filled = bins.filter(({ accuracy }) => accuracy.value != null);
  const percentages = { ...axis.axisLabel, formatter: (value: number): string => `${Math.round(value * 100)} %` };
  const x = { type: 'value', min: 0, max: 1, interval: 0.25, ...axis };
  const y = {
    type: 'value',
    nameLocation: 'middle',
    nameGap: 44,
    ...axis,
    splitLine: { ...axis.splitLine, show: true },
  };
  const middleOf = ({ low, high }: ReliabilityBinFragment): number => (low + high) / 2;
  return {
    // With fixed edges, so that the two stand exactly over each other.
    grid: [
      { left: 70, right: 18, top: 10, bottom: 100, outerBoundsMode: 'none' },
      { left: 70, right: 18, height: 44, bottom: 40, outerBoundsMode: 'none' },
    ],
    tooltip: {
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => told(filled[dataIndex]!),
      ...tooltip,
    },
    xAxis: [
      { ...x, gridIndex: 0, axisLabel: { show: false } },
      { ...x, gridIndex: 1, name: 'Confidence', nameLocation: 'middle', nameGap: 26, axisLabel: percentages },
    ],
    yAxis: [
      { ...y, gridIndex: 0, name: 'Accuracy', min: 0, max: 1, interval: 0.25, axisLabel: percentages },
      { ...y, gridIndex: 1, name: 'Samples', splitNumber: 1, axisLabel: { ...axis.axisLabel, showMaxLabel: true } },
    ],
    series: [
      {
        type: 'custom',
        renderItem: bar(accent, 0.55),
        encode: BAR,
        data: filled.map(({ low, high, accuracy }) => [low, high, accuracy.value!]),
      },
      {
        type: 'line',
        silent: true,
        showSymbol: false,
        data: [
          [0, 0],
          [1, 1],
        ],
        lineStyle: { width: 1, type: 'dashed', color: muted },
      },
      {
        type: 'custom',
        renderItem: whisker(ink, 'vertical'),
        encode: { x: 0, y: [1, 2, 3] },
        data: filled.map((of) => [middleOf(of), of.accuracy.value!, of.accuracy.low ?? NaN, of.accuracy.high ?? NaN]),
      },
      {
        type: 'custom',
        xAxisIndex: 1,
        yAxisIndex: 1,
        renderItem: bar(muted, 0.6),
        encode: BAR,
        data: filled.map(({ low, high, count: samples }) => [low, high, samples]),
      },
    ],
  };
}

/** Which of a bar's figures belong to which axis. */
const BAR = { x: [0, 1], y: 2 };

const told = ({ low, high, count: samples, confidence, accuracy }: ReliabilityBinFragment): string =>
  [
    `Confidence ${interval(low, high)} %: ${count(samples)} samples`,
    `mean confidence ${percent(confidence.value ?? 0)} %`,
    `accuracy ${percent(accuracy.value!)} %`,
    accuracy.low == null || accuracy.high == null ? '' : `95 % interval ${interval(accuracy.low, accuracy.high)}`,
  ]
    .filter(Boolean)
    .join('<br>');

const csvOfBins = (bins: readonly ReliabilityBinFragment[]): string =>
  csvOfTable([
    ['confidence from', 'to', 'samples', 'mean confidence', 'accuracy', 'low', 'high'],
    ...bins.map(({ low, high, count: samples, confidence, accuracy }) => [
      low,
      high,
      samples,
      confidence.value ?? null,
      accuracy.value ?? null,
      accuracy.low ?? null,
      accuracy.high ?? null,
    ]),
  ]);
