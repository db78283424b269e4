import type { SamplewiseClient } from '@samplewise/client';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { mutate } from './ask.ts';
import { until, type Stack } from './stack.ts';

const EMOTIONS = 7;
const TRAINING = 40;
/** The first of these have the bytes of the training's first. */
export const TESTED = 140;
export const LEAKED = 10;

/** A FER CSV of distinct pictures, of which the test's first stand in the training too. */
function csv(): string {
  const picture = (n: number): string =>
    [n % 256, Math.floor(n / 256), ...new Array<number>(2302).fill(n % 256)].join(' ');
  const row = (n: number, i: number, usage: string): string => `${i % EMOTIONS},${picture(n)},${usage}`;
  const training = Array.from({ length: TRAINING }, (_, i) => row(i, i, 'Training'));
  const test = Array.from({ length: TESTED }, (_, i) => row(i < LEAKED ? i : TRAINING + i, i, 'PrivateTest'));
  return ['emotion,pixels,Usage', ...training, ...test, ''].join('\n');
}

/** A project with a dataset version of two splits, and an experiment about its test. */
export async function boardProject(client: SamplewiseClient, name: string) {
  const created = (await client.query(
    `mutation ($name: String!) {
      createProject(input: { name: $name }) { ... on CreateProjectPayload { project { id slug } } }
    }`,
    { name },
  )) as { createProject: { project: { id: string } } };
  const projectId = created.createProject.project.id;
  const { digest: uploadDigest } = await client.upload(Readable.from([csv()]));
  const source = { format: 'fer-csv', fileName: 'boards.csv', uploadDigest } as const;
  const { id } = await client.importDataset({ projectId, dataset: 'Faces & more', version: 'one', ...source });
  const { datasetVersion } = await client.waitForImport(id);
  const datasetVersionId = datasetVersion!.id;
  const experiment = { projectId, name: 'Tested', datasetVersionId, split: 'TEST' } as const;
  const { id: experimentId } = await client.createExperiment(experiment);
  return { projectId, datasetVersionId, experimentId };
}

/** Predictions of the test that are right for all but each nth sample; leaked samples are right if told so. */
export function rightBut(nth: number, leaked: 'right' | 'as the others' = 'as the others'): number[] {
  return Array.from({ length: TESTED }, (_, i) => {
    const wrong = (i * 7919) % 1000 < 1000 / nth && !(leaked === 'right' && i < LEAKED);
    return (i + (wrong ? 1 : 0)) % EMOTIONS;
  });
}

/** A client's run, with predictions of the samples from `first` on, evaluated. */
export async function finishedRun(
  stack: Stack,
  run: { experimentId: string; name: string; tags?: { key: string; value?: string }[]; modelConfigId?: string },
  predicted: readonly number[],
  first = TRAINING,
): Promise<string> {
  const begun = await mutate(stack, 'createRun', run, '... on CreateRunPayload { run { id } }');
  const runId = (begun as { run: { id: string } }).run.id;
  const sampleIndex = predicted.map((_, i) => first + i);
  const batch = { runId, batchId: randomUUID(), sampleIndex, predicted };
  await mutate(stack, 'logPredictions', batch, '... on LogPredictionsPayload { sampleDone }');
  await mutate(stack, 'finishRun', { runId, incomplete: true }, '... on FinishRunPayload { run { id } }');
  const finished = async () => ((await stack.client.run(runId)).status === 'FINISHED' ? true : undefined);
  await until(finished, 60, 'the evaluation');
  return runId;
}
