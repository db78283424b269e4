'use client';

import { useSyncExternalStore } from 'react';

/** A project by what its address is made of. */
export interface CurrentProject {
  id: string;
  name: string;
  slug: string;
  team: { slug: string; name: string };
}

const KEY = 'samplewise.project';
const listeners = new Set<() => void>();
let current: CurrentProject | undefined;

/** The bar, the palette and pages that failed know by it where somebody is; it outlives a reload, not the tab. */
export function setCurrentProject(project: CurrentProject): void {
  if (current?.id === project.id && current.name === project.name) return;
  current = project;
  sessionStorage.setItem(KEY, JSON.stringify(project));
  for (const listener of listeners) listener();
}

function read(): CurrentProject | undefined {
  if (current) return current;
  const kept = sessionStorage.getItem(KEY);
  if (kept !== null) current = JSON.parse(kept) as CurrentProject;
  return current;
}

/** The project of this page, or the last one that was looked at; none before hydration. */
export const useCurrentProject = (): CurrentProject | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read,
    () => undefined,
  );
