import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Generated } from '../../scripts/generate/generate.ts';
import { ask } from '../setup/ask.ts';
import { generateInto } from '../setup/generated.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let made: Generated;

beforeAll(async () => {
  stack = await startStack();
  made = await generateInto(stack);
});
afterAll(() => stack.stop());

const idOf = (id: string): string => id.slice(id.indexOf('_') + 1);
async function rows<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
  return (await stack.pool.query<T>(sql, values)).rows;
}

describe('a generated database', () => {
  test('has as many runs and samples as were asked for, in every state', async () => {
    const { data } = await ask(
      stack,
      `query ($experiment: ID!, $version: ID!) {
        experiment: node(id: $experiment) { ... on Experiment { runs(first: 1) { totalCount } } }
        version: node(id: $version) { ... on DatasetVersion { sampleCount } }
      }`,
      { experiment: made.experimentId, version: made.datasetVersionId },
    );
    const inBin = await rows(
      'SELECT id FROM run WHERE experiment_id = $1 AND deleted_at IS NOT NULL',
      idOf(made.experimentId),
    );
    const { experiment, version } = data as {
      experiment: { runs: { totalCount: number } };
      version: { sampleCount: number };
    };
    expect(experiment.runs.totalCount + inBin.length).toBe(60);
    expect(version.sampleCount).toBe(210);
    const states = await rows<{ status: string }>(
      'SELECT DISTINCT status::text FROM run WHERE project_id = $1 ORDER BY 1',
      idOf(made.projectId),
    );
    expect(states.map(({ status }) => status)).toEqual(['CANCELED', 'FAILED', 'FINISHED', 'QUEUED', 'RUNNING']);
  });

  test('has nothing that its runs do not say twice in the same way', async () => {
    expect(
      await rows(
        `SELECT s.run_id, s.key_id FROM metric_summary s
           LEFT JOIN (
             SELECT run_id, key_id, count(*) AS count, (array_agg(value ORDER BY step DESC, time DESC))[1] AS last,
                    coalesce(min(nullif(value, 'NaN')), 'NaN') AS min, coalesce(max(nullif(value, 'NaN')), 'NaN') AS max
               FROM metric_point GROUP BY 1, 2
           ) p USING (run_id, key_id)
          WHERE (s.count, s.last, s.min, s.max) IS DISTINCT FROM (p.count, p.last, p.min, p.max)`,
      ),
    ).toEqual([]);
    for (const table of ['metric_summary', 'run_param', 'run_tag']) {
      const others = `SELECT 1 FROM ${table} t JOIN run r ON r.id = t.run_id WHERE t.project_id <> r.project_id`;
      expect(await rows(others)).toEqual([]);
    }
    expect(
      await rows(
        `SELECT r.id FROM run r LEFT JOIN (SELECT run_id, count(*) AS done FROM prediction GROUP BY 1) p ON p.run_id = r.id
          WHERE r.sample_done <> coalesce(p.done, 0)`,
      ),
    ).toEqual([]);
    expect(
      await rows(
        `SELECT l.run_id FROM run_log l
           LEFT JOIN (SELECT run_id, count(*) AS lines, sum(octet_length(text)) AS bytes FROM log_line GROUP BY 1) n USING (run_id)
          WHERE (l.lines, l.bytes) IS DISTINCT FROM (n.lines, n.bytes)`,
      ),
    ).toEqual([]);
  });

  test('has evaluations that are computed of the stored predictions', async () => {
    const evaluated = await rows<{ id: string; stored: number; counted: number; scored: boolean }>(
      `SELECT r.id, (e.result->'metrics'->'accuracy'->>'value')::float8 AS stored,
              avg((p.predicted IS NOT DISTINCT FROM s.label)::int)::float8 AS counted, bool_and(p.scores IS NOT NULL) AS scored
         FROM run r JOIN evaluation e ON e.run_id = r.id JOIN prediction p ON p.run_id = r.id
         JOIN sample s ON s.version_id = $1 AND s.index = p.sample_index
        WHERE r.experiment_id = $2 GROUP BY r.id, e.result`,
      idOf(made.datasetVersionId),
      idOf(made.experimentId),
    );
    expect(evaluated).toHaveLength(6);
    for (const { stored, counted } of evaluated) expect(stored).toBeCloseTo(counted, 12);
    expect(evaluated.filter(({ scored }) => scored)).toHaveLength(5); // a language model has none
    expect(Math.min(...evaluated.map(({ stored }) => stored))).toBeGreaterThan(0.25);
    expect(Math.max(...evaluated.map(({ stored }) => stored))).toBeLessThan(0.95);
  });

  test('is the same for the same seed, and another for another', async () => {
    const [again, other] = [
      await generateInto(stack, { name: 'Again', runs: 6 }),
      await generateInto(stack, { name: 'Other', runs: 6, seed: 2 }),
    ];
    const digests = async (of: Generated) => {
      const [version] = await rows<{ digest: string }>(
        'SELECT digest FROM dataset_version WHERE id = $1',
        idOf(of.datasetVersionId),
      );
      const runs = await rows<{ digest: string }>(
        'SELECT predictions_digest AS digest FROM evaluation WHERE run_id = ANY($1) ORDER BY run_id',
        of.predicted.map(idOf),
      );
      return [version!.digest, ...runs.map(({ digest }) => digest)];
    };
    expect(await digests(again)).toEqual(await digests(made));
    expect(new Set([...(await digests(other)), ...(await digests(made))]).size).toBe(14);
  });
});
