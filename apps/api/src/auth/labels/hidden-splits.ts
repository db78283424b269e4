import type { Split, Visibility } from '@samplewise/database';
import type pg from 'pg';
import { batched } from '../../batched.ts';
import type { Context, Services } from '../../context.ts';
import { isUnbounded, seesHiddenLabels, type Actor } from '../policy.ts';

/** @param from of the rows $1: `row`, and `version_id` and `split` (NULL: all) of the samples that it is made of */
const madeOf = (from: string): string =>
  `SELECT o.row, h.split, d.project_id FROM (${from}) AS o
     JOIN hidden_labels h ON h.version_id = o.version_id AND h.shown_at IS NULL AND (o.split IS NULL OR h.split = o.split)
     JOIN dataset_version v ON v.id = h.version_id JOIN dataset d ON d.id = v.dataset_id`;
const ofVersion = (from: string): string => madeOf(`SELECT *, NULL::"Split" AS split FROM (${from}) AS of_version`);

/**
 * Of which things labels are hidden: by type, a statement from row numbers ($1) to `row`, a hidden `split` among those
 * that the thing is made of, and the `project_id` of who decides on it.
 */
const HIDDEN: Readonly<Record<string, string>> = {
  DatasetVersion: ofVersion('SELECT id AS row, id AS version_id FROM dataset_version WHERE id = ANY($1)'),
  // Also before there is a version, and when none came of it.
  DatasetImport: `
    ${ofVersion('SELECT id AS row, dataset_version_id AS version_id FROM dataset_import WHERE id = ANY($1)')}
    UNION SELECT id, unnest(hidden_splits), project_id FROM dataset_import
     WHERE id = ANY($1) AND dataset_version_id IS NULL`,
  Experiment: madeOf('SELECT id AS row, dataset_version_id AS version_id, split FROM experiment WHERE id = ANY($1)'),
  Run: madeOf(`SELECT r.id AS row, x.dataset_version_id AS version_id, x.split
                 FROM run r JOIN experiment x ON x.id = r.experiment_id WHERE r.id = ANY($1)`),
  // A board with a competition holds nothing but what that tells.
  Leaderboard: madeOf(`SELECT id AS row, dataset_version_id AS version_id, split FROM leaderboard
                WHERE id = ANY($1) AND NOT EXISTS (SELECT 1 FROM competition c WHERE c.leaderboard_id = leaderboard.id)`),
  LeaderboardSnapshot: madeOf(`SELECT s.id AS row, b.dataset_version_id AS version_id, b.split
                 FROM leaderboard_snapshot s JOIN leaderboard b ON b.id = s.leaderboard_id
                WHERE s.id = ANY($1) AND s.sealed`),
};

/** Types of things that are made of labels. */
export const LABELLED_TYPES: readonly string[] = Object.keys(HIDDEN);

interface Row {
  row: bigint;
  split: Split;
  team_id: bigint;
  visibility: Visibility;
  deleted: boolean;
}

async function read(
  pool: pg.Pool,
  actor: Actor,
  typename: string,
  ids: readonly bigint[],
): Promise<readonly (readonly Split[])[]> {
  // Where nobody is asked who he is, nothing is hidden.
  if (isUnbounded(actor)) return ids.map(() => []);
  const { rows } = await pool.query<Row>(
    `SELECT h.row, h.split, p.team_id, p.visibility, p.deleted_at IS NOT NULL AS deleted
       FROM (${HIDDEN[typename]!}) AS h JOIN project p ON p.id = h.project_id ORDER BY h.split`,
    [[...new Set(ids)]],
  );
  const hidden = rows.filter(
    ({ team_id: teamId, visibility, deleted }) =>
      !seesHiddenLabels(actor, { kind: 'project', teamId, visibility, deleted }),
  );
  return ids.map((id) => hidden.filter(({ row }) => row === id).map(({ split }) => split));
}

const loaders = new Map(
  LABELLED_TYPES.map((typename) => [
    typename,
    batched<bigint, readonly Split[]>(async ({ database, actor }, ids) => [
      ...(await read(database.pool, actor, typename, ids)),
    ]),
  ]),
);

/**
 * The splits, among those that a thing is made of, whose labels are hidden from who is asking; empty: he may be told
 * everything about it. One statement for all of a type that are asked for at once.
 */
export const hiddenSplits = (context: Context, typename: string, row: bigint): Promise<readonly Split[]> =>
  loaders.get(typename)?.(context, row) ?? Promise.resolve([]);

/** The same for a single one, outside GraphQL. */
export async function hiddenSplitsOf(
  { database }: Pick<Services, 'database'>,
  actor: Actor,
  typename: string,
  row: bigint,
): Promise<readonly Split[]> {
  return (await read(database.pool, actor, typename, [row]))[0]!;
}
