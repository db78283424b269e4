'use client';

import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import { Legend } from '@/charts/Legend';
import type { CurveGroup } from '@/curves/CurvesPanel';
import { Empty } from '@/design/Empty';
import { count } from '@/design/format';
import { useAddress } from '@/design/use-address';
import { uniqueColumns } from '@/runs-table/columns';
import { valuesOf } from '@/runs-table/request';
import { askedFor, type Asked } from '@/runs-table/scope';
import { isChosen, type Selection } from '@/runs-table/selection';
import type { KnownColumn } from '@/runs-table/usual';
import { BarsChart } from './BarsChart';
import { CurvesOfRuns } from './CurvesOfRuns';
import { dimensionOf, type Dimension } from './dimensions';
import { ParallelChart } from './ParallelChart';
import { modelsOf } from './run-mark';
import { ScatterChart } from './ScatterChart';
import { usualDimensions } from './usual-dimensions';
import { DRAWN, useChartRows } from './use-chart-rows';

interface Props {
  asked: Asked | undefined;
  known: readonly KnownColumn[];
  /** Only these; all that fit unless some are chosen. */
  selection: Selection | undefined;
  groups: readonly CurveGroup[] | undefined;
  search: string;
  setSearch: (search: string) => void;
  /** Changes when everything is to be read anew. */
  times: number;
}

/** Bars as high as the chart beside them. */
const FEW_BARS = 16;

/** The runs that fit as drawings: the best of them, two numbers over each other, many side by side, and their curves. */
export function RunCharts({ asked, known, selection, groups, search, setSearch, times }: Props) {
  const [params, change] = useAddress();
  const usual = useMemo(() => usualDimensions(known), [known]);
  const of = (name: string, otherwise: Dimension): Dimension => dimensionOf(params.get(name)) ?? otherwise;
  const [bar, x, y] = [of('bar', usual.bar), of('cx', usual.x), of('cy', usual.y)];
  const axesText = params.get('axes');
  const axes = useMemo(
    () => axesText?.split(',').flatMap((id) => dimensionOf(id) ?? []) ?? usual.axes,
    [axesText, usual],
  );
  // Costs and numbers of the fields come with the runs; the rest is asked for.
  const values = valuesOf(uniqueColumns([bar, x, y, ...axes]));
  const { rows: all, isCut, isLoading, error } = useChartRows(asked && askedFor(asked, selection), values, times);
  const rows = useMemo(
    () => (selection ? all.filter(({ run }) => isChosen(selection, run.id)) : all),
    [all, selection],
  );
  const models = useMemo(() => modelsOf(rows), [rows]);
  const log = params.get('clog') ?? '';
  const isLong = rows.length > FEW_BARS;

  if (error !== undefined) return <p role="alert">The runs could not be read: {error}</p>;
  if (isLoading && all.length === 0) return <Bones />;
  if (rows.length === 0) return <Empty title="There is nothing to draw.">No run fits the search.</Empty>;
  return (
    <section
      className="stack"
      style={{ gap: 14, opacity: isLoading ? 0.6 : 1 }}
      aria-label="Charts"
      aria-busy={isLoading}
    >
      {isCut && (
        <p className="muted" style={{ margin: 0, fontSize: 13 }}>
          The first {count(DRAWN)} runs in the order of the table. Search for fewer, or sort by what matters.
        </p>
      )}
      {models.length > 1 && <Legend lines={models.slice(0, 24)} />}
      <div className="run-charts">
        <div style={{ gridRow: isLong ? 'span 2' : undefined, minWidth: 0 }}>
          <BarsChart rows={rows} known={known} dimension={bar} setDimension={(id) => change({ bar: id })} />
        </div>
        <ScatterChart
          rows={rows}
          known={known}
          x={x}
          y={y}
          log={{ x: log.includes('x'), y: log.includes('y') }}
          hasFront={params.get('front') !== 'no'}
          change={(changes) => change({ ...changes })}
        />
        <div style={{ gridColumn: isLong ? undefined : '1 / -1', minWidth: 0 }}>
          <ParallelChart
            rows={rows}
            known={known}
            dimensions={axes}
            setDimensions={(ids) => change({ axes: ids.join(',') })}
            search={search}
            setSearch={setSearch}
          />
        </div>
      </div>
      <CurvesOfRuns rows={rows} groups={groups} />
    </section>
  );
}

function Bones() {
  return (
    <div className="run-charts" aria-label="Charts are on their way" role="status">
      <Skeleton height={520} radius={8} />
      <div className="stack" style={{ gap: 14 }}>
        <Skeleton height={400} radius={8} />
        <Skeleton height={400} radius={8} />
      </div>
    </div>
  );
}
