'use client';

import { Button, MultiSelect } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { Chart, type AxisSelection } from '@/charts/Chart';
import { csvOfTable } from '@/charts/csv';
import type { Look } from '@/charts/look';
import { DataTable } from '@/design/DataTable';
import { bareId, count } from '@/design/format';
import { idOf } from '@/runs-table/columns';
import type { TableRow } from '@/runs-table/request';
import type { KnownColumn } from '@/runs-table/usual';
import { narrowedSearch, type Brushed } from './brush';
import { choicesOf, dimensionOf, numberOf, shownWord, tickOf, wordOf, type Dimension } from './dimensions';
import { axesOf, colourOf, type Axis } from './parallel-axes';

interface Props {
  rows: readonly TableRow[];
  known: readonly KnownColumn[];
  dimensions: readonly Dimension[];
  setDimensions: (ids: readonly string[]) => void;
  search: string;
  setSearch: (search: string) => void;
}

const MOST_AXES = 10;

/** Runs as lines across several axes. What is brushed over an axis is looked for in the table. */
export function ParallelChart({ rows, known, dimensions, setDimensions, search, setSearch }: Props) {
  const axes = useMemo(() => axesOf(rows, dimensions), [rows, dimensions]);
  const [brushed, setBrushed] = useState<ReadonlyMap<string, Brushed>>(new Map());
  const lines = useMemo(() => rows.map((row) => axes.map((axis) => axis.placeOf(row))), [rows, axes]);
  const option = useCallback((look: Look) => optionOf(axes, lines, look), [axes, lines]);
  const shown = axes.filter(({ id }) => brushed.has(id));
  const narrowed = narrowedSearch(
    search,
    shown.map(({ id, dimension }) => ({ dimension, of: brushed.get(id)! })),
  );
  const within = rows.filter((row) => shown.every((axis) => axis.holds(row, brushed.get(axis.id)!))).length;
  const select = ({ axisId, intervals }: AxisSelection): void => {
    const axis = axes.find(({ id }) => id === axisId);
    if (!axis) return;
    const next = new Map(brushed);
    const [interval] = intervals;
    if (interval) next.set(axis.id, axis.brushed(interval));
    else next.delete(axis.id);
    setBrushed(next);
  };
  const last = axes.at(-1);
  return (
    <Chart
      title="Params and metrics together"
      option={option}
      csv={() =>
        csvOfTable([
          ['run', 'name', ...dimensions.map(({ key }) => key)],
          ...rows.map((row) => [
            Number(bareId(row.run.id)),
            row.run.name,
            ...dimensions.map((dimension) => numberOf(row, dimension) ?? wordOf(row, dimension) ?? null),
          ]),
        ])
      }
      height={340}
      onAxisSelection={select}
      controls={
        narrowed !== undefined && (
          <Button size="compact-xs" onClick={() => setSearch(narrowed)}>
            Show only these {count(within)}
          </Button>
        )
      }
      above={
        <MultiSelect
          size="xs"
          aria-label="Axes"
          placeholder={dimensions.length < MOST_AXES ? 'Add an axis' : undefined}
          searchable
          hidePickedOptions
          maxValues={MOST_AXES}
          maxDropdownHeight={320}
          limit={80}
          data={choicesOf(known, true)}
          value={dimensions.map(idOf)}
          onChange={(ids) => {
            setBrushed(new Map());
            setDimensions(ids.filter((id) => dimensionOf(id) !== undefined));
          }}
        />
      }
    >
      <p className="muted" style={{ margin: '4px 0' }}>
        Drag along an axis to choose a part of it; a click on the axis takes it back.
        {last?.kind === 'number' && ` The stronger a line’s colour, the higher is its ${last.label}.`}
      </p>
      <DataTable heads={[{ label: 'Axis' }, { label: 'From' }, { label: 'To' }, { label: 'Runs', number: true }]}>
        {axes.map(({ id, label, ends, known: having }) => (
          <tr key={id}>
            <td>{label}</td>
            <td>{ends[0]}</td>
            <td>{ends[1]}</td>
            <td className="number">{count(having)}</td>
          </tr>
        ))}
      </DataTable>
    </Chart>
  );
}

function optionOf(axes: readonly Axis[], lines: readonly (readonly (number | undefined)[])[], look: Look) {
  const { axis, muted, line, ink, accent } = look;
  const last = axes.length - 1;
  const colour = colourOf(axes.at(-1), line, accent);
  return {
    parallel: { left: 40, right: 60, top: 36, bottom: 18, parallelAxisDefault: { areaSelectStyle: { width: 16 } } },
    parallelAxis: axes.map((one, dim) => ({
      dim,
      id: one.id,
      name: one.label,
      nameTextStyle: { color: ink, fontSize: 11.5, width: 130, overflow: 'truncate' },
      nameTruncate: { maxWidth: 130 },
      axisLine: { lineStyle: { color: muted } },
      axisLabel: { ...axis.axisLabel, fontSize: 11, width: 90, overflow: 'truncate' },
      ...(one.kind === 'word'
        ? { type: 'category', data: one.words.map((word) => shownWord(one.dimension, word)) }
        : {
            type: one.isLog ? 'log' : 'value',
            scale: true,
            axisLabel: {
              ...axis.axisLabel,
              fontSize: 11,
              formatter: (value: number) => tickOf(one.dimension, value),
            },
          }),
    })),
    series: [
      {
        type: 'parallel',
        inactiveOpacity: 0.04,
        activeOpacity: 0.8,
        smooth: false,
        data: lines.map((values) => ({
          value: values.map((value) => value ?? '-'),
          lineStyle: { color: colour(values[last]), width: 1.1, opacity: lines.length > 200 ? 0.35 : 0.6 },
        })),
      },
    ],
  };
}
