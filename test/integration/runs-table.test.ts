import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, expectProblem, mutate } from '../setup/ask.ts';
import { trainings } from '../setup/client-run.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let ours: Awaited<ReturnType<typeof trainings>>;

beforeAll(async () => {
  stack = await startStack();
  ours = await trainings(stack, 'Tables');
});
afterAll(() => stack.stop());

test('a table reads the intervals of an evaluation, and nothing of what is not in it', async () => {
  const [evaluated, other] = [await ours.begin(), await ours.begin()];
  const accuracy = { value: 0.5, low: 0.4, high: 0.6, method: 'wilson' };
  const metrics = { accuracy, macroF1: { value: null, reason: 'no class was predicted' } };
  await stack.pool.query(
    `INSERT INTO evaluation (run_id, code_version, predictions_digest, result) VALUES ($1, '3', repeat('0', 64), $2)`,
    [evaluated.slice('Run_'.length), JSON.stringify({ metrics })],
  );
  const { data } = await ask(
    stack,
    `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Run {
       estimates(metrics: ["macro_f1", "loss", "accuracy"]) { value low high method undefinedReason } } } }`,
    { ids: [evaluated, other] },
  );
  const none = { value: null, low: null, high: null, method: null, undefinedReason: 'no class was predicted' };
  expect(data).toEqual({
    nodes: [{ estimates: [none, null, { ...accuracy, undefinedReason: null }] }, { estimates: [null, null, null] }],
  });
});

test('several runs are canceled, all or none', async () => {
  const [first, second] = [await ours.begin(), await ours.begin()];
  const cancel = (runIds: string[]) =>
    mutate(stack, 'cancelRuns', { runIds }, '... on CancelRunsPayload { runs { id status } }');
  await mutate(stack, 'failRun', { runId: second, reason: 'x' }, '... on FailRunPayload { run { id } }');
  await expectProblem(cancel([first, second]), 'CONFLICT', 'input.runIds');
  await expectProblem(cancel([first, 'Run_999999']), 'NOT_FOUND', 'input.runIds');
  const { rows } = await stack.pool.query(`SELECT status FROM run WHERE id = $1`, [first.slice('Run_'.length)]);
  expect(rows).toEqual([{ status: 'RUNNING' }]);
  expect(await cancel([first])).toMatchObject({ runs: [{ id: first, status: 'CANCELED' }] });
});

test('an experiment gets another name and question, but not the name of another one', async () => {
  const fields = '... on CreateExperimentPayload { experiment { id } }';
  const { experiment } = (await mutate(
    stack,
    'createExperiment',
    { projectId: ours.projectId, name: 'Second', description: 'Why?' },
    fields,
  )) as { experiment: { id: string } };
  const update = (input: object) =>
    mutate(stack, 'updateExperiment', input, '... on UpdateExperimentPayload { experiment { name description } }');
  const experimentId = experiment.id;
  expect(await update({ experimentId, name: 'Renamed' })).toMatchObject({
    experiment: { name: 'Renamed', description: 'Why?' },
  });
  expect(await update({ experimentId, description: '' })).toMatchObject({
    experiment: { name: 'Renamed', description: '' },
  });
  await expectProblem(update({ experimentId, name: 'Trainings' }), 'CONFLICT', 'input.name');
  await expectProblem(update({ experimentId, name: ' ' }), 'INVALID_VALUE', 'input.name');
  await expectProblem(update({ experimentId: 'Experiment_999', name: 'x' }), 'NOT_FOUND', 'input.experimentId');
});

test('a project has one default view, which is shared', async () => {
  const { projectId } = ours;
  const create = async (name: string): Promise<string> => {
    const fields = '... on CreateSavedViewPayload { savedView { id } }';
    const made = await mutate(stack, 'createSavedView', { projectId, name }, fields);
    return (made as { savedView: { id: string } }).savedView.id;
  };
  const [first, second] = [await create('First'), await create('Second')];
  const update = (viewId: string, expectedRevision: number, change: object) =>
    mutate(
      stack,
      'updateSavedView',
      { viewId, expectedRevision, ...change },
      '... on UpdateSavedViewPayload { savedView { isDefault } }',
    );
  const opensWith = async () => {
    const { data } = await ask(stack, `{ node(id: "${projectId}") { ... on Project { defaultView { id } } } }`);
    return (data as { node: { defaultView: { id: string } | null } }).node.defaultView?.id;
  };
  expect(await opensWith()).toBeUndefined();
  await update(first, 0, { isDefault: true });
  expect(await opensWith()).toBe(first);
  expect(await update(second, 0, { isDefault: true })).toMatchObject({ savedView: { isDefault: true } });
  expect(await opensWith()).toBe(second);
  expect(await update(second, 1, { name: 'Still' })).toMatchObject({ savedView: { isDefault: true } });
  expect(await update(second, 2, { shared: false })).toMatchObject({ savedView: { isDefault: false } });
  await expectProblem(update(second, 3, { isDefault: true }), 'INVALID_VALUE', 'input.isDefault');
  expect(await opensWith()).toBeUndefined();
});

test('who follows a project is told of its runs, and of no other ones', async () => {
  const theirs = await trainings(stack, 'Others');
  const client = createClient({ url: `${stack.apiUrl}/graphql/stream` });
  const told: string[] = [];
  const query = `subscription { projectRunChanged(projectId: "${ours.projectId}") { name } }`;
  const until = (name: string) =>
    new Promise<void>((resolve, reject) => {
      client.subscribe<{ projectRunChanged: { name: string } }>(
        { query },
        {
          next: ({ data, errors }) => {
            if (errors) reject(new Error(errors[0]!.message));
            told.push(data!.projectRunChanged.name);
            if (told.includes(name)) resolve();
          },
          error: reject,
          complete: () => undefined,
        },
      );
    });
  const waiting = until('last');
  await ours.begin({ name: 'first' });
  await theirs.begin({ name: 'strange' });
  await ours.begin({ name: 'last' });
  await waiting;
  client.dispose();
  expect(told).toContain('first');
  expect(told).not.toContain('strange');
});
