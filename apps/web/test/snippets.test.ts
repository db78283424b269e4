import { expect, test } from 'vitest';
import type { RunSetupFragment } from '../src/generated/graphql.ts';
import { shellWord, snippetsOf } from '../src/run-config/snippets.ts';

const run = {
  id: 'Run_7',
  name: "resnet's · none",
  source: 'EXECUTOR',
  seed: 3,
  environment: null,
  modelConfig: { id: 'ModelConfig_1', name: 'resnet', version: 2, kind: 'ONNX_CLASSIFIER', digest: '', spec: {} },
  restorationConfig: { id: 'RestorationConfig_4', name: 'none', version: 1, digest: '', steps: [] },
  params: [],
  git: null,
  machine: null,
  packages: [],
  executors: [],
  experiment: {
    id: 'Experiment_5',
    name: 'Which?',
    split: 'TEST',
    datasetVersion: { name: 'v 1', dataset: { name: 'FER-2013' } },
    project: { slug: 'demo', team: { slug: 'vision' } },
  },
} satisfies RunSetupFragment;

const textOf = (of: RunSetupFragment, language: string) =>
  snippetsOf(of).find((snippet) => snippet.language === language)?.text;

test("an executor's run is made again with all that it was made with, names quoted for a shell", () => {
  const text = textOf(run, 'sh')!;
  for (const part of [
    '--project demo',
    '--team vision',
    `--name 'resnet'\\''s · none, again'`,
    "--version 'v 1'",
    '--model resnet@2',
    '--seed 3',
  ]) {
    expect(text).toContain(part);
  }
  expect(textOf(run, 'ts')).toContain(
    'queueRuns("Experiment_5", { modelConfigIds: ["ModelConfig_1"], restorationConfigIds: ["RestorationConfig_4"], seeds: [3] })',
  );
  expect(textOf(run, 'python')).toContain('cloneRun(input: { runId: \\"Run_7\\", seed: 3 })');
});

test("a client's run is begun again with its params, from its commit", () => {
  const client: RunSetupFragment = {
    ...run,
    source: 'CLIENT',
    params: [{ key: 'lr', value: '0.1' }],
    git: { commit: 'abc', branch: null, remote: null, dirty: null, diff: null },
    machine: { command: 'python train.py', gpus: [] } as unknown as RunSetupFragment['machine'],
  };
  expect(textOf(client, 'sh')).toBe('git checkout abc\npython train.py');
  expect(textOf(client, 'python')).toContain('"lr": "0.1"');
  expect(textOf(client, 'python')).toContain('client.experiment("vision/demo", "Which?", dataset="FER-2013"');
});

test('a word stays a word in a shell', () => {
  expect([shellWord('a-b@1'), shellWord('a b'), shellWord("it's; rm -rf")]).toEqual([
    'a-b@1',
    "'a b'",
    "'it'\\''s; rm -rf'",
  ]);
});
