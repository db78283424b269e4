import { z } from 'zod';
import { operation } from './operation.ts';
import { PROBLEM_FIELDS } from './problem-schema.ts';
import type { Transport } from './transport.ts';

const configSchema = z.object({ id: z.string(), name: z.string(), version: z.number(), digest: z.string() });
export type Config = z.infer<typeof configSchema>;

export const CREATE_MODEL_CONFIG = operation<{ input: { projectId: string; name: string; spec: unknown } }>()(
  `mutation CreateModelConfig($input: CreateModelConfigInput!) {
    result: createModelConfig(input: $input) {
      __typename
      ... on InvalidInputError { problems { ${PROBLEM_FIELDS} } }
      ... on CreateModelConfigPayload { created config: modelConfig { id name version digest } }
    }
  }`,
  z.object({ created: z.boolean(), config: configSchema }),
);

export const CREATE_RESTORATION_CONFIG = operation<{ input: { projectId: string; name: string; steps: unknown } }>()(
  `mutation CreateRestorationConfig($input: CreateRestorationConfigInput!) {
    result: createRestorationConfig(input: $input) {
      __typename
      ... on InvalidInputError { problems { ${PROBLEM_FIELDS} } }
      ... on CreateRestorationConfigPayload { created config: restorationConfig { id name version digest } }
    }
  }`,
  z.object({ created: z.boolean(), config: configSchema }),
);

/** `created` is false when the very same config was there already under this name. */
export interface CreatedConfig {
  created: boolean;
  config: Config;
}

/** @param input `spec` is packages/domain's ModelSpec as it may be written, with defaults left out */
export function createModelConfig(
  transport: Transport,
  input: { projectId: string; name: string; spec: unknown },
): Promise<CreatedConfig> {
  return transport.mutate(CREATE_MODEL_CONFIG, input);
}

/** @param input `steps` is packages/domain's RestorationSteps as it may be written; empty: 'none' */
export function createRestorationConfig(
  transport: Transport,
  input: { projectId: string; name: string; steps: unknown },
): Promise<CreatedConfig> {
  return transport.mutate(CREATE_RESTORATION_CONFIG, input);
}
