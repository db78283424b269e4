import { packFolder, type SamplewiseClient } from '@samplewise/client';
import { z } from 'zod';
import { boxFile, DATASET, EXPERIMENTS, MODELS, RESTORER } from './box.ts';

/**
 * Fills the project `demo` of the team `local` through the public API, as a user would. What is there already stays as
 * it is, so that an interrupted seeding is finished by the next one.
 */
export async function seed(client: SamplewiseClient, log: (line: string) => void): Promise<void> {
  const projectId = await ensureProject(client);
  const existing = await experimentsOf(client, projectId);
  if (EXPERIMENTS.every((e) => existing.some((x) => x.name === e.name && x.runs.totalCount > 0))) return;

  const models: string[] = [];
  for (const model of MODELS) {
    const digests: string[] = [];
    for (const file of model.files) digests.push((await client.upload(boxFile(file))).digest);
    models.push((await client.createModelConfig({ projectId, name: model.name, spec: model.spec(digests) })).config.id);
    log(`model ${model.name}`);
  }
  const { digest } = await client.upload(boxFile(RESTORER.file));
  const restorations = new Map([
    ['none', (await client.createRestorationConfig({ projectId, name: 'none', steps: [] })).config.id],
    [
      RESTORER.name,
      (await client.createRestorationConfig({ projectId, name: RESTORER.name, steps: RESTORER.steps(digest) })).config
        .id,
    ],
  ]);
  const versions = new Map<string, string>();
  for (const version of DATASET.versions) versions.set(version, await ensureVersion(client, projectId, version, log));

  for (const experiment of EXPERIMENTS) {
    const present = existing.find((e) => e.name === experiment.name);
    if (present && present.runs.totalCount > 0) continue;
    const plan = {
      modelConfigIds: models,
      restorationConfigIds: experiment.restorations.map((name) => restorations.get(name)!),
    };
    const { name, description } = experiment;
    const datasetVersionId = versions.get(experiment.version)!;
    const id =
      present?.id ?? (await client.createExperiment({ projectId, name, description, datasetVersionId, plan })).id;
    const runs = await client.queueRuns(id);
    log(`experiment '${name}': ${runs.length} runs queued`);
  }
}

const projectAnswer = z.object({ project: z.object({ id: z.string() }).nullable() });
const createdAnswer = z.object({ result: z.object({ project: z.object({ id: z.string() }) }) });

async function ensureProject(client: SamplewiseClient): Promise<string> {
  const present = projectAnswer.parse(await client.query('{ project(team: "local", slug: "demo") { id } }'));
  if (present.project) return present.project.id;
  const created = await client.query(
    `mutation ($input: CreateProjectInput!) {
      result: createProject(input: $input) {
        ... on CreateProjectPayload { project { id } }
        ... on InvalidInputError { message }
      }
    }`,
    {
      input: {
        name: 'Demo',
        description:
          'Facial emotion recognition on sampled faces: nobody is in these pictures. Small models, real runs.',
      },
    },
  );
  return createdAnswer.parse(created).result.project.id;
}

const experimentsAnswer = z.object({
  node: z.object({
    experiments: z.object({
      edges: z.array(
        z.object({ node: z.object({ id: z.string(), name: z.string(), runs: z.object({ totalCount: z.number() }) }) }),
      ),
    }),
  }),
});

async function experimentsOf(client: SamplewiseClient, projectId: string) {
  const answer = await client.query(
    `query ($id: ID!) {
      node(id: $id) {
        ... on Project { experiments(first: 200) { edges { node { id name runs(first: 1) { totalCount } } } } }
      }
    }`,
    { id: projectId },
  );
  return experimentsAnswer.parse(answer).node.experiments.edges.map((edge) => edge.node);
}

async function ensureVersion(
  client: SamplewiseClient,
  projectId: string,
  version: string,
  log: (line: string) => void,
): Promise<string> {
  const { stream } = await packFolder(boxFile(`synthetic-faces/${version}`));
  const { digest } = await client.upload(stream);
  const started = await client.importDataset({
    projectId,
    dataset: DATASET.name,
    version,
    format: 'image-folder',
    fileName: `${version}.tar`,
    uploadDigest: digest,
  });
  const done = await client.waitForImport(started.id);
  if (!done.datasetVersion) {
    throw new Error(`The demo's faces could not be imported: ${done.problems.map((p) => p.message).join(' ')}`);
  }
  log(`dataset version ${version}: ${done.datasetVersion.sampleCount} samples`);
  return done.datasetVersion.id;
}
