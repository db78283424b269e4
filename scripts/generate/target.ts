import type { SamplewiseClient } from '@samplewise/client';
import type { Database } from '@samplewise/database';
import { InvalidInput } from '@samplewise/domain';

/** What is filled: through the API what a person would do, through the database what would take too long so. */
export interface Target {
  client: SamplewiseClient;
  database: Database;
  /** An executor as a process, for imports and evaluations; it is stopped before runs are queued. */
  startExecutor(): Promise<{ stop(): Promise<void> }>;
}

/**
 * Runs a mutation by its name, which its input and its payload have too.
 * @param fields of its payload
 * @throws InvalidInput
 */
export async function mutate<T>(client: SamplewiseClient, name: string, input: object, fields: string): Promise<T> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  const answer = (await client.query(
    `mutation ($input: ${type}Input!) {
      result: ${name}(input: $input) {
        __typename
        ... on ${type}Payload { ${fields} }
        ... on InvalidInputError { problems { code message place value mend } }
      }
    }`,
    { input },
  )) as { result: { problems?: ConstructorParameters<typeof InvalidInput> } };
  if (answer.result.problems) throw new InvalidInput(...answer.result.problems);
  return answer.result as T;
}

/** `Run_42` -> 42n */
export const rowOf = (id: string): bigint => BigInt(id.slice(id.indexOf('_') + 1));

/** A column as the API takes it. */
export const base64 = ({ buffer, byteOffset, byteLength }: NodeJS.ArrayBufferView): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');
