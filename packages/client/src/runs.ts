import { z } from 'zod';
import { NotFound } from './errors.ts';
import { operation } from './operation.ts';
import { PROBLEM_FIELDS, problemSchema } from './problem-schema.ts';
import type { Transport } from './transport.ts';
import { waitFor, type WaitOptions } from './wait.ts';

export const estimate = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  undefinedReason: z.string().nullable(),
});
/** A figure with its interval; no value and a reason where it is undefined. */
export type Estimate = z.infer<typeof estimate>;

export const runSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['QUEUED', 'RUNNING', 'FINISHED', 'FAILED', 'CANCELED']),
  sampleTotal: z.number(),
  sampleDone: z.number(),
  samplesPerSecond: z.number().nullable(),
  failure: problemSchema.nullable(),
  modelConfig: z.object({ name: z.string(), version: z.number() }).nullable(),
  restorationConfig: z.object({ name: z.string(), version: z.number() }).nullable(),
  /** What it trains, instead of predicting; the model is there at the end. */
  training: z
    .object({
      modelName: z.string(),
      modelConfig: z.object({ id: z.string(), name: z.string(), version: z.number() }).nullable(),
    })
    .nullable(),
  evaluation: z
    .object({ confidence: z.number(), accuracy: estimate, balancedAccuracy: estimate, macroF1: estimate })
    .nullable(),
  phaseCosts: z.array(
    z.object({
      phase: z.string(),
      wallSeconds: z.number(),
      cpuSeconds: z.number(),
      samples: z.number(),
      cached: z.number(),
    }),
  ),
});
export type Run = z.infer<typeof runSchema>;

export const ESTIMATE = '{ value low high undefinedReason }';
export const RUN_FIELDS = `id name status sampleTotal sampleDone samplesPerSecond failure { ${PROBLEM_FIELDS} }
  modelConfig { name version } restorationConfig { name version }
  training { modelName modelConfig { id name version } }
  evaluation { confidence accuracy ${ESTIMATE} balancedAccuracy ${ESTIMATE} macroF1 ${ESTIMATE} }
  phaseCosts { phase wallSeconds cpuSeconds samples cached }`;

export const RUN = operation<{ id: string }>()(
  `query Run($id: ID!) { node(id: $id) { ... on Run { ${RUN_FIELDS} } } }`,
  z.object({ node: runSchema.nullable() }),
);

/** @throws NotFound */
export async function readRun(transport: Transport, id: string): Promise<Run> {
  const { node } = await transport.run(RUN, { id });
  if (!node) throw new NotFound(`There is no run ${id}.`);
  return node;
}

function hasEnded({ status }: Run): boolean {
  return status === 'FINISHED' || status === 'FAILED' || status === 'CANCELED';
}

/** Waits until the run has ended, however; how is for the caller to look at. */
export function waitForRun(transport: Transport, id: string, options?: WaitOptions<Run>): Promise<Run> {
  return waitFor(() => readRun(transport, id), hasEnded, options);
}
