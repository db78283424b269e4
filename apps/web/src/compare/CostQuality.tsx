'use client';

import { NativeSelect } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { Chart } from '@/charts/Chart';
import { csvOfTable } from '@/charts/csv';
import type { Look } from '@/charts/look';
import { whisker } from '@/charts/shapes';
import { DataTable } from '@/design/DataTable';
import type { Estimate } from '@/design/EstimateCell';
import { interval, percent } from '@/design/format';
import { useAddress } from '@/design/use-address';
import { useRead } from '@/design/use-read';
import { COSTS, shownCost, type Cost } from './costs';
import { ComparedCosts } from './documents';
import { heightOf } from './ForestChart';
import type { NamedRun } from './named-run';

export interface QualityOfRun extends NamedRun {
  accuracy: Estimate | null | undefined;
}

interface Row extends QualityOfRun {
  cost: number;
  currency: string | null;
  onFront: boolean;
}

const HEADS = [
  { label: 'Run' },
  { label: 'Cost', number: true },
  { label: 'Accuracy %', number: true },
  { label: '95 % interval', number: true },
  { label: 'Worth its cost' },
];

/** What each run costs and what it is worth; the line joins those that none beats in both. */
export function CostQuality({ runs }: { runs: readonly QualityOfRun[] }) {
  const [params, change] = useAddress();
  const given = params.get('cost');
  const cost: Cost = given !== null && Object.hasOwn(COSTS, given) ? (given as Cost) : 'wall';
  const { measure, label } = COSTS[cost];
  const { data, error } = useRead(ComparedCosts, { runIds: runs.map(({ id }) => id), measure });
  const rows = useMemo(
    () =>
      (data?.comparison.costs ?? []).flatMap(({ runId, cost: value, currency, onFront }): Row[] => {
        const run = runs.find(({ id }) => id === runId);
        return run && value != null ? [{ ...run, cost: value, currency: currency ?? null, onFront }] : [];
      }),
    [data, runs],
  );
  const unit = rows[0]?.currency ?? null;
  const option = useCallback((look: Look) => optionOf(rows, label, cost, unit, look), [rows, label, cost, unit]);
  const unknown = runs.length - rows.length;
  return (
    <Chart
      title="Accuracy over cost"
      option={option}
      csv={() => csvOf(rows, label)}
      height={heightOf(runs.length - 1)}
      controls={
        <NativeSelect
          size="xs"
          aria-label="Cost"
          value={cost}
          onChange={(event) => {
            const next = event.currentTarget.value;
            change({ cost: next === 'wall' ? undefined : next });
          }}
          data={Object.entries(COSTS).map(([value, { label: text }]) => ({ value, label: text }))}
        />
      }
    >
      {error !== undefined && <p role="alert">The costs could not be read: {error}</p>}
      <p className="muted" style={{ margin: '4px 0' }}>
        Preprocessing and inference, without trainings.{' '}
        {data && unknown > 0 && `${unknown} of ${runs.length} runs have not told this cost. `}
        The line joins the runs that no other one beats in both; their accuracies have intervals, so that a place on it
        may be luck.
      </p>
      <DataTable heads={HEADS}>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{row.name}</td>
            <td className="number">{shownCost(cost, row.cost, row.currency)}</td>
            <td className="number">{row.accuracy?.value == null ? '–' : percent(row.accuracy.value)}</td>
            <td className="number">
              {row.accuracy?.low == null || row.accuracy.high == null
                ? '–'
                : interval(row.accuracy.low, row.accuracy.high)}
            </td>
            <td>{row.onFront ? 'yes' : 'another is better for less'}</td>
          </tr>
        ))}
      </DataTable>
    </Chart>
  );
}

function optionOf(rows: readonly Row[], label: string, cost: Cost, currency: string | null, look: Look) {
  const { axis, grid, tooltip, ink, muted, series } = look;
  const shown = (value: number): string => shownCost(cost, value, currency);
  const costs = rows.map((row) => row.cost);
  // Costs that differ by much are read by their ratio.
  const logarithmic = Math.min(...costs) > 0 && Math.max(...costs) > 20 * Math.min(...costs);
  const front = rows.filter(({ onFront }) => onFront).sort((a, b) => a.cost - b.cost);
  const pointOf = ({ cost: x, accuracy }: Row): [number, number] => [x, accuracy?.value ?? NaN];
  return {
    grid: { ...grid, bottom: 24, left: 24, right: 24 },
    tooltip: {
      trigger: 'item',
      formatter: ({ name, value }: { name: string; value: [number, number] }) =>
        name === '' ? '' : `${name}<br>${shown(value[0])}, ${percent(value[1])} %`,
      ...tooltip,
    },
    xAxis: {
      type: logarithmic ? 'log' : 'value',
      min: logarithmic ? 'dataMin' : 0,
      name: label,
      nameLocation: 'middle',
      nameGap: 24,
      ...axis,
      axisLabel: { ...axis.axisLabel, formatter: shown },
    },
    yAxis: {
      type: 'value',
      scale: true,
      name: 'Accuracy',
      nameLocation: 'middle',
      nameGap: 42,
      ...axis,
      axisLabel: { ...axis.axisLabel, formatter: (value: number) => `${Math.round(value * 1000) / 10} %` },
      splitLine: { ...axis.splitLine, show: true },
    },
    series: [
      {
        type: 'line',
        step: 'end',
        silent: true,
        showSymbol: false,
        data: front.map(pointOf),
        lineStyle: { width: 1, type: 'dashed', color: muted },
      },
      {
        type: 'custom',
        silent: true,
        renderItem: whisker(ink, 'vertical'),
        encode: { x: 0, y: [1, 2, 3] },
        data: rows.map(({ cost: x, accuracy }) => [
          x,
          accuracy?.value ?? NaN,
          accuracy?.low ?? NaN,
          accuracy?.high ?? NaN,
        ]),
        itemStyle: { opacity: 0.5 },
      },
      {
        type: 'scatter',
        data: rows.map((row) => ({
          name: row.name,
          value: pointOf(row),
          symbolSize: row.onFront ? 13 : 9,
          itemStyle: {
            color: series(row.place).color,
            borderColor: row.onFront ? ink : 'transparent',
            borderWidth: 1.5,
          },
        })),
      },
    ],
  };
}

const csvOf = (rows: readonly Row[], label: string): string =>
  csvOfTable([
    ['run', label, 'accuracy', 'low', 'high', 'on the front'],
    ...rows.map(({ name, cost, accuracy, onFront }) => [
      name,
      cost,
      accuracy?.value ?? null,
      accuracy?.low ?? null,
      accuracy?.high ?? null,
      String(onFront),
    ]),
  ]);
