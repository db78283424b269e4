'use client';

import { useEffect, useState } from 'react';
import type { CurvesQuery, MetricKind } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { CurveKeys, Curves, RunMetricsChanged } from './documents';

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
/** The API gives so many metrics at once. */
const KEYS = 50;
const AGAIN_MILLISECONDS = 2000;

/** The curves of runs; a single live run's are read again when points have come. @param kind of programs or of machines */
export function useCurves(runs: readonly CurveRun[], live: boolean, kind: MetricKind): Read & { loading: boolean } {
  const ids = runs.map(({ id }) => id).join(' ');
  const [read, setRead] = useState<Read>();

  useEffect(() => {
    let gone = false;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const runIds = ids.split(' ').filter(Boolean);
    const load = async (): Promise<void> => {
      waiting = undefined;
      const next = await readCurves(runIds, kind);
      if (!gone) setRead(next);
    };
    void load();
    const subscription =
      live && runIds.length === 1
        ? browserClient()
            .subscription(RunMetricsChanged, { runId: runIds[0]!, kind })
            .subscribe(() => {
              waiting ??= setTimeout(() => void load(), AGAIN_MILLISECONDS);
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
  const { data, error } = await client.query(Curves, { runIds, keys: keys.slice(0, KEYS), points: POINTS }).toPromise();
  return { series: data?.metricSeries ?? [], keys: keys.slice(0, KEYS), ...(error && { error: error.message }) };
}
