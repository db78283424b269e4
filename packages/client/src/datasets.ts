import type { DatasetFormat, Split } from '@samplewise/domain';
import { z } from 'zod';
import { NotFound } from './errors.ts';
import { operation } from './operation.ts';
import { PROBLEM_FIELDS, problemSchema } from './problem-schema.ts';
import type { Transport } from './transport.ts';
import { waitFor, type WaitOptions } from './wait.ts';

const datasetImportSchema = z.object({
  id: z.string(),
  datasetName: z.string(),
  versionName: z.string(),
  fileName: z.string(),
  status: z.enum(['QUEUED', 'RUNNING', 'FINISHED', 'FAILED']),
  samplesDone: z.number(),
  samplesTotal: z.number().nullable(),
  /** All problems, of which `problems` are the first. */
  problemCount: z.number(),
  problems: z.array(problemSchema),
  /** The dataset had this content already. */
  alreadyExisted: z.boolean(),
  datasetVersion: z
    .object({ id: z.string(), number: z.number(), name: z.string(), digest: z.string(), sampleCount: z.number() })
    .nullable(),
});
export type DatasetImport = z.infer<typeof datasetImportSchema>;

const FIELDS = `id datasetName versionName fileName status samplesDone samplesTotal problemCount
  problems { ${PROBLEM_FIELDS} } alreadyExisted datasetVersion { id number name digest sampleCount }`;

interface ImportInput {
  projectId: string;
  dataset: string;
  version: string;
  format: string;
  fileName: string;
  uploadDigest: string;
  hiddenSplits?: readonly Split[];
}

export const IMPORT_DATASET = operation<{ input: ImportInput }>()(
  `mutation ImportDataset($input: ImportDatasetInput!) {
    result: importDataset(input: $input) {
      __typename
      ... on InvalidInputError { problems { ${PROBLEM_FIELDS} } }
      ... on ImportDatasetPayload { datasetImport { ${FIELDS} } }
    }
  }`,
  z.object({ datasetImport: datasetImportSchema }),
);

export const DATASET_IMPORT = operation<{ id: string }>()(
  `query DatasetImport($id: ID!) { node(id: $id) { ... on DatasetImport { ${FIELDS} } } }`,
  z.object({ node: datasetImportSchema.nullable() }),
);

export interface ImportDatasetOptions {
  projectId: string;
  /** Name; made if there is no such dataset. */
  dataset: string;
  /** Name, unique within the dataset. */
  version: string;
  format: DatasetFormat;
  /** For people. */
  fileName: string;
  /** As `upload` gave it. */
  uploadDigest: string;
  /** Splits whose labels only admins and owners of the team see. */
  hiddenSplits?: readonly Split[];
}

/** Queues the reading of an uploaded file. */
export async function importDataset(transport: Transport, options: ImportDatasetOptions): Promise<DatasetImport> {
  const format = options.format.toUpperCase().replaceAll('-', '_');
  const { datasetImport } = await transport.mutate(IMPORT_DATASET, { ...options, format });
  return datasetImport;
}

/** Waits until the import has FINISHED or FAILED; which of them is for the caller to look at. */
export function waitForImport(
  transport: Transport,
  id: string,
  options?: WaitOptions<DatasetImport>,
): Promise<DatasetImport> {
  const read = async (): Promise<DatasetImport> => {
    const { node } = await transport.run(DATASET_IMPORT, { id });
    if (!node) throw new NotFound(`There is no import ${id}.`);
    return node;
  };
  return waitFor(read, ({ status }) => status === 'FINISHED' || status === 'FAILED', options);
}
