import type { SamplewiseClient } from '@samplewise/client';
import { boxFile, MODELS } from '@samplewise/demo';
import { Readable } from 'node:stream';

const PIXELS = 48 * 48;
const EMOTIONS = 7;

/** A FER CSV of grey noise, the same each time (the generator of Numerical Recipes). */
function* noiseCsv(samples: number): Generator<string> {
  let state = 1;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  yield 'emotion,pixels,Usage\n';
  for (let i = 0; i < samples; i++) {
    yield `${i % EMOTIONS},${Array.from({ length: PIXELS }, () => next(256)).join(' ')},PublicTest\n`;
  }
}

export interface NoiseProject {
  projectId: string;
  /** Queues a run of one of the demo's models over all samples. @returns its id */
  queue(model: string, name: string): Promise<string>;
  /** Queues runs of a model that differ in their seed. */
  queueMany(model: string, name: string, runs: number): Promise<string[]>;
  /** Queues a run of a registered model. */
  queueModel(modelConfigId: string, name: string): Promise<string>;
}

/** A project with so many samples of noise, to be predicted by the demo's models. */
export async function noiseProject(client: SamplewiseClient, name: string, samples: number): Promise<NoiseProject> {
  const created = (await client.query(
    `mutation ($name: String!) {
      createProject(input: { name: $name }) { ... on CreateProjectPayload { project { id } } }
    }`,
    { name },
  )) as { createProject: { project: { id: string } } };
  const { id: projectId } = created.createProject.project;
  const { digest: uploadDigest } = await client.upload(Readable.from(noiseCsv(samples)));
  const names = { dataset: 'Noise', version: 'one', format: 'fer-csv', fileName: 'noise.csv' } as const;
  const { id } = await client.importDataset({ projectId, ...names, uploadDigest });
  const { datasetVersion } = await client.waitForImport(id);
  const { config: none } = await client.createRestorationConfig({ projectId, name: 'none', steps: [] });
  const queueMany = async (model: string, experimentName: string, runs: number): Promise<string[]> => {
    const boxed = MODELS.find((m) => m.name === model)!;
    const digests = await Promise.all(boxed.files.map(async (file) => (await client.upload(boxFile(file))).digest));
    const { config } = await client.createModelConfig({ projectId, name: model, spec: boxed.spec(digests) });
    return queueSeeds(config.id, experimentName, runs);
  };
  const queueSeeds = async (modelConfigId: string, experimentName: string, runs: number): Promise<string[]> => {
    const seeds = Array.from({ length: runs }, (_, seed) => seed);
    const plan = { modelConfigIds: [modelConfigId], restorationConfigIds: [none.id], seeds };
    const experiment = await client.createExperiment({
      projectId,
      name: experimentName,
      datasetVersionId: datasetVersion!.id,
      plan,
    });
    return (await client.queueRuns(experiment.id)).map((run) => run.id);
  };
  return {
    projectId,
    queueMany,
    queue: async (model, name) => (await queueMany(model, name, 1))[0]!,
    queueModel: async (modelConfigId, name) => (await queueSeeds(modelConfigId, name, 1))[0]!,
  };
}

export const rowOf = (runId: string): string => runId.slice('Run_'.length);
