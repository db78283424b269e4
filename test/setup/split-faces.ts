import { packFolder, type SamplewiseClient } from '@samplewise/client';
import { boxFile, MODELS } from '@samplewise/demo';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Of each class's 60 faces: which go into which split, by their position. */
export interface FaceSplits {
  train: number;
  validation?: number;
  test: number;
}

export interface FaceProject {
  projectId: string;
  slug: string;
  datasetVersionId: string;
  /** The restoration 'none'. */
  noneId: string;
  /** Registers one of the demo's models. @returns its id */
  register(model: string): Promise<string>;
}

/** A project with the demo's clean faces, divided into splits. */
export async function faceProject(client: SamplewiseClient, name: string, splits: FaceSplits): Promise<FaceProject> {
  const created = (await client.query(
    `mutation ($name: String!) {
      createProject(input: { name: $name }) { ... on CreateProjectPayload { project { id slug } } }
    }`,
    { name },
  )) as { createProject: { project: { id: string; slug: string } } };
  const { id: projectId, slug } = created.createProject.project;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'samplewise-faces-'));
  try {
    await divide(folder, splits);
    const { stream } = await packFolder(folder);
    const { digest: uploadDigest } = await client.upload(stream);
    const names = { dataset: 'Faces', version: 'split', format: 'image-folder', fileName: 'faces.tar' } as const;
    const { id } = await client.importDataset({ projectId, ...names, uploadDigest });
    const { datasetVersion, problems } = await client.waitForImport(id);
    if (!datasetVersion) throw new Error(problems.map((problem) => problem.message).join('\n'));
    const { config: none } = await client.createRestorationConfig({ projectId, name: 'none', steps: [] });
    return {
      projectId,
      slug,
      datasetVersionId: datasetVersion.id,
      noneId: none.id,
      async register(model) {
        const boxed = MODELS.find((m) => m.name === model)!;
        const digests = await Promise.all(boxed.files.map(async (file) => (await client.upload(boxFile(file))).digest));
        return (await client.createModelConfig({ projectId, name: model, spec: boxed.spec(digests) })).config.id;
      },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function divide(folder: string, { train, validation = 0, test }: FaceSplits): Promise<void> {
  const clean = boxFile('synthetic-faces/clean');
  for (const label of await readdir(clean)) {
    const files = (await readdir(path.join(clean, label))).sort();
    for (const [i, file] of files.slice(0, train + validation + test).entries()) {
      const split = i < train ? 'train' : i < train + validation ? 'validation' : 'test';
      const target = path.join(folder, split, label);
      await mkdir(target, { recursive: true });
      await cp(path.join(clean, label, file), path.join(target, file));
    }
  }
}
