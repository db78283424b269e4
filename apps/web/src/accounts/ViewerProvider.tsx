'use client';

import { createContext, use, type ReactNode } from 'react';
import type { ViewerFieldsFragment } from '@/generated/graphql';

type Viewer = ViewerFieldsFragment | undefined;

const ViewerContext = createContext<Promise<Viewer>>(Promise.resolve(undefined));

/** @param viewer read while the page is read, so that neither waits for the other */
export function ViewerProvider({ viewer, children }: { viewer: Promise<Viewer>; children: ReactNode }) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

/** Who has opened the page; undefined while the API does not say. */
export const useViewer = (): Viewer => use(use(ViewerContext));
