'use client';

import { useEffect, useSyncExternalStore } from 'react';
import type { SectionCountsQuery } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { SectionCounts } from './section-counts.graphql';

/** By section, as it is shown: '12', or '10,000+' where nobody has counted on. */
export type Counts = Partial<Record<string, string>>;

/** Milliseconds after which they are counted again when a page is opened. */
const FRESH_FOR = 20_000;

const known = new Map<string, { counts: Counts; at: number }>();
const listeners = new Set<() => void>();
const format = new Intl.NumberFormat('en');

/** How much a project has of what; read once for the whole page, after what the page is about. */
export function useSectionCounts(projectId: string): Counts | undefined {
  useEffect(() => {
    const at = known.get(projectId)?.at ?? -Infinity;
    if (performance.now() - at > FRESH_FOR) void count(projectId);
  }, [projectId]);
  return useSyncExternalStore(
    subscribe,
    () => known.get(projectId)?.counts,
    () => undefined,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function count(projectId: string): Promise<void> {
  known.set(projectId, { counts: known.get(projectId)?.counts ?? {}, at: performance.now() });
  const { data } = await browserClient().query(SectionCounts, { id: projectId }).toPromise();
  // Without them the sections are what they were: the page itself tells that the API is away.
  if (data?.node?.__typename !== 'Project') return;
  known.set(projectId, { counts: toCounts(data.node), at: performance.now() });
  for (const listener of listeners) listener();
}

type Project = Extract<SectionCountsQuery['node'], { __typename: 'Project' }>;

const toCounts = (project: Project): Counts => ({
  experiments: format.format(project.experiments.totalCount),
  runs: format.format(project.runs.totalCount) + (project.runs.totalCountIsExact ? '' : '+'),
  datasets: format.format(project.datasets.totalCount),
  models: format.format(project.modelConfigs.totalCount),
  restorations: format.format(project.restorationConfigs.totalCount),
  leaderboards: format.format(project.leaderboards.totalCount),
});
