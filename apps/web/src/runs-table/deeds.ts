import type { TypedDocumentNode } from '@urql/core';
import type { RunFilter } from '@samplewise/domain/search';
import type { ProblemFragment, RunsPlacesQueryVariables } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import {
  CancelTableRuns,
  CloneTableRun,
  DeleteTableRuns,
  PauseTableRuns,
  RestoreTableRuns,
  UnpauseTableRuns,
  UpdateTableRuns,
} from './actions.documents';
import { RunsPlaces } from './documents';
import { placesOf, type Asked } from './scope';
import type { Selection } from './selection';
import { answered } from './source';

/** Runs of one mutation, and of one page of places. The API takes no more. */
const AT_ONCE = 1000;
const PAGE = 200;
/** Runs of one deed. */
export const MOST = 10_000;

const AT_WORK: RunFilter = { status: ['QUEUED', 'RUNNING'] };
const EXECUTED: RunFilter = { source: ['EXECUTOR'] };

/** Which runs a deed is for; of what is chosen the others are left alone. */
export const FOR = {
  all: {},
  cancel: AT_WORK,
  pause: { and: [AT_WORK, EXECUTED] },
  delete: { not: { and: [AT_WORK, EXECUTED] } },
} as const satisfies Record<string, RunFilter>;

/** The ids of what is chosen, as far as a deed is for them. @throws Error for more than MOST */
export async function idsOf(asked: Asked, selection: Selection, only: RunFilter): Promise<string[]> {
  if (selection.all) {
    const ids = await walk(asked, only);
    return ids.filter((id) => !selection.but.has(id));
  }
  const chosen = [...selection.ids];
  if (Object.keys(only).length === 0) return chosen;
  const found: string[] = [];
  for (let at = 0; at < chosen.length; at += PAGE) {
    const these: RunFilter = { and: [{ id: { in: chosen.slice(at, at + PAGE) } }, only, ARCHIVED_TOO] };
    found.push(...(await walk({ ...asked, filter: {}, search: '' }, these)));
  }
  return found;
}

/** Archived runs are not found unless they are asked for. */
const ARCHIVED_TOO: RunFilter = { or: [{ archived: true }, { archived: false }] };

async function walk({ projectId, filter, search, order }: Asked, only: RunFilter): Promise<string[]> {
  const parts = [filter, only].filter((part) => Object.keys(part).length > 0);
  const variables = {
    projectId,
    search,
    order,
    filter: parts.length > 1 ? { and: parts } : (parts[0] ?? {}),
  } as RunsPlacesQueryVariables;
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const asking = { ...variables, first: PAGE, ...(after !== null && { after }) };
    const part = placesOf(answered(await browserClient().query(RunsPlaces, asking).toPromise()));
    ids.push(...part.ids);
    if (ids.length > MOST) throw new Error(`At most ${MOST.toLocaleString('en')} runs at once: search for fewer.`);
    if (!part.hasNext || part.end === null) return ids;
    after = part.end;
  }
}

type Result = { __typename: string; problems?: readonly ProblemFragment[] } | null | undefined;

/** @throws Error with the problems, for people */
function check(result: Result): void {
  if (result?.problems) {
    throw new Error(result.problems.map(({ message, mend }) => [message, mend].filter(Boolean).join(' ')).join(' '));
  }
}

async function inBatches<Data extends object, Input extends { runIds: (string | number)[] }>(
  document: TypedDocumentNode<Data, { input: Input }>,
  ids: readonly string[],
  more: Omit<Input, 'runIds'>,
): Promise<void> {
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const input = { ...more, runIds: ids.slice(at, at + AT_ONCE) } as unknown as Input;
    const data = answered(await browserClient().mutation(document, { input }).toPromise());
    check(Object.values(data)[0] as Result);
  }
}

export interface RunsChange {
  archived?: boolean;
  setTags?: { key: string; value: string }[];
  removeTags?: string[];
}

export const changeRuns = (ids: readonly string[], change: RunsChange): Promise<void> =>
  inBatches(UpdateTableRuns, ids, change);
export const deleteRuns = (ids: readonly string[]): Promise<void> => inBatches(DeleteTableRuns, ids, {});
export const restoreRuns = (ids: readonly string[]): Promise<void> => inBatches(RestoreTableRuns, ids, {});
export const cancelRuns = (ids: readonly string[]): Promise<void> => inBatches(CancelTableRuns, ids, {});
export const pauseRuns = (ids: readonly string[]): Promise<void> => inBatches(PauseTableRuns, ids, {});
export const unpauseRuns = (ids: readonly string[]): Promise<void> => inBatches(UnpauseTableRuns, ids, {});

/** One by one: each may be refused. */
export async function cloneRuns(ids: readonly string[]): Promise<void> {
  for (const runId of ids) {
    const data = answered(await browserClient().mutation(CloneTableRun, { input: { runId } }).toPromise());
    check(data.cloneRun);
  }
}
