import { createHash } from 'node:crypto';
import type { Ids } from './entrances.ts';
import { ANONYMOUS, bearer, signUp, type Credentials } from './people.ts';
import type { Stack } from './stack.ts';

export const ROLES = ['VIEWER', 'MEMBER', 'ADMIN', 'OWNER'] as const;
export type Role = (typeof ROLES)[number];

export interface Somebody {
  credentials: Credentials;
  /** In the team of the scene. */
  role?: Role;
  /** Of a token. */
  scope?: 'READ' | 'WRITE';
  isPerson?: boolean;
  isRevoked?: boolean;
}

export interface Scene {
  people: Record<string, Somebody>;
  private: Ids;
  public: Ids;
  /** Of the private project and what is in it. */
  secret: string;
}

/** A team with one of each type, in a private and in a public project, and everybody who may ask for it. */
export async function setScene(stack: Stack): Promise<Scene> {
  const one = async (sql: string, values: unknown[] = []): Promise<string> =>
    String(Object.values((await stack.pool.query<Record<string, unknown>>(sql, values)).rows[0]!)[0]);
  const team = await one(`INSERT INTO team (slug, name) VALUES ('scene', 'Scene') RETURNING id`);
  const other = await one(`INSERT INTO team (slug, name) VALUES ('others', 'Others') RETURNING id`);
  const person = async (name: string, inTeam?: { team: string; role: Role }): Promise<Credentials> => {
    const credentials = await signUp(stack, name);
    if (inTeam) {
      await stack.pool.query(
        `INSERT INTO membership (team_id, person_id, role) SELECT $1, id, $2 FROM person WHERE email = $3`,
        [inTeam.team, inTeam.role, `${name}@example.org`],
      );
    }
    return credentials;
  };
  const token = async (secret: string, more: string): Promise<Credentials> => {
    const digest = createHash('sha256').update(secret).digest('hex');
    await stack.pool.query(
      `INSERT INTO token (kind, name, digest, scope, role, team_id, created_by, last_used_at, revoked_at)
       VALUES ('SERVICE', 'test', $1, ${more}, $2, 'test', now() + interval '1 hour', $3)`,
      [digest, team, secret.includes('revoked') ? new Date() : null],
    );
    return bearer(secret);
  };
  await signUp(stack, 'first'); // who owns the team `local`, and is in none of these
  const people: Record<string, Somebody> = {
    anonymous: { credentials: ANONYMOUS },
    'a member of another team': {
      credentials: await person('stranger', { team: other, role: 'OWNER' }),
      isPerson: true,
    },
    'a read-only token': { credentials: await token('sw_read', `'READ', 'OWNER'`), role: 'OWNER', scope: 'READ' },
    'a writing token': { credentials: await token('sw_write', `'WRITE', 'OWNER'`), role: 'OWNER', scope: 'WRITE' },
    'a revoked token': { credentials: await token('sw_revoked', `'ADMIN', 'OWNER'`), isRevoked: true },
  };
  for (const role of ROLES) {
    const name = role.toLowerCase();
    people[name] = { credentials: await person(name, { team, role }), role, isPerson: true };
  }
  await person('guest', { team, role: 'VIEWER' });

  const ofTeam = {
    Team: `Team_${team}`,
    Membership: `Membership_${await one(`SELECT id FROM membership ORDER BY id DESC LIMIT 1`)}`,
    Invitation: `Invitation_${await one(
      `INSERT INTO invitation (team_id, email, role, digest, invited_by, expires_at)
       VALUES ($1, 'x@example.org', 'VIEWER', repeat('e', 64), 'test', now() + interval '1 day') RETURNING id`,
      [team],
    )}`,
    Token: `Token_${await one(`SELECT id FROM token ORDER BY id LIMIT 1`)}`,
  };
  const executor = await one(
    `INSERT INTO executor (name, host, hardware, versions, settings) VALUES ('one', 'here', '{}', '{}', '{}') RETURNING id`,
  );
  const secret = 'nobody-else-may-read-this';
  const project = async (visibility: 'PRIVATE' | 'PUBLIC', name: string): Promise<Ids> => {
    const digest = visibility === 'PRIVATE' ? 'a'.repeat(64) : 'b'.repeat(64);
    await one(`INSERT INTO blob (digest, size, media_type) VALUES ($1, 1, 'image/png') RETURNING digest`, [digest]);
    const id = await one(`INSERT INTO project (team_id, slug, name, visibility) VALUES ($1, $2, $2, $3) RETURNING id`, [
      team,
      name,
      visibility,
    ]);
    const dataset = await one(`INSERT INTO dataset (project_id, slug, name) VALUES ($1, $2, $2) RETURNING id`, [
      id,
      name,
    ]);
    const version = await one(
      `INSERT INTO dataset_version (dataset_id, number, name, digest, labels, sample_count)
       VALUES ($1, 1, $2, $3, '{a,b}', 1) RETURNING id`,
      [dataset, name, digest],
    );
    await one(
      `INSERT INTO sample (version_id, index, split, label, digest, source) VALUES ($1, 0, 'TEST', 0, $2, $3) RETURNING index`,
      [version, digest, name],
    );
    const upload = await one(
      `INSERT INTO dataset_import (project_id, dataset_name, version_name, format, file_name, upload_digest)
       VALUES ($1, $2, $2, 'fer-csv', $2, $3) RETURNING id`,
      [id, name, digest],
    );
    const model = await one(
      `INSERT INTO model_config (project_id, name, version, kind, spec, digest)
       VALUES ($1, $2, 1, 'ONNX_CLASSIFIER', '{}', $3) RETURNING id`,
      [id, name, digest],
    );
    const restoration = await one(
      `INSERT INTO restoration_config (project_id, name, version, steps, digest) VALUES ($1, $2, 1, '[]', $3) RETURNING id`,
      [id, name, digest],
    );
    const experiment = await one(
      `INSERT INTO experiment (project_id, name, dataset_version_id) VALUES ($1, $2, $3) RETURNING id`,
      [id, name, version],
    );
    const run = await one(
      `INSERT INTO run (project_id, experiment_id, name, status, source, sample_total)
       VALUES ($1, $2, $3, 'RUNNING', 'CLIENT', 1) RETURNING id`,
      [id, experiment, name],
    );
    await one(
      `INSERT INTO run_shard (run_id, index, first_index, last_index, samples, executor_id)
       VALUES ($1, 0, 0, 0, 1, $2) RETURNING index`,
      [run, executor],
    );
    const artifact = await one(
      `INSERT INTO artifact (run_id, path, version, digest, size, media_type)
       VALUES ($1, $2, 1, $3, 1, 'image/png') RETURNING id`,
      [run, name, digest],
    );
    const trial = await one(
      `INSERT INTO trial (project_id, steps, image_digest, file_name, created_by) VALUES ($1, '[]', $2, $3, 'test') RETURNING id`,
      [id, digest, name],
    );
    const view = await one(`INSERT INTO saved_view (project_id, name) VALUES ($1, $2) RETURNING id`, [id, name]);
    const board = await one(
      `INSERT INTO leaderboard (project_id, slug, name, dataset_version_id, metric, direction, tie_breaks, filter, entry_per, pick, costs, visibility, exclude_leaks)
       VALUES ($1, $2, $2, $3, 'accuracy', 'HIGHER', '[]', '{}', 'RUN', 'LATEST', '{}', 'TEAM', false) RETURNING id`,
      [id, name, version],
    );
    const snapshot = await one(
      `INSERT INTO leaderboard_snapshot (leaderboard_id, number, document, digest) VALUES ($1, 1, '{}', $2) RETURNING id`,
      [board, digest],
    );
    const entrant = await one(
      `INSERT INTO entrant (leaderboard_id, key, name) VALUES ($1, 'person:nobody', $2) RETURNING id`,
      [board, name],
    );
    const submission = await one(
      `INSERT INTO submission (leaderboard_id, entrant_id, number, name, client_key, predictions_digest, knew_labels)
       VALUES ($1, $2, 1, $3, 'scene', $4, false) RETURNING id`,
      [board, entrant, name, digest],
    );
    const link = await one(`INSERT INTO leaderboard_link (snapshot_id, token_hash) VALUES ($1, $2) RETURNING id`, [
      snapshot,
      digest,
    ]);
    return {
      ...ofTeam,
      Executor: `Executor_${executor}`,
      Artifact: `Artifact_${artifact}`,
      Trial: `Trial_${trial}`,
      SavedView: `SavedView_${view}`,
      Leaderboard: `Leaderboard_${board}`,
      LeaderboardSnapshot: `LeaderboardSnapshot_${snapshot}`,
      LeaderboardLink: `LeaderboardLink_${link}`,
      Submission: `Submission_${submission}`,
      Project: `Project_${id}`,
      Dataset: `Dataset_${dataset}`,
      DatasetVersion: `DatasetVersion_${version}`,
      Sample: `Sample_${version}-0`,
      DatasetImport: `DatasetImport_${upload}`,
      ModelConfig: `ModelConfig_${model}`,
      RestorationConfig: `RestorationConfig_${restoration}`,
      Experiment: `Experiment_${experiment}`,
      Run: `Run_${run}`,
    };
  };
  const scene = {
    people,
    private: await project('PRIVATE', secret),
    public: await project('PUBLIC', 'everybody-may-read-this'),
    secret,
  };
  // A curve of the private run.
  await stack.pool.query(`INSERT INTO metric_key (name) VALUES ('loss')`);
  await stack.pool.query(`INSERT INTO metric_point (run_id, key_id, step, time, value) VALUES ($1, 1, 0, now(), 1)`, [
    scene.private.Run!.slice('Run_'.length),
  ]);
  return scene;
}
