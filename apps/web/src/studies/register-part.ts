'use client';

import { unanswered } from '@/forms/problems';
import type { ProblemFragment, StudyModelPartFragment, StudyRestorationPartFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { CreateModel } from '@/models/new-model.documents';
import { CreateRestoration } from '@/restorations/documents';
import { StudySpecs } from './documents';

export type StudyPart = StudyModelPartFragment | StudyRestorationPartFragment;

/** A recipe by its name, or as somebody has written it. */
export type ChosenRecipe = { name: string } | { written: string };

/**
 * Registers a model or restoration of a study, whose files have been uploaded.
 * @param digests by the places of the files
 * @returns what is wrong; empty when it is there
 */
export async function registerPart(
  projectId: string,
  chosen: ChosenRecipe,
  part: StudyPart,
  digests: ReadonlyMap<string, string>,
): Promise<readonly ProblemFragment[]> {
  const client = browserClient();
  const files = [...digests].map(([place, digest]) => ({ place, digest }));
  const { data, error } = await client.query(StudySpecs, { id: projectId, ...chosen, files }).toPromise();
  const study = data?.node?.__typename === 'Project' ? data.node.study : undefined;
  if (!study) return [unanswered(error?.message)];
  const { models, restorations } = study;
  const { name } = part;
  if (part.__typename === 'StudyModel') {
    const spec = models.find((model) => model.name === name)?.spec;
    const answer = await client.mutation(CreateModel, { input: { projectId, name, spec } }).toPromise();
    return problemsOf(answer.data?.result, answer.error?.message);
  }
  const steps = restorations.find((restoration) => restoration.name === name)?.steps;
  const answer = await client.mutation(CreateRestoration, { input: { projectId, name, steps } }).toPromise();
  return problemsOf(answer.data?.result, answer.error?.message);
}

type Result = { __typename: string } | { __typename: 'InvalidInputError'; problems: readonly ProblemFragment[] };

function problemsOf(result: Result | undefined, message: string | undefined): readonly ProblemFragment[] {
  if (result === undefined) return [unanswered(message)];
  return 'problems' in result ? result.problems : [];
}

/** Nothing but its description is needed, as of the restoration that leaves pictures as they are. */
export const isBare = (part: StudyPart): boolean =>
  part.files.length === 0 && !(part.__typename === 'StudyModel' && part.folder);
