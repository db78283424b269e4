import { InvalidInput, problem } from '@samplewise/domain';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { NotFound } from './errors.ts';
import { operation } from './operation.ts';
import { PROBLEM_FIELDS, problemSchema } from './problem-schema.ts';
import { estimate, ESTIMATE } from './runs.ts';
import type { Transport } from './transport.ts';
import { waitFor, type WaitOptions } from './wait.ts';

const submissionSchema = z.object({
  id: z.string(),
  number: z.number(),
  name: z.string(),
  entrant: z.string(),
  status: z.enum(['RECEIVED', 'SCORED', 'FAILED']),
  createdAt: z.string(),
  /** SHA-256 of the predictions as they were received. */
  predictionsDigest: z.string(),
  /** On the public part, once it is scored. */
  publicScore: estimate.nullable(),
  /** On the private part, once that is revealed. */
  privateScore: estimate.nullable(),
  failure: problemSchema.nullable(),
  leaderboard: z.object({
    id: z.string(),
    name: z.string(),
    metric: z.string(),
    competition: z
      .object({ closesAt: z.string(), viewer: z.object({ submissionsLeft: z.number(), resetsAt: z.string() }) })
      .nullable(),
  }),
});
/** Predictions that were sent to a competition. */
export type Submission = z.infer<typeof submissionSchema>;

const FIELDS = `id number name entrant status createdAt predictionsDigest publicScore ${ESTIMATE}
  privateScore ${ESTIMATE} failure { ${PROBLEM_FIELDS} }
  leaderboard { id name metric competition { closesAt viewer { submissionsLeft resetsAt } } }`;

export const SUBMISSION = operation<{ id: string }>()(
  `query Submission($id: ID!) { node(id: $id) { ... on Submission { ${FIELDS} } } }`,
  z.object({ node: submissionSchema.nullable() }),
);

export interface SubmitOptions {
  /** Such as Leaderboard_1. */
  leaderboardId: string;
  /** A CSV, NDJSON or Parquet file; a text may be packed: `.csv.gz`, `.ndjson.zst`. */
  file: string;
  /** For people, such as the model. */
  name: string;
  /** Markdown */
  note?: string;
  /** Your own name for it: the same key with the same predictions changes nothing. Made of name and file unless given. */
  key?: string;
}

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
};
const PACKINGS: Readonly<Record<string, string>> = { gz: 'gzip', zst: 'zstd' };
const received = z.object({ submission: z.string(), repeated: z.boolean() });

/**
 * Enters a competition with a file of predictions.
 * @returns the submission as it was received, and whether it was there already
 * @throws InvalidInput with all rows that are wrong, or why it is not taken; it counts for nothing then
 */
export async function submit(
  transport: Transport,
  { leaderboardId, file, name, note, key }: SubmitOptions,
): Promise<{ submission: Submission; repeated: boolean }> {
  const headers = headersOf(file);
  const query = new URLSearchParams({
    name,
    key: key ?? (await keyOf(name, file)),
    ...(note !== undefined && { note }),
  });
  const path = `/leaderboards/${encodeURIComponent(leaderboardId)}/submissions?${query.toString()}`;
  const answer = received.parse(await transport.post(path, headers, createReadStream(file)));
  return { submission: await readSubmission(transport, answer.submission), repeated: answer.repeated };
}

/** @throws NotFound also for one that somebody else has sent */
export async function readSubmission(transport: Transport, id: string): Promise<Submission> {
  const { node } = await transport.run(SUBMISSION, { id });
  if (!node) throw new NotFound(`There is no submission ${id}.`);
  return node;
}

/** Waits until it is scored, or could not be; which of them is for the caller to look at. */
export function waitForSubmission(
  transport: Transport,
  id: string,
  options?: WaitOptions<Submission>,
): Promise<Submission> {
  return waitFor(
    () => readSubmission(transport, id),
    ({ status }) => status !== 'RECEIVED',
    options,
  );
}

/** By the file's name. @throws InvalidInput for one of another kind */
function headersOf(file: string): Record<string, string> {
  const [, kind = '', packed] = /\.([a-z]+)(?:\.(gz|zst))?$/i.exec(file.toLowerCase()) ?? [];
  const type = TYPES[kind];
  if (type !== undefined) {
    return { 'content-type': type, ...(packed !== undefined && { 'content-encoding': PACKINGS[packed]! }) };
  }
  throw new InvalidInput(
    problem('UNSUPPORTED_SOURCE', 'The name of the file does not say what it is.', {
      place: 'file',
      value: file,
      mend: `It ends in ${Object.keys(TYPES).join(', ')}; a text may be packed, as in .csv.gz and .csv.zst.`,
    }),
  );
}

/** The same file under the same name is the same submission, however often it is sent. */
async function keyOf(name: string, file: string): Promise<string> {
  const hash = createHash('sha256').update(`${name}\n`);
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex').slice(0, 32);
}
