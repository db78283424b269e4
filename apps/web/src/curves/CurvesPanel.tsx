'use client';

import { NativeSelect, Skeleton, Slider, Switch, TextInput } from '@mantine/core';
import { usePathname, useSearchParams } from 'next/navigation';
import { useId, useMemo, useState, type ReactNode } from 'react';
import { Legend } from '@/charts/Legend';
import { LineChart, type Line } from '@/charts/LineChart';
import { bareId, count } from '@/design/format';
import type { CurvesQuery, MetricKind } from '@/generated/graphql';
import { bandOf } from './bands';
import { smooth, valueOf } from './smooth';
import { unitOf } from './unit';
import { useCurves, type CurveRun } from './use-curves';
import { AXES, readCurveView, writeCurveView, type CurveView } from './view';

type Series = CurvesQuery['metricSeries'][number];

/** Charts on the page at once: a hundred of them make it slow. */
const CHARTS = 24;

/** Runs that are drawn as one line: their mean, within the smallest and the largest. */
export interface CurveGroup {
  name: string;
  /** In the palette. */
  place: number;
  runIds: readonly string[];
}

interface Props {
  runs: readonly CurveRun[];
  /** Put together so; each by itself unless given. */
  groups?: readonly CurveGroup[] | undefined;
  live?: boolean;
  /** What programs log, unless given; SYSTEM: how their machines do. */
  kind?: MetricKind;
  title?: string;
  /** Shown where there is no curve. */
  children?: ReactNode;
}

/** The metrics of runs over their steps: one chart a metric, one line a run. */
export function CurvesPanel({ runs, groups, live = false, kind = 'USER', title = 'Curves', children = null }: Props) {
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
      {(groups ?? runs).length > 1 && (
        <Legend
          lines={
            groups?.map(({ name, place, runIds }) => ({ name: `${name} (${count(runIds.length)})`, place })) ??
            runs.flatMap(({ id, name, place: given }, at) =>
              series.some(({ runId }) => runId === id)
                ? [{ name, place: given ?? at, href: `/runs/${bareId(id)}` }]
                : [],
            )
          }
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
            groups={groups}
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
  groups: readonly CurveGroup[] | undefined;
  series: readonly Series[];
  view: CurveView;
  group: string;
}

function MetricChart({ metric, runs, groups, series, view, group }: MetricChartProps) {
  const lines = useMemo(
    () =>
      groups?.flatMap((of): Line[] => lineOfGroup(of, series, view)) ??
      runs.flatMap(({ id, name, place }, at): Line[] => {
        const of = series.find(({ runId }) => runId === id);
        return of ? [{ name, place: place ?? at, points: pointsOf(of, view) }] : [];
      }),
    [runs, groups, series, view],
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

function pointsOf(series: Series, view: CurveView): Line['points'] {
  const x = placesOf(series, view);
  return smooth(series.values.map(valueOf), view.smoothing).map((y, i) => [x[i]!, y] as const);
}

function placesOf({ steps, times }: Series, { x }: CurveView): number[] {
  if (x === 'step') return steps.map(Number);
  const start = x === 'relative' ? Number(times[0]) : 0;
  return times.map((time) => (x === 'relative' ? (Number(time) - start) / 1000 : Number(time)));
}

/** The mean of a group's runs, smoothed, within all of them. */
function lineOfGroup({ name, place, runIds }: CurveGroup, series: readonly Series[], view: CurveView): Line[] {
  const curves = series
    .filter(({ runId }) => runIds.includes(runId))
    .map((one) => ({ x: placesOf(one, view), y: one.values.map(valueOf) }));
  const { mean, range } = bandOf(curves);
  if (mean.length === 0) return [];
  const smoothed = smooth(
    mean.map(([, y]) => y),
    view.smoothing,
  );
  return [{ name, place, points: smoothed.map((y, i) => [mean[i]![0], y] as const), band: range }];
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
