'use client';

import { useEffect, useState } from 'react';
import type { CurvesQuery, MetricKind } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { CurveKeys, Curves, RunMetricsChanged } from './documents';
import { nextStep, withNewPoints, type Counted } from './merge-curves';

export interface CurveRun {
  id: string;
  name: string;
  /** In the palette; that of its place among the runs unless given. */
  place?: number;
}

interface Read {
  series: CurvesQuery['metricSeries'];
  /** Metrics with more than one point in some run. */
  keys: string[];
  error?: string;
}

/** Points of one line: as many as a chart has pixels. */
const POINTS = 400;
/** Lines that are hardly told apart any more need fewer. */
const LEAST_POINTS = 40;
/** The API gives so many metrics, and so many points, at once. */
const KEYS = 50;
const ALL_POINTS = 1_000_000;
const AGAIN_MILLISECONDS = 2000;

/**
 * The curves of runs. To those of a single live run the points that come are added; of these alone the server is asked.
 * @param kind of programs or of machines
 */
export function useCurves(runs: readonly CurveRun[], live: boolean, kind: MetricKind): Read & { loading: boolean } {
  const ids = runs.map(({ id }) => id).join(' ');
  const [read, setRead] = useState<Read>();

  useEffect(() => {
    let gone = false;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let current: Read | undefined;
    const counts = new Map<string, number>();
    const runIds = ids.split(' ').filter(Boolean);
    const load = async (reading: Promise<Read>): Promise<void> => {
      const next = await reading;
      if (gone) return;
      current = next;
      setRead(next);
    };
    const update = (): void => {
      waiting = undefined;
      const counted = [...counts].map(([key, count]) => ({ key, count }));
      counts.clear();
      void load(current ? readNew(current, runIds, counted, kind) : readCurves(runIds, kind));
    };
    void load(readCurves(runIds, kind));
    const subscription =
      live && runIds.length === 1
        ? browserClient()
            .subscription(RunMetricsChanged, { runId: runIds[0]!, kind })
            .subscribe(({ data }) => {
              for (const { key, count } of data?.runMetricsChanged ?? []) counts.set(key, count);
              waiting ??= setTimeout(update, AGAIN_MILLISECONDS);
            })
        : undefined;
    return () => {
      gone = true;
      clearTimeout(waiting);
      subscription?.unsubscribe();
    };
  }, [ids, live, kind]);

  return { series: [], keys: [], ...read, loading: read === undefined };
}

async function readCurves(runIds: string[], kind: MetricKind): Promise<Read> {
  const client = browserClient();
  const told = await client.query(CurveKeys, { runIds, kind }).toPromise();
  const runs = (told.data?.nodes ?? []).filter((node) => node?.__typename === 'Run');
  const keys = [...new Set(runs.flatMap((run) => run.metrics.filter((m) => m.count > 1).map((m) => m.key)))].sort();
  if (told.error || keys.length === 0) return { series: [], keys, ...(told.error && { error: told.error.message }) };
  const shown = keys.slice(0, KEYS);
  const most = Math.floor(ALL_POINTS / (runIds.length * shown.length));
  const points = Math.max(LEAST_POINTS, Math.min(POINTS, most));
  const { data, error } = await client.query(Curves, { runIds, keys: shown, points }).toPromise();
  return { series: data?.metricSeries ?? [], keys: shown, ...(error && { error: error.message }) };
}

/** Adds what has come since; where that is not all of it everything is read again. */
async function readNew(current: Read, runIds: string[], counted: readonly Counted[], kind: MetricKind): Promise<Read> {
  const grown = counted.filter(({ key, count }) => current.series.find((one) => one.key === key)?.total !== count);
  // One point alone is no curve yet.
  const curves = grown.filter(({ key, count }) => count > 1 || current.keys.includes(key));
  if (curves.length === 0) return current;
  const keys = curves.map(({ key }) => key);
  if (keys.some((key) => !current.series.some((one) => one.key === key))) {
    return current.keys.length < KEYS ? readCurves(runIds, kind) : current;
  }
  const variables = { runIds, keys, points: POINTS, fromStep: String(nextStep(current.series, keys)) };
  const { data } = await browserClient().query(Curves, variables).toPromise();
  const series = data && withNewPoints(current.series, data.metricSeries, curves);
  return series ? { ...current, series } : readCurves(runIds, kind);
}
