import type { SamplewiseClient } from '@samplewise/client';
import { Readable } from 'node:stream';

/** A FER CSV of a few grey squares, one for each emotion given. */
export function ferCsv(emotions: readonly number[]): string {
  const row = (emotion: number, i: number): string =>
    `${emotion},${new Array(2304).fill(i % 256).join(' ')},PublicTest`;
  return ['emotion,pixels,Usage', ...emotions.map(row), ''].join('\n');
}

/** A project with a dataset version of three samples and the restoration 'none'. */
export async function tinyProject(client: SamplewiseClient, name: string) {
  const created = (await client.query(
    `mutation ($name: String!) {
      createProject(input: { name: $name }) { ... on CreateProjectPayload { project { id slug } } }
    }`,
    { name },
  )) as { createProject: { project: { id: string; slug: string } } };
  const { id: projectId, slug } = created.createProject.project;
  const { digest: uploadDigest } = await client.upload(Readable.from([ferCsv([0, 3, 6])]));
  const { id } = await client.importDataset({
    projectId,
    dataset: 'Tiny',
    version: 'one',
    format: 'fer-csv',
    fileName: 'tiny.csv',
    uploadDigest,
  });
  const { datasetVersion } = await client.waitForImport(id);
  const { config } = await client.createRestorationConfig({ projectId, name: 'none', steps: [] });
  return { projectId, slug, datasetVersionId: datasetVersion!.id, noneId: config.id };
}
