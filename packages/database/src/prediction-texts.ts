import type pg from 'pg';
import { copyRows } from './copy.ts';

/** What a language model wrote about one sample. */
export interface PredictionTextRow {
  sampleIndex: number;
  text: string | null;
  promptTokens: number | null;
  completionTokens: number | null;
  requests: number;
}

const COLUMNS = 'prediction_text (run_id, sample_index, prompt_tokens, completion_tokens, requests, text)';

/** Makes the range's texts exactly these, in the caller's transaction. */
export async function replaceTexts(
  client: pg.ClientBase,
  runId: bigint,
  { firstIndex, lastIndex }: { firstIndex: number; lastIndex: number },
  texts: readonly PredictionTextRow[],
): Promise<void> {
  await client.query('DELETE FROM prediction_text WHERE run_id = $1 AND sample_index BETWEEN $2 AND $3', [
    runId,
    firstIndex,
    lastIndex,
  ]);
  await copyRows(client, COLUMNS, texts, (row, { sampleIndex, text, promptTokens, completionTokens, requests }) => {
    row.begin(6);
    row.int8(runId);
    row.int4(sampleIndex);
    if (promptTokens === null) row.null();
    else row.int4(promptTokens);
    if (completionTokens === null) row.null();
    else row.int4(completionTokens);
    row.int2(requests);
    if (text === null) row.null();
    else row.text(text);
  });
}

/** What a run's stored answers have taken. */
export async function textTotals(
  client: pg.ClientBase | pg.Pool,
  runId: bigint,
): Promise<{ requests: number; tokens: number }> {
  const { rows } = await client.query<{ requests: string; tokens: string }>(
    `SELECT coalesce(sum(requests), 0)::text AS requests,
            coalesce(sum(coalesce(prompt_tokens, 0)::bigint + coalesce(completion_tokens, 0)), 0)::text AS tokens
       FROM prediction_text WHERE run_id = $1`,
    [runId],
  );
  return { requests: Number(rows[0]!.requests), tokens: Number(rows[0]!.tokens) };
}
