'use client';

import { bareId } from '@/design/format';
import { tellDone, tellProblem } from '@/design/tell';
import type {
  CreateSavedViewInput,
  ProblemFragment,
  RunsViewFragment,
  UpdateSavedViewInput,
} from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import type { TableView } from './view';
import { CreateRunsView, DeleteRunsView, UpdateRunsView } from './views.documents';

/** What of a table is kept in a view. Its typed filter is part of the search by then. */
export const keptOf = ({ search, order, columns }: Pick<TableView, 'search' | 'order' | 'columns'>) => ({
  filter: {},
  search,
  order: order as NonNullable<CreateSavedViewInput['order']>,
  columns,
});

type Change = Omit<UpdateSavedViewInput, 'viewId' | 'expectedRevision'>;

export interface Views {
  views: readonly RunsViewFragment[];
  /** @returns the problem, if there is one */
  create: (name: string, isShared: boolean, kept: ReturnType<typeof keptOf>) => Promise<string | undefined>;
  /** @returns the problem, if there is one */
  update: (view: RunsViewFragment, change: Change) => Promise<string | undefined>;
  /** With a way back. */
  remove: (view: RunsViewFragment) => Promise<void>;
}

const sentence = (problems: readonly ProblemFragment[]): string =>
  problems.map(({ message, mend }) => [message, mend].filter(Boolean).join(' ')).join(' ');
const UNANSWERED = 'The server does not answer.';

type SetViews = (change: (before: readonly RunsViewFragment[]) => RunsViewFragment[]) => void;

/** What can be done with the saved views of a project. @param show goes to a view, or to none */
export function useViews(
  projectId: string,
  views: readonly RunsViewFragment[],
  setViews: SetViews,
  show: (id: string | undefined) => void,
): Views {
  const put = (view: RunsViewFragment): void =>
    setViews((before) =>
      [...before.filter(({ id }) => id !== view.id), view]
        .map((other) => (view.isDefault && other.id !== view.id ? { ...other, isDefault: false } : other))
        .sort((a, b) => a.name.localeCompare(b.name)),
    );

  const create: Views['create'] = async (name, shared, kept) => {
    const input = { projectId, name, shared, ...kept };
    const { data } = await browserClient().mutation(CreateRunsView, { input }).toPromise();
    const result = data?.createSavedView;
    if (result?.__typename !== 'CreateSavedViewPayload') return result ? sentence(result.problems) : UNANSWERED;
    put(result.savedView);
    show(bareId(result.savedView.id));
    return undefined;
  };

  const update: Views['update'] = async ({ id, revision }, change) => {
    const input = { viewId: id, expectedRevision: revision, ...change };
    const { data } = await browserClient().mutation(UpdateRunsView, { input }).toPromise();
    const result = data?.updateSavedView;
    if (result?.__typename !== 'UpdateSavedViewPayload') return result ? sentence(result.problems) : UNANSWERED;
    put(result.savedView);
    return undefined;
  };

  const remove: Views['remove'] = async (view) => {
    const { data } = await browserClient()
      .mutation(DeleteRunsView, { input: { viewId: view.id } })
      .toPromise();
    const result = data?.deleteSavedView;
    if (result?.__typename !== 'DeleteSavedViewPayload') {
      tellProblem('The view was not deleted', result ? sentence(result.problems) : UNANSWERED);
      return;
    }
    setViews((before) => before.filter(({ id }) => id !== view.id));
    show(undefined);
    const { name, shared, filter, search, order, columns } = view;
    tellDone(`The view ${name} is deleted.`, () => {
      const kept = { filter, search, order, columns } as ReturnType<typeof keptOf>;
      void create(name, shared, kept).then((problem) => problem && tellProblem('The view is not back', problem));
    });
  };

  return { views, create, update, remove };
}
