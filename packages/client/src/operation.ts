import type { z } from 'zod';

/** A GraphQL document, what it needs and how its answer is understood. */
export interface Operation<Variables extends object, Result> {
  readonly text: string;
  readonly result: z.ZodType<Result>;
  /** Only for the compiler: ties the document to its variables. */
  readonly variables?: Variables;
}

/** `operation<{ id: string }>()(text, schema)`: the type of the result follows from the schema. */
export function operation<Variables extends object>() {
  return <Result>(text: string, result: z.ZodType<Result>): Operation<Variables, Result> => ({ text, result });
}
