import type { BoardPart } from '@samplewise/domain';
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Split } from './generated/prisma/client.ts';
import type { Candidate } from './leaderboards.ts';

/**
 * Under which run number the predictions of a submission are kept. No run has it, so that nothing that is about runs
 * can reach them.
 */
export const rowsOfSubmission = (id: bigint): bigint => -id;

/** Whether the private part of a competition is revealed, as a condition on its row `c`. */
export const IS_REVEALED = '(c.revealed_at IS NOT NULL OR (c.reveal_at_close AND c.closes_at <= now()))';

/**
 * The scored submissions to a board as its candidates, newest first, in one statement.
 * @param part of the samples by which they are ranked
 * @returns also SHA-256 over all of it: equal where nothing has changed
 */
export async function readSubmissionCandidates(
  client: pg.ClientBase | pg.Pool,
  board: { id: bigint; split: Split | null; part: BoardPart; limit: number },
): Promise<{ candidates: Candidate[]; digest: string }> {
  const scores = (result: string): string =>
    `json_build_object('macroRocAuc', ${result}->'scores'->'macroRocAuc', 'logLoss', ${result}->'scores'->'logLoss',
       'brierScore', ${result}->'scores'->'brierScore')`;
  const { rows } = await client.query<{ candidate: string }>(
    `SELECT json_build_object(
        'runId', (-s.id)::text, 'name', s.name, 'split', $2::text, 'model', NULL, 'restoration', NULL,
        'finishedAt', to_char(s.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'predictionsDigest', s.predictions_digest, 'evaluationVersion', s.code_version,
        'covered', r.result->'covered', 'metrics', r.result->'metrics', 'latency', NULL, 'scores', ${scores('r.result')},
        'neverPredicts', jsonb_path_query_array(r.result, '$.perClass[*] ? (@.predicted == 0 && @.support > 0).label'),
        'costs', '[]'::json, 'logged', '{}'::json,
        'submission', json_build_object('id', s.id::text, 'number', s.number, 'entrantId', e.id::text,
           'entrant', e.name, 'knewLabels', s.knew_labels, 'metrics', s.public_result->'metrics',
           'scores', ${scores('s.public_result')}))::text AS candidate
       FROM submission s JOIN entrant e ON e.id = s.entrant_id
       CROSS JOIN LATERAL (SELECT CASE $3 WHEN 'PUBLIC' THEN s.public_result ELSE s.private_result END AS result) r
      WHERE s.leaderboard_id = $1 AND s.status = 'SCORED'
      ORDER BY s.id DESC LIMIT $4`,
    [board.id, board.split, board.part, board.limit],
  );
  const hash = createHash('sha256').update(`${board.part}\n`);
  for (const { candidate } of rows) hash.update(candidate).update('\n');
  return { candidates: rows.map(({ candidate }) => JSON.parse(candidate) as Candidate), digest: hash.digest('hex') };
}
