import {
  copyPredictions,
  enqueue,
  inTransaction,
  rowsOfSubmission,
  type PredictionColumns,
} from '@samplewise/database';
import { displayName, InvalidInput, parseInput, problem, prose, runKey } from '@samplewise/domain';
import type pg from 'pg';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { seesHiddenLabels, type Actor } from '../auth/policy.ts';
import { refused } from '../auth/check.ts';
import { refusalOf } from '../auth/refusal.ts';
import { locateOne } from '../auth/resources.ts';
import type { Services } from '../context.ts';
import { digestOfColumns } from '../runs/ingest.ts';
import type { PredictionInput } from '../runs/prediction-columns.ts';
import { readPredictionFile, type PredictionFormat } from '../runs/prediction-file.ts';
import { sampleSet } from '../runs/sample-sets.ts';
import { submittedPredictions, type Wanted } from './check-predictions.ts';
import { entrantOf, type Entrant } from './entrants.ts';
import { readStanding, refusalNow, type Standing } from './standing.ts';

type Needed = Pick<Services, 'database' | 'boss'>;

/** What says which submission it is. */
export const submissionHead = z.strictObject({
  /** For people, such as the model. */
  name: displayName,
  note: prose.default(''),
  /** The client's own name for it: sent again, it changes nothing. */
  key: runKey,
});
export type SubmissionHead = z.infer<typeof submissionHead>;

export interface Received {
  id: bigint;
  /** It was there already. */
  repeated: boolean;
}

/**
 * Takes a submission to a board: of all samples or not at all, and under its rule. Scored by an executor.
 * @param read gives its predictions; not called where the rule refuses it anyhow
 * @throws InvalidInput
 */
async function receive(
  services: Needed,
  actor: Actor,
  boardId: bigint,
  given: object,
  read: (wanted: Wanted) => Promise<PredictionColumns>,
): Promise<Received> {
  const { database } = services;
  const head = parseInput(submissionHead, given, 'input');
  const entrant = await entrantOf(database, actor);
  if (!entrant) throw refused([refusalOf('unauthenticated', { typename: 'Leaderboard' })]);
  const board = await database.prisma.leaderboard.findUnique({ where: { id: boardId } });
  if (!board) throw refused([refusalOf('hidden', { typename: 'Leaderboard' })]);
  const resource = await locateOne(services, { typename: 'Leaderboard', id: String(boardId) });
  const knewLabels = resource !== undefined && seesHiddenLabels(actor, resource);
  // Before anything is read: whether it would be taken at all. It is asked once more when it is stored.
  const before = await readStanding(database.pool, boardId, entrant.key, head.key);
  if (before.known === undefined) refuseIfNot(before);
  const set = await sampleSet(database, board.datasetVersionId, board.split);
  const columns = await read({ ...set, metric: board.metric });
  return inTransaction(database.pool, (client) =>
    store(services, client, { boardId, entrant, head, columns, knewLabels }),
  );
}

/** From a file. @throws InvalidInput naming rows, at most 1,000 problems */
export const submitFile = (
  services: Needed,
  actor: Actor,
  boardId: bigint,
  head: object,
  { file, format }: { file: Readable; format: PredictionFormat },
): Promise<Received> =>
  receive(services, actor, boardId, head, async (wanted) =>
    submittedPredictions(await readPredictionFile(file, format, wanted, { strict: true }), wanted, 'file'),
  );

/** From columns. @throws InvalidInput naming columns and positions */
export const submitColumns = (
  services: Needed,
  actor: Actor,
  boardId: bigint,
  head: object,
  input: PredictionInput,
): Promise<Received> =>
  receive(services, actor, boardId, head, (wanted) => Promise.resolve(submittedPredictions(input, wanted, 'columns')));

interface New {
  boardId: bigint;
  entrant: Entrant;
  head: SubmissionHead;
  columns: PredictionColumns;
  knewLabels: boolean;
}

async function store({ boss }: Needed, client: pg.PoolClient, { boardId, entrant, head, columns, knewLabels }: New) {
  const { sampleIndex, predicted, status, scores } = columns;
  const digest = digestOfColumns([sampleIndex, predicted, status, scores]);
  // Nobody changes the rule meanwhile; and of one entrant one submission comes after the other, so that none is beyond.
  await client.query('SELECT 1 FROM competition WHERE leaderboard_id = $1 FOR SHARE', [boardId]);
  const { rows } = await client.query<{ id: bigint }>(
    `INSERT INTO entrant (leaderboard_id, key, name) VALUES ($1, $2, $3)
     ON CONFLICT (leaderboard_id, key) DO UPDATE SET name = $3 RETURNING id`,
    [boardId, entrant.key, entrant.name],
  );
  const entrantId = rows[0]!.id;
  const standing = await readStanding(client, boardId, entrant.key, head.key);
  if (standing.known) {
    if (standing.known.digest === digest) return { id: standing.known.id, repeated: true };
    throw otherContent(head.key);
  }
  refuseIfNot(standing);
  const inserted = await client.query<{ id: bigint }>(
    `WITH counted AS (UPDATE entrant SET submissions = submissions + 1 WHERE id = $2 RETURNING submissions)
     INSERT INTO submission (leaderboard_id, entrant_id, number, name, note, client_key, predictions_digest, knew_labels)
     SELECT $1, $2, submissions, $3, $4, $5, $6, $7 FROM counted RETURNING id`,
    [boardId, entrantId, head.name, head.note, head.key, digest, knewLabels],
  );
  const { id } = inserted.rows[0]!;
  await copyPredictions(client, rowsOfSubmission(id), columns);
  await enqueue(boss, client, 'score-submission', [{ submissionId: String(id) }]);
  return { id, repeated: false };
}

function refuseIfNot(standing: Standing): void {
  const refusal = refusalNow(standing);
  if (refusal) throw new InvalidInput(refusal);
}

const otherContent = (key: string): InvalidInput =>
  new InvalidInput(
    problem('CONFLICT', 'Another submission with this key and other predictions was sent before.', {
      place: 'input.key',
      value: key,
      mend: 'Give each submission a key of its own, such as a UUID; repeat one only to send the same again.',
    }),
  );
