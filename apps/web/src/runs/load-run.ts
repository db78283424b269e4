import 'server-only';
import { notFound } from 'next/navigation';
import { readOnServer } from '@/graphql/server';
import { RunFrame } from './head.documents';
import type { FramedRun } from './RunContext';

/** The run that an address names. The page, its head and its title read it once. */
export async function loadRun(id: string): Promise<FramedRun> {
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { node } = await readOnServer(RunFrame, { id: `Run_${id}` });
  return node?.__typename === 'Run' ? node : notFound();
}

export interface RunRouteProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The parameters of an address of which each comes once. */
export async function searchOf({ searchParams }: Pick<RunRouteProps, 'searchParams'>): Promise<URLSearchParams> {
  const given = Object.entries(await searchParams);
  return new URLSearchParams(given.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
