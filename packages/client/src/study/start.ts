import type { Split } from '@samplewise/domain';
import type { StudyRecipe } from '@samplewise/studies';
import { z } from 'zod';
import { experimentSchema } from '../experiments.ts';
import { operation } from '../operation.ts';
import { PROBLEM_FIELDS } from '../problem-schema.ts';

export interface StudyToStart {
  projectId: string;
  recipe: StudyRecipe;
  datasetVersionId: string;
  /** Instead of the recipe's. */
  split?: Split;
  modelConfigIds: string[];
  restorationConfigIds: string[];
}

export const START_STUDY = operation<{ input: StudyToStart }>()(
  `mutation StartStudy($input: StartStudyInput!) {
    result: startStudy(input: $input) {
      __typename
      ... on InvalidInputError { problems { ${PROBLEM_FIELDS} } }
      ... on StartStudyPayload { experiment { id name } runIds }
    }
  }`,
  z.object({ experiment: experimentSchema, runIds: z.array(z.string()) }),
);
