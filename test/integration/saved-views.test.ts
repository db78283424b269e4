import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, expectProblem, mutate as send } from '../setup/ask.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let projectId: string;

beforeAll(async () => {
  stack = await startStack();
  const made = await mutate('createProject', { name: 'Viewed' }, '... on CreateProjectPayload { project { id } }');
  projectId = (made as { project: { id: string } }).project.id;
});
afterAll(() => stack.stop());

const mutate = (name: string, input: object, fields: string) => send(stack, name, input, fields);
const FIELDS = 'savedView { id name shared createdBy filter search order columns revision }';
const create = (input: object) =>
  mutate('createSavedView', { projectId, ...input }, `... on CreateSavedViewPayload { ${FIELDS} }`);
const update = (input: object) => mutate('updateSavedView', input, `... on UpdateSavedViewPayload { ${FIELDS} }`);

test('a view is kept, changed, listed and deleted', async () => {
  const kept = {
    name: 'Best ones',
    filter: { param: { key: 'lr', number: { lt: 0.1 } }, metric: { key: 'loss', number: { lt: 'Infinity' } } },
    search: 'finished > -7d',
    order: [{ metric: { key: 'accuracy', aggregate: 'MAX' }, direction: 'DESC' }],
    columns: [
      { kind: 'METRIC', key: 'accuracy', aggregate: 'MAX' },
      { kind: 'FIELD', key: 'name' },
    ],
  };
  const { savedView } = (await create(kept)) as { savedView: { id: string } };
  expect(savedView).toMatchObject({ ...kept, shared: true, createdBy: null, revision: 0 });
  const { id: viewId } = savedView;
  const changed = await update({ viewId, expectedRevision: 0, name: 'Best', shared: false });
  expect(changed).toMatchObject({ savedView: { ...kept, name: 'Best', shared: false, revision: 1 } });
  await expectProblem(update({ viewId, expectedRevision: 0, name: 'late' }), 'CONFLICT', 'input.expectedRevision');

  // What is kept is what lists of runs take.
  const { data, errors } = await ask(
    stack,
    `query ($id: ID!, $filter: RunFilter, $order: [RunOrder!], $search: String) { node(id: $id) { ... on Project {
      savedViews(first: 5) { totalCount edges { node { name project { id } } } }
      runs(filter: $filter, order: $order, search: $search) { totalCount }
    } } }`,
    { id: projectId, ...kept },
  );
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    node: {
      savedViews: { totalCount: 1, edges: [{ node: { name: 'Best', project: { id: projectId } } }] },
      runs: { totalCount: 0 },
    },
  });
  const fields = '... on DeleteSavedViewPayload { project { savedViews { totalCount } } }';
  expect(await mutate('deleteSavedView', { viewId }, fields)).toMatchObject({
    project: { savedViews: { totalCount: 0 } },
  });
  await expectProblem(mutate('deleteSavedView', { viewId }, fields), 'NOT_FOUND', 'input.viewId');
});

test('what no table could show is refused by its place', async () => {
  await create({ name: 'Taken' });
  await expectProblem(create({ name: 'Taken' }), 'CONFLICT', 'input.name');
  await expectProblem(create({ name: 'x', search: 'lr >' }), 'INVALID_VALUE', 'input.search');
  await expectProblem(create({ name: 'x', filter: { param: { key: 'lr' } } }), 'INVALID_VALUE', 'input.filter.param');
  await expectProblem(create({ name: 'x', order: [{ tag: 'a', field: 'ID' }] }), 'INVALID_VALUE', 'input.order.0');
  await expectProblem(
    create({ name: 'x', columns: [{ kind: 'SQL', key: 'a' }] }),
    'INVALID_VALUE',
    'input.columns.0.kind',
  );
  const columns = Array.from({ length: 501 }, (_, i) => ({ kind: 'PARAM', key: `p${i}` }));
  await expectProblem(create({ name: 'x', columns }), 'INVALID_VALUE', 'input.columns');
  await expectProblem(create({ name: 'x', projectId: 'Project_999' }), 'NOT_FOUND', 'input.projectId');
});

test('of two who make the same view at once, one is told', async () => {
  const both = await Promise.allSettled([create({ name: 'Twice' }), create({ name: 'Twice' })]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});
