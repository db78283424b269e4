import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, expectProblem, mutate as send } from '../setup/ask.ts';
import { startStack, until, type Stack } from '../setup/stack.ts';

let stack: Stack;
let projectId: string;
let experimentId: string;
let runId: string;

beforeAll(async () => {
  stack = await startStack();
  const made = await mutate('createProject', { name: 'Managed' }, '... on CreateProjectPayload { project { id } }');
  projectId = (made as { project: { id: string } }).project.id;
  const fields = '... on CreateExperimentPayload { experiment { id } }';
  const { experiment } = (await mutate('createExperiment', { projectId, name: 'Trainings' }, fields)) as {
    experiment: { id: string };
  };
  experimentId = experiment.id;
});
afterAll(() => stack.stop());
beforeEach(async () => {
  runId = await begin();
});

const mutate = (name: string, input: object, fields: string) => send(stack, name, input, fields);

async function begin(input: object = {}): Promise<string> {
  const fields = '... on CreateRunPayload { run { id } }';
  const { run } = (await mutate('createRun', { experimentId, ...input }, fields)) as { run: { id: string } };
  return run.id;
}

async function read(fields: string, id = runId): Promise<Record<string, unknown> | null> {
  const { data } = await ask(stack, `query ($id: ID!) { node(id: $id) { ... on Run { ${fields} } } }`, { id });
  return (data as { node: Record<string, unknown> | null }).node;
}

describe('what is said of a run', () => {
  test('params are flattened, and do not change', async () => {
    const id = await begin({ params: { lr: 0.1, optimizer: { name: 'adam' } } });
    const fields = '... on LogParamsPayload { run { id } }';
    await mutate('logParams', { runId: id, params: { lr: 0.1, epochs: 3 } }, fields);
    expect(await read('params { key value number }', id)).toEqual({
      params: [
        { key: 'epochs', value: '3', number: 3 },
        { key: 'lr', value: '0.1', number: 0.1 },
        { key: 'optimizer.name', value: 'adam', number: null },
      ],
    });
    const other = mutate('logParams', { runId: id, params: { lr: 0.2 } }, fields);
    await expectProblem(other, 'CONFLICT', 'input.params.lr');
  });

  test('the same client key gives the same run', async () => {
    const first = await begin({ clientKey: 'fold 1', name: 'mine' });
    const again = { experimentId, clientKey: 'fold 1' };
    expect(await mutate('createRun', again, '... on CreateRunPayload { run { id name } created }')).toMatchObject({
      run: { id: first, name: 'mine' },
      created: false,
    });
  });

  test('names, groups, tags and descriptions change, unless somebody was faster', async () => {
    const fields = '... on UpdateRunPayload { run { name description group revision tags { key value } } }';
    const update = (input: object) => mutate('updateRun', { runId, ...input }, fields);
    const first = await update({
      expectedRevision: 0,
      name: '🧪 trial',
      description: '# Notes',
      group: 'folds',
      setTags: [{ key: 'stage', value: 'final' }, { key: 'good' }],
    });
    const [good, stage] = [
      { key: 'good', value: '' },
      { key: 'stage', value: 'final' },
    ];
    expect(first).toMatchObject({
      run: { name: '🧪 trial', description: '# Notes', group: 'folds', revision: 1, tags: [good, stage] },
    });
    await expectProblem(update({ expectedRevision: 0, name: 'late' }), 'CONFLICT', 'input.expectedRevision');
    expect(await update({ removeTags: ['good'], group: '' })).toMatchObject({
      run: { group: null, revision: 2, tags: [stage] },
    });
  });

  test.each<[string, object, string]>([
    ['an empty name', { name: '  ' }, 'input.name'],
    ['a text that is too long', { description: 'x'.repeat(20_001) }, 'input.description'],
    ['a tag with a line break', { setTags: [{ key: 'a\nb' }] }, 'input.setTags.0.key'],
  ])('%s is refused', async (_name, change, place) => {
    const changed = mutate('updateRun', { runId, ...change }, '... on UpdateRunPayload { run { id } }');
    await expectProblem(changed, 'INVALID_VALUE', place);
  });

  test('costs of phases', async () => {
    const costs = [{ phase: 'TRAINING', wallSeconds: 12.5, device: 'A100', samples: 28_709 }];
    const fields = '... on LogCostsPayload { run { id } }';
    await mutate('logCosts', { runId, costs }, fields);
    expect(await read('phaseCosts { phase wallSeconds device samples }')).toEqual({ phaseCosts: costs });
    const twice = mutate('logCosts', { runId, costs: [...costs, ...costs] }, fields);
    await expectProblem(twice, 'INVALID_VALUE', 'input.costs');
  });
});

describe('several runs', () => {
  test('go into the bin and come back, all or none', async () => {
    const other = await begin();
    const remove = (runIds: string[]) => mutate('deleteRuns', { runIds }, '... on DeleteRunsPayload { runs { id } }');
    await expectProblem(remove([runId, 'Run_999999']), 'NOT_FOUND', 'input.runIds');
    expect(await read('id')).toEqual({ id: runId });
    await remove([runId, other]);
    expect(await read('id')).toBeNull();
    const bin = await ask(
      stack,
      'query ($id: ID!) { node(id: $id) { ... on Project { deletedRuns { edges { node { id } } } } } }',
      { id: projectId },
    );
    expect(JSON.stringify(bin.data)).toContain(`"${runId}"`);
    await mutate('restoreRuns', { runIds: [runId, other] }, '... on RestoreRunsPayload { runs { id } }');
    expect(await read('id')).toEqual({ id: runId });
  });

  test('are gone for good when they have been in the bin for 30 days', async () => {
    const kept = await begin();
    const fields = '... on LogMetricsPayload { run { id } }';
    for (const id of [runId, kept]) {
      await mutate('logMetrics', { runId: id, series: [{ key: 'loss', steps: [0], values: [1] }] }, fields);
    }
    await mutate('deleteRuns', { runIds: [runId, kept] }, '... on DeleteRunsPayload { runs { id } }');
    const number = (id: string) => id.slice('Run_'.length);
    await stack.pool.query(`UPDATE run SET deleted_at = now() - interval '31 days' WHERE id = $1`, [number(runId)]);
    await stack.startExecutor();
    const rows = async (table: string, column: string, id: string) =>
      (await stack.pool.query(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [number(id)])).rowCount;
    await until(async () => ((await rows('run', 'id', runId)) === 0 ? true : undefined), 10, 'the emptying of the bin');
    expect(await rows('metric_point', 'run_id', runId)).toBe(0);
    expect(await rows('metric_summary', 'run_id', runId)).toBe(0);
    expect(await rows('run', 'id', kept)).toBe(1);
    expect(await rows('metric_point', 'run_id', kept)).toBe(1);
  });

  test('are archived and tagged together', async () => {
    const other = await begin();
    const change = { runIds: [runId, other], archived: true, setTags: [{ key: 'old' }] };
    const result = await mutate('updateRuns', change, '... on UpdateRunsPayload { runs { archivedAt tags { key } } }');
    const archived = { archivedAt: expect.any(String) as string, tags: [{ key: 'old' }] };
    expect(result).toMatchObject({ runs: [archived, archived] });
  });

  test('are nested', async () => {
    const child = await begin({ parentId: runId });
    expect(await read('children { edges { node { id parent { id } } } }')).toEqual({
      children: { edges: [{ node: { id: child, parent: { id: runId } } }] },
    });
    const orphan = mutate(
      'createRun',
      { experimentId, parentId: 'Run_999999' },
      '... on CreateRunPayload { run { id } }',
    );
    await expectProblem(orphan, 'NOT_FOUND', 'input.parentId');
  });

  test('are repeated with changes', async () => {
    const original = await begin({ params: { lr: 0.1, epochs: 3 }, group: 'g', tags: [{ key: 'a', value: 'b' }] });
    const fields = '... on CloneRunPayload { run { id seed group status params { key value } tags { key value } } }';
    const { run } = (await mutate('cloneRun', { runId: original, params: { lr: 0.2 }, seed: 5 }, fields)) as {
      run: object;
    };
    expect(run).toMatchObject({
      seed: 5,
      group: 'g',
      status: 'RUNNING',
      params: [
        { key: 'epochs', value: '3' },
        { key: 'lr', value: '0.2' },
      ],
      tags: [{ key: 'a', value: 'b' }],
    });
  });
});
