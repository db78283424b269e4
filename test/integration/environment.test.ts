import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, expectProblem, mutate } from '../setup/ask.ts';
import { numberOf, trainings } from '../setup/client-run.ts';
import { startStack, type Stack } from '../setup/stack.ts';

let stack: Stack;
let begin: (input?: object) => Promise<string>;
let runId: string;

beforeAll(async () => {
  stack = await startStack();
  ({ begin } = await trainings(stack, 'Environment'));
});
afterAll(() => stack.stop());
beforeEach(async () => {
  runId = await begin();
});

async function read(fields: string, id = runId): Promise<object> {
  const { data, errors } = await ask(stack, `query ($id: ID!) { node(id: $id) { ... on Run { ${fields} } } }`, { id });
  if (errors) throw new Error(errors[0]!.message);
  return (data as { node: object }).node;
}

const FIELDS = `git { commit branch remote dirty diff } packages { name version }
  machine { hostname os command python cpu cores memoryBytes gpus }`;

describe('the environment of a run', () => {
  test('is read by its parts, without credentials; what else it says is kept', async () => {
    const id = await begin({
      environment: {
        git: { commit: 'abc', branch: 'main', remote: 'https://me:secret@host.example/repo.git', dirty: true, diff: String.raw`+\u0000`, stash: 2 },
        packages: [
          { name: 'torch', version: '2.13.0' },
          { name: 'numpy', version: '2.4.0' },
        ],
        python: '3.11.2',
        hardware: { cpu: 'fast', cores: 8, memoryBytes: 2 ** 36, gpus: ['A100', 'A100'], fans: 3 },
        hostname: 'node-1',
        os: 'Linux 6',
        command: 'python train.py',
        cluster: { queue: 'long' },
      },
    }); // prettier-ignore
    expect(await read(FIELDS, id)).toEqual({
      git: {
        commit: 'abc',
        branch: 'main',
        remote: 'https://host.example/repo.git',
        dirty: true,
        diff: String.raw`+\u0000`,
      },
      packages: [
        { name: 'numpy', version: '2.4.0' },
        { name: 'torch', version: '2.13.0' },
      ],
      machine: {
        hostname: 'node-1',
        os: 'Linux 6',
        command: 'python train.py',
        python: '3.11.2',
        cpu: 'fast',
        cores: 8,
        memoryBytes: 2 ** 36,
        gpus: ['A100', 'A100'],
      },
    });
    expect(await read('packages(names: ["torch", "jax"]) { version } environment', id)).toMatchObject({
      packages: [{ version: '2.13.0' }],
      environment: { cluster: { queue: 'long' }, git: { stash: 2 }, hardware: { fans: 3 } },
    });
    expect(JSON.stringify(await read('environment', id))).not.toContain('secret');
  });

  test('of a run that says nothing, or said it in another shape, is nothing', async () => {
    expect(await read(FIELDS)).toEqual({ git: null, packages: [], machine: null });
    const old = { git: 'abc', packages: ['torch'], hostname: 'h' };
    await stack.pool.query('UPDATE run SET environment = $2 WHERE id = $1', [numberOf(runId), JSON.stringify(old)]);
    expect(await read(FIELDS)).toMatchObject({
      git: null,
      packages: [],
      machine: { hostname: 'h', cpu: null, gpus: [] },
    });
  });

  test.each<[string, object, string]>([
    ['a text for git', { git: 'abc' }, 'input.environment.git'],
    ['a number for a commit', { git: { commit: 5 } }, 'input.environment.git.commit'],
    ['packages without versions', { packages: ['torch'] }, 'input.environment.packages'],
    ['cores that are no number', { hardware: { cores: 'many' } }, 'input.environment.hardware.cores'],
    ['too much', { git: { diff: 'x'.repeat(1_000_001) } }, 'input.environment'],
  ])('is refused with %s', async (_name, environment, place) => {
    await expectProblem(begin({ environment }) as unknown as Promise<object>, 'INVALID_VALUE', place);
  });
});

test('metrics of the machine do not flood those of the run', async () => {
  const series = ['loss', 'system/cpu_percent', 'system/gpu0_percent'].map((key) => ({ key, steps: [0], values: [1] }));
  await mutate(stack, 'logMetrics', { runId, series }, '... on LogMetricsPayload { run { id } }');
  expect(await read('metrics { key }')).toEqual({ metrics: [{ key: 'loss' }] });
  expect(await read('metrics(kind: SYSTEM) { key }')).toEqual({
    metrics: [{ key: 'system/cpu_percent' }, { key: 'system/gpu0_percent' }],
  });
  const named = ['loss', 'system/cpu_percent'];
  expect(await read(`metrics(keys: ${JSON.stringify(named)}) { key }`)).toEqual({ metrics: named.map((key) => ({ key })) });
  expect(await read(`metrics(keys: ${JSON.stringify(named)}, kind: USER) { key }`)).toEqual({ metrics: [{ key: 'loss' }] });
}); // prettier-ignore
