import { z } from 'zod';
import { operation } from './operation.ts';
import { PROBLEM_FIELDS } from './problem-schema.ts';
import type { Transport } from './transport.ts';

/** A run of which only published figures are known. */
export interface PublishedRun {
  experimentId: string;
  name: string;
  /** The same key again gives the run that is there. */
  clientKey: string;
  published: {
    citation: string;
    url?: string;
    /** Images that it may have been measured on. */
    samples: number[];
    /** A share. */
    accuracy: number;
    others?: { name: string; value: number }[];
  };
}

export const CREATE_PUBLISHED_RUN = operation<{ input: PublishedRun }>()(
  `mutation CreatePublishedRun($input: CreateRunInput!) {
    result: createRun(input: $input) {
      __typename
      ... on InvalidInputError { problems { ${PROBLEM_FIELDS} } }
      ... on CreateRunPayload { run { id } }
    }
  }`,
  z.object({ run: z.object({ id: z.string() }) }),
);

export const FINISH_RUN = operation<{ input: { runId: string } }>()(
  `mutation FinishRun($input: FinishRunInput!) {
    result: finishRun(input: $input) {
      __typename
      ... on InvalidInputError { problems { ${PROBLEM_FIELDS} } }
      ... on FinishRunPayload { run { id } }
    }
  }`,
  z.object({ run: z.object({ id: z.string() }) }),
);

/** @returns the run's id; it is to be finished */
export async function createPublishedRun(transport: Transport, input: PublishedRun): Promise<string> {
  return (await transport.mutate(CREATE_PUBLISHED_RUN, input)).run.id;
}

/** Ends a run; one that has ended stays as it is. */
export async function finishRun(transport: Transport, runId: string): Promise<void> {
  await transport.mutate(FINISH_RUN, { runId });
}
