import type { ProblemFragment } from '@/generated/graphql';

/** By a file's ending, how the API is told what it is. */
const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  jsonl: 'application/x-ndjson',
  ndjson: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
};
const PACKED: Readonly<Record<string, string>> = { gz: 'gzip', zst: 'zstd' };

export const ACCEPTED = '.csv,.jsonl,.ndjson,.parquet,.gz,.zst';

/** What was received, or everything that is wrong with a file, by row. */
export type Sent = { submission: string; repeated: boolean } | { problems: readonly ProblemFragment[] };

/** Sends a file of predictions to a competition. @param key one of the client's own, so that nothing counts twice */
export async function sendSubmission(
  boardId: string,
  { file, name, note, key }: { file: File; name: string; note: string; key: string },
): Promise<Sent> {
  const endings = file.name.toLowerCase().split('.');
  const packed = PACKED[endings.at(-1) ?? ''];
  const type = TYPES[endings.at(packed === undefined ? -1 : -2) ?? ''];
  if (type === undefined) {
    return wrong(
      `A file of predictions ends in ${Object.keys(TYPES)
        .map((ending) => `.${ending}`)
        .join(', ')}.`,
    );
  }
  const query = new URLSearchParams({ name, key, ...(note !== '' && { note }) });
  try {
    const answer = await fetch(`/leaderboards/${boardId}/submissions?${query}`, {
      method: 'POST',
      headers: { 'content-type': type, ...(packed !== undefined && { 'content-encoding': packed }) },
      body: file,
    });
    const told = (await answer.json()) as Told;
    if (told.submission !== undefined) return { submission: told.submission, repeated: told.repeated === true };
    const problems =
      told.problems ?? (told.errors ?? []).map(({ message }) => ({ ...NOTHING, code: 'UNKNOWN', message }));
    return problems.length > 0 ? { problems } : wrong(`The API answered ${answer.status}.`);
  } catch (error) {
    return wrong(`The file could not be sent: ${(error as Error).message}`);
  }
}

interface Told {
  submission?: string;
  repeated?: boolean;
  errors?: { message: string }[];
  /** By row; left out where it is none of the file's. */
  problems?: ProblemFragment[];
}

const NOTHING = { place: null, value: null, mend: null };
const wrong = (message: string): Sent => ({ problems: [{ ...NOTHING, code: 'UNKNOWN', message }] });
