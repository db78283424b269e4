import type { Split } from '@samplewise/domain';
import { z } from 'zod';
import { operation } from './operation.ts';
import { PROBLEM_FIELDS } from './problem-schema.ts';
import { RUN_FIELDS, runSchema, type Run } from './runs.ts';
import type { Transport } from './transport.ts';

/** Every model with every restoration and every seed. */
export interface Plan {
  modelConfigIds: string[];
  restorationConfigIds: string[];
  seeds?: number[];
}

export interface CreateExperimentOptions {
  projectId: string;
  name: string;
  description?: string;
  datasetVersionId: string;
  /** All samples unless given. */
  split?: Split;
  plan?: Plan;
}

export const experimentSchema = z.object({ id: z.string(), name: z.string() });
export type Experiment = z.infer<typeof experimentSchema>;

export const CREATE_EXPERIMENT = operation<{ input: CreateExperimentOptions }>()(
  `mutation CreateExperiment($input: CreateExperimentInput!) {
    result: createExperiment(input: $input) {
      __typename
      ... on InvalidInputError { problems { ${PROBLEM_FIELDS} } }
      ... on CreateExperimentPayload { experiment { id name } }
    }
  }`,
  z.object({ experiment: experimentSchema }),
);

export const QUEUE_RUNS = operation<{ input: { experimentId: string; plan?: Plan } }>()(
  `mutation QueueRuns($input: QueueRunsInput!) {
    result: queueRuns(input: $input) {
      __typename
      ... on InvalidInputError { problems { ${PROBLEM_FIELDS} } }
      ... on QueueRunsPayload { runs { ${RUN_FIELDS} } }
    }
  }`,
  z.object({ runs: z.array(runSchema) }),
);

const foundSchema = experimentSchema.extend({ runs: z.object({ totalCount: z.number() }) });
/** An experiment with the number of its runs. */
export type FoundExperiment = z.infer<typeof foundSchema>;

export const EXPERIMENT = operation<{ projectId: string; name: string }>()(
  `query Experiment($projectId: ID!, $name: String!) {
    node(id: $projectId) { ... on Project { experiment(name: $name) { id name runs(first: 1) { totalCount } } } }
  }`,
  z.object({ node: z.object({ experiment: foundSchema.nullable() }) }),
);

const plannedSchema = z.object({
  modelConfigId: z.string(),
  restorationConfigId: z.string(),
  seed: z.number(),
  existing: z.number(),
  newestId: z.string().nullable(),
});
/** A run that a plan would make, and how many of its like there are. */
export type PlannedRun = z.infer<typeof plannedSchema>;

export const PLAN_RUNS = operation<{ input: { experimentId: string; plan: Plan } }>()(
  `query PlanRuns($input: QueueRunsInput!) {
    planRuns(input: $input) { runs { modelConfigId restorationConfigId seed existing newestId } }
  }`,
  z.object({ planRuns: z.object({ runs: z.array(plannedSchema) }) }),
);

/** The experiment of this name; undefined when there is none. */
export async function findExperiment(
  transport: Transport,
  projectId: string,
  name: string,
): Promise<FoundExperiment | undefined> {
  const { node } = await transport.run(EXPERIMENT, { projectId, name });
  return node.experiment ?? undefined;
}

/** What `queueRuns` would make of a plan. Changes nothing. */
export async function planRuns(transport: Transport, experimentId: string, plan: Plan): Promise<PlannedRun[]> {
  const { planRuns: preview } = await transport.run(PLAN_RUNS, { input: { experimentId, plan } });
  return preview.runs;
}

/** Makes an experiment; its runs are queued by `queueRuns`. */
export async function createExperiment(transport: Transport, options: CreateExperimentOptions): Promise<Experiment> {
  const { experiment } = await transport.mutate(CREATE_EXPERIMENT, options);
  return experiment;
}

/** @param plan the experiment's own unless given */
export async function queueRuns(transport: Transport, experimentId: string, plan?: Plan): Promise<Run[]> {
  const { runs } = await transport.mutate(QUEUE_RUNS, { experimentId, ...(plan ? { plan } : {}) });
  return runs;
}
