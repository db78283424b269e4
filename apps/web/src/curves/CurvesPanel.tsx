'use client';

import { NativeSelect, Skeleton, Slider, Switch, TextInput } from '@mantine/core';
import { usePathname, useSearchParams } from 'next/navigation';
import { useId, useMemo, useState, type ReactNode } from 'react';
import { Legend } from '@/charts/Legend';
import { LineChart, type Line } from '@/charts/LineChart';
import { bareId, count } from '@/design/format';
import type { CurvesQuery, MetricKind } from '@/generated/graphql';
import { smooth, valueOf } from './smooth';
import { unitOf } from './unit';
import { useCurves, type CurveRun } from './use-curves';
import { AXES, readCurveView, writeCurveView, type CurveView } from './view';

type Series = CurvesQuery['metricSeries'][number];

/** Charts on the page at once: a hundred of them make it slow. */
const CHARTS = 24;

interface Props {
  runs: readonly CurveRun[];
  live?: boolean;
  /** What programs log, unless given; SYSTEM: how their machines do. */
  kind?: MetricKind;
  title?: string;
  /** Shown where there is no curve. */
  children?: ReactNode;
}

/** The metrics of runs over their steps: one chart a metric, one line a run. */
export function CurvesPanel({ runs, live = false, kind = 'USER', title = 'Curves', children = null }: Props) {
  const { series, keys, loading, error } = useCurves(runs, live, kind);
  const [search, setSearch] = useState('');
  const pathname = usePathname();
  const params = useSearchParams();
  const view = useMemo(() => readCurveView(new URLSearchParams(params)), [params]);
  const group = useId();
  const shown = keys.filter((key) => key.toLowerCase().includes(search.toLowerCase()));
  const change = (next: CurveView): void =>
    window.history.replaceState(null, '', `${pathname}${writeCurveView(new URLSearchParams(params), next)}`);

  if (!loading && !error && keys.length === 0) return <>{children}</>;
  // Where nothing is said of their absence, no room is kept for curves that may not be there.
  if (loading && children === null) return null;
  return (
    <section aria-label={title} className="stack" style={{ gap: 12 }} aria-busy={loading}>
      <div className="row spread">
        <h2>
          {title} {!loading && <span className="muted">({count(keys.length)})</span>}
        </h2>
        <div className="row" style={{ gap: 14 }}>
          {keys.length > 4 && (
            <TextInput
              size="xs"
              placeholder="Search metrics"
              aria-label="Search metrics"
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          )}
          <Controls view={view} change={change} />
        </div>
      </div>
      {runs.length > 1 && (
        <Legend
          lines={runs.flatMap(({ id, name, place: given }, at) =>
            series.some(({ runId }) => runId === id) ? [{ name, place: given ?? at, href: `/runs/${bareId(id)}` }] : [],
          )}
        />
      )}
      {error && <p role="alert">The curves could not be loaded: {error}</p>}
      {loading && <Skeleton height={270} radius={8} />}
      <div
        style={{ display: 'grid', gap: 12, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 400px), 1fr))' }}
      >
        {shown.slice(0, CHARTS).map((key) => (
          <MetricChart
            key={key}
            metric={key}
            runs={runs}
            series={series.filter((of) => of.key === key)}
            view={view}
            group={group}
          />
        ))}
      </div>
      {shown.length > CHARTS && (
        <p className="muted">
          {count(shown.length - CHARTS)} more metrics are not shown. Search for the ones that you want to see.
        </p>
      )}
    </section>
  );
}

interface MetricChartProps {
  metric: string;
  runs: readonly CurveRun[];
  series: readonly Series[];
  view: CurveView;
  group: string;
}

function MetricChart({ metric, runs, series, view, group }: MetricChartProps) {
  const lines = useMemo(
    () =>
      runs.flatMap(({ id, name, place }, at): Line[] => {
        const of = series.find(({ runId }) => runId === id);
        return of ? [{ name, place: place ?? at, points: pointsOf(of, view) }] : [];
      }),
    [runs, series, view],
  );
  return (
    <LineChart
      title={metric}
      unit={unitOf(metric)}
      lines={lines}
      x={AXES[view.x].toLowerCase()}
      xIsTime={view.x === 'time'}
      logarithmic={view.logarithmic}
      group={group}
    />
  );
}

function pointsOf({ steps, times, values }: Series, { x, smoothing }: CurveView): Line['points'] {
  const start = Number(times[0]);
  const at = {
    step: steps.map(Number),
    time: times.map(Number),
    relative: times.map((t) => (Number(t) - start) / 1000),
  }[x];
  return smooth(values.map(valueOf), smoothing).map((y, i) => [at[i]!, y] as const);
}

function Controls({ view, change }: { view: CurveView; change: (view: CurveView) => void }) {
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label="Horizontal axis"
        value={view.x}
        onChange={(event) => change({ ...view, x: event.currentTarget.value as CurveView['x'] })}
        data={Object.entries(AXES).map(([value, label]) => ({ value, label }))}
      />
      <Switch
        size="xs"
        label="Log"
        checked={view.logarithmic}
        onChange={(event) => change({ ...view, logarithmic: event.currentTarget.checked })}
      />
      <span className="row" style={{ gap: 8, fontSize: 12 }}>
        <span className="muted">Smooth</span>
        <Slider
          size="xs"
          w={90}
          min={0}
          max={0.99}
          step={0.01}
          label={(value) => value.toFixed(2)}
          thumbLabel="Smoothing"
          value={view.smoothing}
          onChange={(smoothing) => change({ ...view, smoothing })}
        />
      </span>
    </>
  );
}
