import { afterAll, beforeAll, expect, test } from 'vitest';
import { askGraphQL } from '../setup/http.ts';
import { startStack, type Stack } from '../setup/stack.ts';

const NAMES = ['résumé of 100 %', '100 percent', 'a_b', 'aXb', 'Back\\slash', 'back slash'];

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
  const { pool } = stack;
  await pool.query(`INSERT INTO team (slug, name) VALUES ('team', 'Team')`);
  await pool.query(`INSERT INTO project (team_id, slug, name) VALUES (1, 'p', 'Project')`);
  const each = 'FROM unnest($1::text[]) WITH ORDINALITY AS name(name, i)';
  const digest = `lpad(i::text, 64, '0')`;
  for (const statement of [
    `INSERT INTO experiment (project_id, name) SELECT 1, name ${each}`,
    `INSERT INTO dataset (project_id, slug, name) SELECT 1, 'd' || i, name ${each}`,
    `INSERT INTO model_config (project_id, name, version, kind, spec, digest)
     SELECT 1, name, 1, 'ONNX_CLASSIFIER', '{}', ${digest} ${each}`,
    `INSERT INTO restoration_config (project_id, name, version, steps, digest) SELECT 1, name, 1, '[]', ${digest} ${each}`,
  ])
    await pool.query(statement, [NAMES]);
  await pool.query(
    `INSERT INTO dataset_version (dataset_id, number, name, digest, labels, sample_count)
     VALUES (1, 1, 'v', repeat('0', 64), '{a,b}', 0)`,
  );
  await pool.query(
    `INSERT INTO leaderboard (project_id, slug, name, metric, direction, tie_breaks, filter, entry_per, pick, costs,
                              visibility, exclude_leaks, dataset_version_id)
     SELECT 1, 'b' || i, name, 'accuracy', 'HIGHER', '[]', '{}', 'RUN', 'LATEST', '{}', 'TEAM', false, 1 ${each}`,
    [NAMES],
  );
  await pool.query(`INSERT INTO project (team_id, slug, name) SELECT 1, 'p' || i, name ${each}`, [NAMES]);
});
afterAll(() => stack.stop());

const LISTS = ['experiments', 'datasets', 'modelConfigs', 'restorationConfigs', 'leaderboards'];

async function named(list: string, contains: string): Promise<string[]> {
  const { data, errors } = await askGraphQL(
    stack.apiUrl,
    `query ($contains: String) { node(id: "Project_1") { ... on Project {
       list: ${list}(contains: $contains, first: 10) { totalCount edges { node { name } } } } } }`,
    { contains },
  );
  expect(errors ?? []).toEqual([]);
  const { totalCount, edges } = (
    data as { node: { list: { totalCount: number; edges: { node: { name: string } }[] } } }
  ).node.list;
  expect(totalCount).toBe(edges.length);
  return edges.map(({ node }) => node.name).sort();
}

test.each(LISTS)(
  '%s are found by a part of their name, whatever its case, and no character stands for others',
  async (list) => {
    expect(await named(list, 'résumé OF')).toEqual(['résumé of 100 %']);
    expect(await named(list, '100')).toEqual(['100 percent', 'résumé of 100 %']);
    expect(await named(list, '%')).toEqual(['résumé of 100 %']);
    expect(await named(list, 'A_B')).toEqual(['a_b']);
    expect(await named(list, 'back\\')).toEqual(['Back\\slash']);
    expect(await named(list, '')).toHaveLength(NAMES.length);
  },
);

test('projects are found likewise, among those that the caller may see', async () => {
  const { data } = await askGraphQL(stack.apiUrl, '{ projects(contains: "a_", first: 5) { edges { node { name } } } }');
  expect(data).toEqual({ projects: { edges: [{ node: { name: 'a_b' } }] } });
});

test('what is longer than any name is refused with its place', async () => {
  const { errors } = await askGraphQL(
    stack.apiUrl,
    'query ($contains: String) { projects(contains: $contains) { edges { cursor } } }',
    { contains: 'x'.repeat(121) },
  );
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', problems: [{ place: 'contains' }] } }]);
});
