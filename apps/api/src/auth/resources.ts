import type { Visibility } from '@samplewise/database';
import type pg from 'pg';
import { batched } from '../batched.ts';
import type { Context, Services } from '../context.ts';
import type { GlobalId } from '../global-id.ts';
import type { Action, Resource } from './policy.ts';

/** Where the things of a type belong: a statement from row numbers ($1) to rows of `row` and what Resource needs. */
interface Source {
  sql: string;
  /** Of what belongs to a team: what must be allowed to know of it. */
  seenBy?: Action;
  /** It belongs to no team. */
  isOfInstallation?: boolean;
}

/** @param from its rows have `row` and `project_id`, of the rows `$1` */
const ofProject = (from: string): Source => ({
  sql: `SELECT source.row, project.team_id, project.visibility, project.deleted_at IS NOT NULL AS deleted
          FROM (${from}) AS source JOIN project ON project.id = source.project_id`,
});
const inProject = (table: string): Source =>
  ofProject(`SELECT id AS row, project_id FROM ${table} WHERE id = ANY($1::bigint[])`);
const inTeam = (table: string, seenBy: Action): Source => ({
  sql: `SELECT id AS row, team_id FROM ${table} WHERE id = ANY($1::bigint[])`,
  seenBy,
});

/**
 * Every type with an id. One without a line here stops the schema from being built, so that nothing can be reached by an
 * id of which nobody has said where it belongs.
 */
const SOURCES: Readonly<Record<string, Source>> = {
  Team: { sql: 'SELECT id AS row, id AS team_id FROM team WHERE id = ANY($1::bigint[])', seenBy: 'read' },
  Membership: inTeam('membership', 'read'),
  Invitation: inTeam('invitation', 'manage'),
  Token: {
    sql: `SELECT id AS row, CASE kind WHEN 'SERVICE' THEN team_id END AS team_id, person_id
            FROM token WHERE id = ANY($1::bigint[])`,
    seenBy: 'manage',
  },
  Project: ofProject('SELECT id AS row, id AS project_id FROM project WHERE id = ANY($1::bigint[])'),
  Dataset: inProject('dataset'),
  DatasetVersion: ofProject(
    `SELECT v.id AS row, d.project_id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id
      WHERE v.id = ANY($1::bigint[])`,
  ),
  // By the number of its version.
  Sample: ofProject(
    `SELECT v.id AS row, d.project_id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id
      WHERE v.id = ANY($1::bigint[])`,
  ),
  DatasetImport: inProject('dataset_import'),
  ModelConfig: inProject('model_config'),
  RestorationConfig: inProject('restoration_config'),
  Experiment: inProject('experiment'),
  Run: inProject('run'),
  // One that is not shared is its maker's alone.
  SavedView: {
    sql: `SELECT v.id AS row, v.created_by AS person_id, p.team_id, p.visibility, p.deleted_at IS NOT NULL AS deleted
            FROM saved_view v
            LEFT JOIN project p ON p.id = v.project_id AND (v.shared OR v.created_by IS NULL)
           WHERE v.id = ANY($1::bigint[])`,
  },
  Leaderboard: inProject('leaderboard'),
  LeaderboardSnapshot: ofProject(
    `SELECT s.id AS row, b.project_id FROM leaderboard_snapshot s JOIN leaderboard b ON b.id = s.leaderboard_id
      WHERE s.id = ANY($1::bigint[])`,
  ),
  LeaderboardLink: ofProject(
    `SELECT l.id AS row, b.project_id FROM leaderboard_link l JOIN leaderboard_snapshot s ON s.id = l.snapshot_id
       JOIN leaderboard b ON b.id = s.leaderboard_id WHERE l.id = ANY($1::bigint[])`,
  ),
  // Its picture is somebody's own: however public the project is, it is for those who work there.
  Trial: {
    sql: `SELECT t.id AS row, project.team_id, 'PRIVATE' AS visibility, project.deleted_at IS NOT NULL AS deleted
            FROM trial t JOIN project ON project.id = t.project_id WHERE t.id = ANY($1::bigint[])`,
  },
  Submission: {
    sql: `SELECT s.id AS row, p.team_id, p.visibility, p.deleted_at IS NOT NULL AS deleted, e.key AS entrant
            FROM submission s JOIN entrant e ON e.id = s.entrant_id JOIN leaderboard b ON b.id = s.leaderboard_id
            JOIN project p ON p.id = b.project_id WHERE s.id = ANY($1::bigint[])`,
  },
  Executor: { sql: 'SELECT id AS row FROM executor WHERE id = ANY($1::bigint[])', isOfInstallation: true },
  Artifact: ofProject(
    `SELECT a.id AS row, r.project_id FROM artifact a JOIN run r ON r.id = a.run_id WHERE a.id = ANY($1::bigint[])`,
  ),
};

export const KNOWN_TYPES: readonly string[] = Object.keys(SOURCES);

interface Row {
  row: bigint;
  team_id: bigint | null;
  person_id?: string | null;
  visibility?: Visibility | null;
  deleted?: boolean;
  /** Of a submission. */
  entrant?: string;
}

const toResource = ({ seenBy = 'read', isOfInstallation }: Source, row: Row): Resource => {
  if (isOfInstallation) return { kind: 'installation' };
  if (row.visibility != null) {
    const project = { teamId: row.team_id!, visibility: row.visibility, deleted: row.deleted! };
    if (row.entrant !== undefined) return { kind: 'submission', ...project, entrant: row.entrant };
    return { kind: 'project', ...project };
  }
  if (row.team_id !== null) return { kind: 'team', teamId: row.team_id, seenBy };
  return { kind: 'person', personId: row.person_id! };
};

async function read(pool: pg.Pool, source: Source, rows: readonly bigint[]): Promise<(Resource | undefined)[]> {
  const { rows: found } = await pool.query<Row>(source.sql, [[...new Set(rows)]]);
  const byRow = new Map(found.map((row) => [row.row, toResource(source, row)]));
  return rows.map((row) => byRow.get(row));
}

const loaders = new Map(
  Object.entries(SOURCES).map(([typename, source]) => [
    typename,
    batched<bigint, Resource | undefined>(({ database }, rows) => read(database.pool, source, rows)),
  ]),
);

/** `42` of `Run_42`; of `Sample_2-417` the version, 2. */
const rowOf = ({ id }: GlobalId): bigint => BigInt(id.split('-')[0]!);

/** Where a thing belongs; one statement for all of a type that are asked for at once. undefined: there is none. */
export const locate = (context: Context, id: GlobalId): Promise<Resource | undefined> =>
  loaders.get(id.typename)?.(context, rowOf(id)) ?? Promise.resolve(undefined);

/** The same for a single one, outside GraphQL. */
export async function locateOne({ database }: Pick<Services, 'database'>, id: GlobalId): Promise<Resource | undefined> {
  const source = SOURCES[id.typename];
  return source && (await read(database.pool, source, [rowOf(id)]))[0];
}
