import { boxFile, RESTORER } from '@samplewise/demo';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../setup/ask.ts';
import { noiseProject, type NoiseProject } from '../setup/noise.ts';
import { startStack, type Stack } from '../setup/stack.ts';
import { noise, upload } from '../setup/uploads.ts';

let stack: Stack;
let project: NoiseProject;
let runIds: string[];

beforeAll(async () => {
  stack = await startStack();
  await stack.startExecutor();
  project = await noiseProject(stack.client, 'Configs', 40);
  runIds = await project.queueMany('vgg-mini', 'two', 2);
  runIds.push(await project.queue('resnet-mini', 'one'));
  for (const id of runIds) await stack.client.waitForRun(id);
});
afterAll(() => stack.stop());

async function read(fields: string): Promise<Record<string, unknown>> {
  const { data, errors } = await ask(stack, `{ node(id: "${project.projectId}") { ... on Project { ${fields} } } }`);
  expect(errors ?? []).toEqual([]);
  return (data as { node: Record<string, unknown> }).node;
}

interface Page {
  pageInfo: { endCursor: string; hasNextPage: boolean };
  edges: { node: { name: string; version: number } }[];
}

test('the models of a project are their newest versions by name, page by page', async () => {
  const spec = (labels: string[]) => ({ kind: 'external', labels });
  for (const labels of [
    ['a', 'b'],
    ['a', 'b', 'c'],
  ]) {
    await stack.client.createModelConfig({ projectId: project.projectId, name: 'by hand', spec: spec(labels) });
  }
  const seen: string[] = [];
  let after = '';
  for (let more = true; more;) {
    const { models } = (await read(
      `models(first: 2 ${after}) { pageInfo { endCursor hasNextPage } edges { node { name version } } }`,
    )) as { models: Page };
    seen.push(...models.edges.map(({ node }) => `${node.name} ${node.version}`));
    more = models.pageInfo.hasNextPage;
    after = `after: "${models.pageInfo.endCursor}"`;
  }
  expect(seen).toEqual(['by hand 2', 'resnet-mini 1', 'vgg-mini 1']);
  const { models: last } = (await read('models(last: 1) { edges { node { name version } } }')) as { models: Page };
  expect(last.edges).toEqual([{ node: { name: 'vgg-mini', version: 1 } }]);
});

test('a model tells what it was used for, and what its file takes and gives', async () => {
  const { models } = (await read(
    `models { edges { node { name usage(allVersions: true) { runs latestRun { id } bestRun { id } }
       files { place path blob { size } graph { inputs { name type shape } outputs { name shape } externalFiles } } } } }`,
  )) as { models: { edges: { node: { name: string; usage: object; files: object[] } }[] } };
  const [byHand, , vgg] = models.edges.map(({ node }) => node);
  expect(byHand).toMatchObject({ usage: { runs: 0, latestRun: null, bestRun: null }, files: [] });
  expect(vgg).toMatchObject({ usage: { runs: 2, latestRun: { id: runIds[1] } } });
  // Of the same figures the newest.
  expect(vgg!.usage).toMatchObject({ bestRun: { id: runIds[1] } });
  expect(vgg!.files).toMatchObject([
    {
      place: 'weights',
      path: null,
      graph: {
        inputs: [{ name: 'pixel_values', type: 'float32', shape: [expect.any(String), '3', '48', '48'] }],
        outputs: [{ name: 'logits', shape: [expect.any(String), '7'] }],
        externalFiles: [],
      },
    },
  ]);
});

test('a restoration tells how many pictures it has made, and how many of them were there already', async () => {
  const { client } = stack;
  const { digest } = await client.upload(boxFile(RESTORER.file));
  const input = { projectId: project.projectId, name: RESTORER.name, steps: RESTORER.steps(digest) };
  const { config } = await client.createRestorationConfig(input);
  const first = await client.run(runIds[0]!);
  const answer = await ask(
    stack,
    `{ node(id: "${first.id}") { ... on Run { modelConfig { id } experiment { id } } } }`,
  );
  const { modelConfig, experiment } = (
    answer.data as { node: { modelConfig: { id: string }; experiment: { id: string } } }
  ).node;
  const plan = { modelConfigIds: [modelConfig.id], restorationConfigIds: [config.id] };
  for (let time = 0; time < 2; time++) {
    for (const { id } of await client.queueRuns(experiment.id, plan)) await client.waitForRun(id);
  }
  const { restorations } = (await read(
    'restorations { edges { node { name usage { runs samples cached seconds } } } }',
  )) as { restorations: { edges: { node: object }[] } };
  const [restorer, none] = restorations.edges.map(({ node }) => node);
  expect(restorer).toMatchObject({ name: RESTORER.name, usage: { runs: 2, samples: 80, cached: 40 } });
  expect(none).toMatchObject({ name: 'none', usage: { runs: 3, samples: 120, cached: 0 } });
});

test('an uploaded file is looked into before it is registered', async () => {
  const model = await upload(stack, await readFile(boxFile('models/resnet-mini.onnx')));
  const broken = await upload(stack, noise(500));
  const fields = 'graph { inputs { name } } problem { code mend } input output classes';
  const inspected = await read(
    `model: inspectModelFile(digest: "${model}") { ${fields} } broken: inspectModelFile(digest: "${broken}") { ${fields} }
     none: inspectModelFile(digest: "${'0'.repeat(64)}") { ${fields} }`,
  );
  expect(inspected).toMatchObject({
    model: {
      problem: null,
      input: { name: 'pixel_values', layout: 'NCHW', colour: 'RGB', width: 48, height: 48 },
      output: { name: 'logits', activation: 'logits' },
      classes: 7,
    },
    broken: { graph: null, problem: { code: 'MODEL_MALFORMED' }, input: null, classes: null },
    none: null,
  });
});

test('a preset gives the spec that is registered', async () => {
  const { data } = await ask(
    stack,
    `{ presets(kind: MODEL, name: "resnet50-torchvision") { about files { place url }
         spec(labels: ["a", "b"], files: [{ place: "weights", digest: "${'a'.repeat(64)}" }]) }
       all: presets { name kind } }`,
  );
  const { presets, all } = data as { presets: [{ spec: object; files: object[] }]; all: { kind: string }[] };
  expect(presets[0].files).toEqual([{ place: 'weights', url: null }]);
  expect(presets[0].spec).toMatchObject({ labels: ['a', 'b'], input: { width: 224, shortSide: 232 } });
  expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['MODEL', 'RESTORATION']));
});
