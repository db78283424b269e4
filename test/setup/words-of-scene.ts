import { isInterfaceType } from 'graphql';
import { expect } from 'vitest';
import { schema } from '../../apps/api/src/schema/index.ts';
import { FIRST_TESTED, numberOf } from './competition.ts';
import type { Words } from './every-question.ts';
import type { Scene, World } from './two-worlds.ts';

/** Ids of everything that there is, some samples of each split, and words that mean something here. */
export async function wordsOf(scene: Scene, { database }: World): Promise<Words> {
  const { pool } = database;
  const tables: Record<string, string> = {
    Team: 'team',
    Membership: 'membership',
    Invitation: 'invitation',
    Token: 'token',
    Project: 'project',
    Dataset: 'dataset',
    DatasetVersion: 'dataset_version',
    DatasetImport: 'dataset_import',
    Experiment: 'experiment',
    Run: 'run',
    Leaderboard: 'leaderboard',
    LeaderboardSnapshot: 'leaderboard_snapshot',
    LeaderboardLink: 'leaderboard_link',
    Submission: 'submission',
    ModelConfig: 'model_config',
    RestorationConfig: 'restoration_config',
    SavedView: 'saved_view',
    Artifact: 'artifact',
    Executor: 'executor',
    Trial: 'trial',
  };
  const node = schema.getType('Node');
  const types = isInterfaceType(node) ? schema.getImplementations(node).objects.map(({ name }) => name) : [];
  expect(types.filter((name) => !(name in tables) && name !== 'Sample')).toEqual([]);
  const ids: Record<string, string[]> = {};
  for (const [type, table] of Object.entries(tables)) {
    const { rows } = await pool.query<{ id: bigint }>(`SELECT id FROM ${table} ORDER BY id LIMIT 12`);
    ids[type] = rows.length > 0 ? rows.map(({ id }) => `${type}_${id}`) : [`${type}_1`];
  }
  const version = numberOf(scene.datasetVersionId);
  ids.Sample = [0, FIRST_TESTED, FIRST_TESTED + 5, FIRST_TESTED + 30].map((index) => `Sample_${version}-${index}`);
  const classes = ['happy', 'sad'];
  return {
    ids,
    texts: {
      String: ['a'],
      Int: ['1', '3'],
      Float: ['0.5'],
      Boolean: ['true', 'false'],
      BigInt: ['1'],
      JSON: ['{ name: "a" }'],
      DateTime: ['"2100-01-01T00:00:00Z"'],
      MetricValue: ['0.5', '0.25'],
      IntColumn: ['[21]'],
      LongColumn: ['[1]'],
      FloatColumn: ['[0.5]'],
      Float32Column: ['[0.4, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]'],
      label: classes,
      'label: Int': ['3', '4'],
      labels: classes,
      truth: classes,
      predicted: classes,
      key: ['accuracy', 'macro_f1'],
      keys: ['accuracy', 'macro_f1', 'balanced_accuracy'],
      names: ['accuracy'],
      metrics: ['accuracy', 'macro_f1'],
      search: ['accuracy > 0.5', 'accuracy', 'metric.macro_f1 > 0.1', ''],
      metric: ['macroF1'],
      after: ['5'],
      before: ['5'],
    },
  };
}
