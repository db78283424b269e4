import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, mutate } from '../setup/ask.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;

const MODEL = { kind: 'onnx-classifier', weights: { digest: 'f'.repeat(64) }, labels: ['a', 'b'] };
const SIZE = { width: 48, height: 48 };
const SPEC = { ...MODEL, input: { ...SIZE, mean: [0.5, 0.5, 0.5], layout: 'NCHW' } };
const CHANGED = { ...MODEL, input: { ...SIZE, mean: [0.4, 0.5, 0.5], shortSide: 48 } };

beforeAll(async () => {
  stack = await startStack();
  const digest = (n: number): string => String(n).repeat(64);
  const statements: [string, unknown[]][] = [
    [`INSERT INTO team (slug, name) VALUES ('t', 'T')`, []],
    [`INSERT INTO project (team_id, slug, name) VALUES (1, 'p', 'P')`, []],
    [`INSERT INTO blob (digest, size, media_type) VALUES ($1, 1, 'image/png')`, [digest(1)]],
    [`INSERT INTO dataset (project_id, slug, name) VALUES (1, 'd', 'D')`, []],
    [`INSERT INTO dataset_version (dataset_id, number, name, digest, labels, sample_count) VALUES (1, 1, 'v', $1, '{a,b}', 1)`, [digest(1)]],
    [`INSERT INTO sample (version_id, index, split, label, digest, source) VALUES (1, 0, 'TEST', 0, $1, 'row 1')`, [digest(1)]],
    [`INSERT INTO model_config (project_id, name, version, kind, spec, digest)
      VALUES (1, 'm', 1, 'ONNX_CLASSIFIER', $1, $2), (1, 'm', 2, 'ONNX_CLASSIFIER', $3, $4)`, [SPEC, digest(1), CHANGED, digest(2)]],
    [`INSERT INTO restoration_config (project_id, name, version, steps, digest)
      VALUES (1, 'none', 1, '[]', $1), (1, 'x2', 1, '[{"factor": 2}]', $2), (1, 'x2', 2, '[{"factor": 4}, {"factor": 2}]', $3)`, [digest(1), digest(2), digest(3)]],
    [`INSERT INTO restoration_config (project_id, name, version, steps, digest)
      SELECT 1, 'other ' || i, 1, '[]', lpad(i::text, 64, '0') FROM generate_series(4, 10) AS i`, []],
    [`INSERT INTO experiment (project_id, name, dataset_version_id) VALUES (1, 'e', 1)`, []],
  ]; // prettier-ignore
  for (const [statement, values] of statements) await stack.pool.query(statement, values);
});
afterAll(() => stack.stop());

const PLAN = {
  modelConfigIds: ['ModelConfig_1', 'ModelConfig_2'],
  restorationConfigIds: ['RestorationConfig_1', 'RestorationConfig_2', 'RestorationConfig_3'],
  seeds: [0, 1, 2, 3],
  sample: { count: 5, seed: 7 },
};
interface Planned {
  modelConfigId: string;
  restorationConfigId: string;
  seed: number;
  existing: number;
}

async function preview(plan: object) {
  const { data, errors } = await ask(
    stack,
    `query ($input: QueueRunsInput!) {
      planRuns(input: $input) { matrix runs { modelConfigId restorationConfigId model restoration seed existing newestId } }
    }`,
    { input: { experimentId: 'Experiment_1', plan } },
  );
  return { errors, ...(data as { planRuns: { matrix: number; runs: Planned[] } } | null | undefined)?.planRuns };
}

describe('a plan', () => {
  test('that takes a sample is shown before it is queued, queued as shown, and marked as there afterwards', async () => {
    const { matrix, runs } = await preview(PLAN);
    expect(matrix).toBe(24);
    expect(runs).toHaveLength(5);
    expect(runs!.every(({ existing }) => existing === 0)).toBe(true);
    const queued = (await mutate(
      stack,
      'queueRuns',
      { experimentId: 'Experiment_1', plan: PLAN },
      '... on QueueRunsPayload { runs { seed modelConfig { id } restorationConfig { id } } }',
    )) as { runs: { seed: number; modelConfig: { id: string }; restorationConfig: { id: string } }[] };
    expect(queued.runs.map((run) => [run.modelConfig.id, run.restorationConfig.id, run.seed])).toEqual(
      runs!.map((run) => [run.modelConfigId, run.restorationConfigId, run.seed]),
    );
    const whole = await preview({ ...PLAN, sample: null });
    expect(whole.runs).toHaveLength(24);
    expect(whole.runs!.filter(({ existing }) => existing === 1)).toHaveLength(5);
  });

  test('that makes too many runs, or names what is not there, is refused', async () => {
    const seeds = Array.from({ length: 100 }, (_, i) => i);
    const restorationConfigIds = Array.from({ length: 10 }, (_, i) => `RestorationConfig_${i + 1}`);
    expect((await preview({ ...PLAN, seeds, restorationConfigIds, sample: null })).errors![0]!.message).toContain('2000 runs');
    const unknown = { ...PLAN, restorationConfigIds: ['RestorationConfig_999'] };
    expect((await preview(unknown)).errors![0]!.message).toContain('no such restoration config');
    expect((await preview({ ...PLAN, sample: { count: 0 } })).errors).toHaveLength(1);
  }); // prettier-ignore
});

describe('configs', () => {
  const difference = (before: string, after: string) =>
    ask(stack, `{ configDifference(before: "${before}", after: "${after}") { path kind before after } }`);

  test('of two versions are told apart by path', async () => {
    expect((await difference('ModelConfig_1', 'ModelConfig_2')).data!.configDifference).toEqual(
      expect.arrayContaining([
        { path: 'input.mean.0', kind: 'CHANGED', before: 0.5, after: 0.4 },
        { path: 'input.layout', kind: 'REMOVED', before: 'NCHW', after: null },
        { path: 'input.shortSide', kind: 'ADDED', before: null, after: 48 },
      ]),
    );
    expect((await difference('RestorationConfig_2', 'RestorationConfig_3')).data!.configDifference).toEqual([
      { path: '0.factor', kind: 'CHANGED', before: 2, after: 4 },
      { path: '1', kind: 'ADDED', before: null, after: { factor: 2 } },
    ]);
    expect((await difference('ModelConfig_1', 'ModelConfig_1')).data!.configDifference).toEqual([]);
  });

  test('of different kinds, or that are not there, are refused', async () => {
    for (const after of ['RestorationConfig_1', 'ModelConfig_99', 'Run_1']) {
      expect((await difference('ModelConfig_1', after)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    expect((await difference('Run_1', 'Run_2')).errors).toHaveLength(1);
  }); // prettier-ignore

  test('know the versions of their name, and their runs', async () => {
    const { data } = await ask(
      stack,
      `{ nodes(ids: ["ModelConfig_1", "RestorationConfig_1"]) {
        ... on ModelConfig { versions { id version } runs(first: 2) { edges { node { modelConfig { id } } } } }
        ... on RestorationConfig { steps of: versions { id } }
      } }`,
    );
    expect(data!.nodes).toMatchObject([
      { versions: [{ id: 'ModelConfig_2', version: 2 }, { id: 'ModelConfig_1', version: 1 }], runs: { edges: [{ node: { modelConfig: { id: 'ModelConfig_1' } } }] } },
      { of: [{ id: 'RestorationConfig_1' }] },
    ]);
  }); // prettier-ignore
});

describe('runs', () => {
  const begin = async (input: object): Promise<string> => {
    const fields = '... on CreateRunPayload { run { id } }';
    const { run } = (await mutate(stack, 'createRun', { experimentId: 'Experiment_1', ...input }, fields)) as { run: { id: string } };
    return run.id;
  }; // prettier-ignore
  const DIFFERENCE = `query ($runIds: [ID!]!) {
    runDifference(runIds: $runIds) { runIds same left facts { section key values } }
  }`;

  test('show only what differs among them', async () => {
    const runIds = [
      await begin({ params: { lr: 0.1, optimizer: { name: 'adam' } }, environment: { git: { commit: 'a' } } }),
      await begin({ params: { lr: 0.2, optimizer: { name: 'adam' } }, tags: [{ key: 'stage', value: 'final' }] }),
      await begin({ params: { lr: 0.1, optimizer: { name: 'adam' } }, seed: 3 }),
    ];
    const { data, errors } = await ask(stack, DIFFERENCE, { runIds });
    expect(errors).toBeUndefined();
    expect(data!.runDifference).toEqual({
      runIds,
      same: 2, // source and optimizer.name
      left: 0,
      facts: expect.arrayContaining([
        { section: 'RUN', key: 'seed', values: ['0', '0', '3'] },
        { section: 'PARAM', key: 'lr', values: ['0.1', '0.2', '0.1'] },
        { section: 'TAG', key: 'stage', values: [null, 'final', null] },
        { section: 'ENVIRONMENT', key: 'git.commit', values: ['a', null, null] },
      ]) as unknown,
    });
  });

  test('are refused when they are one, or not there', async () => {
    for (const runIds of [['Run_1'], ['Run_1', 'Run_999']]) {
      expect((await ask(stack, DIFFERENCE, { runIds })).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    }
  });
});
