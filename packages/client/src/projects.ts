import { z } from 'zod';
import { allNodes, connectionOf, type Page } from './connection.ts';
import { NotFound } from './errors.ts';
import { operation, type Operation } from './operation.ts';
import { PROBLEM_FIELDS } from './problem-schema.ts';
import type { Transport } from './transport.ts';

const projectSchema = z.object({ id: z.string(), slug: z.string(), name: z.string() });
export type Project = z.infer<typeof projectSchema>;

export const PROJECT = operation<{ team: string; slug: string }>()(
  'query Project($team: String!, $slug: String!) { project(team: $team, slug: $slug) { id slug name } }',
  z.object({ project: projectSchema.nullable() }),
);

const named = z.object({ id: z.string(), name: z.string() });
const datasetSchema = named.extend({ slug: z.string() });
const configSchema = named.extend({ version: z.number() });

/** Reads one of a project's lists, to find something in it by name. */
function listOperation<T>(list: string, fields: string, node: z.ZodType<T>) {
  return operation<{ id: string; after: string | null }>()(
    `query List($id: ID!, $after: String) {
      node(id: $id) {
        ... on Project {
          list: ${list}(first: 100, after: $after) { edges { node { ${fields} } } pageInfo { hasNextPage endCursor } }
        }
      }
    }`,
    z.object({ node: z.object({ list: connectionOf(node) }) }),
  );
}

export const DATASETS = listOperation('datasets', 'id name slug', datasetSchema);
export const MODEL_CONFIGS = listOperation('modelConfigs', 'id name version', configSchema);
export const RESTORATION_CONFIGS = listOperation('restorationConfigs', 'id name version', configSchema);

export const DATASET_VERSIONS = operation<{ id: string; after: string | null }>()(
  `query DatasetVersions($id: ID!, $after: String) {
    node(id: $id) {
      ... on Dataset {
        versions(first: 100, after: $after) { edges { node { id name number } } pageInfo { hasNextPage endCursor } }
      }
    }
  }`,
  z.object({ node: z.object({ versions: connectionOf(named.extend({ number: z.number() })) }) }),
);

export const CREATE_PROJECT = operation<{ input: { name: string; description?: string; team?: string } }>()(
  `mutation CreateProject($input: CreateProjectInput!) {
    result: createProject(input: $input) {
      __typename
      ... on InvalidInputError { problems { ${PROBLEM_FIELDS} } }
      ... on CreateProjectPayload { project { id slug name } }
    }
  }`,
  z.object({ project: projectSchema }),
);

/** @param input `team` is a slug; its address is made of `name` */
export async function createProject(
  transport: Transport,
  input: { name: string; description?: string; team?: string },
): Promise<Project> {
  return (await transport.mutate(CREATE_PROJECT, input)).project;
}

/** @throws NotFound */
export async function findProject(transport: Transport, slug: string, team: string): Promise<Project> {
  const { project } = await transport.run(PROJECT, { team, slug });
  if (project) return project;
  throw new NotFound(`There is no project '${slug}' in the team '${team}', or you may not see it.`);
}

/**
 * A version of a dataset, both by name; the newest version when none is named.
 * @throws NotFound naming what is there
 */
export async function findDatasetVersion(
  transport: Transport,
  project: Project,
  dataset: string,
  version?: string,
): Promise<{ id: string; name: string }> {
  const datasets = await listOf(transport, project, DATASETS);
  const found = datasets.find(({ name, slug }) => name === dataset || slug === dataset);
  if (!found) throw missing('dataset', dataset, project, datasets);
  const versions = await allNodes(
    async (after) => (await transport.run(DATASET_VERSIONS, { id: found.id, after })).node.versions,
  );
  const match =
    version === undefined ? newest(versions, ({ number }) => number) : versions.find((v) => v.name === version);
  if (!match) throw missing(`version of '${dataset}'`, version ?? '(newest)', project, versions);
  return match;
}

/**
 * A model or restoration config by `name` (its newest version) or `name@version`.
 * @throws NotFound naming what is there
 */
export async function findConfig(
  transport: Transport,
  project: Project,
  kind: 'model' | 'restoration',
  wanted: string,
): Promise<{ id: string; name: string; version: number }> {
  const configs = await listOf(transport, project, kind === 'model' ? MODEL_CONFIGS : RESTORATION_CONFIGS);
  const exact = configs.filter(({ name }) => name === wanted);
  const found =
    newest(exact, ({ version }) => version) ?? configs.find(({ name, version }) => `${name}@${version}` === wanted);
  if (found) return found;
  throw missing(kind, wanted, project, configs);
}

function listOf<T>(
  transport: Transport,
  { id }: Project,
  list: Operation<{ id: string; after: string | null }, { node: { list: Page<T> } }>,
): Promise<T[]> {
  return allNodes(async (after) => (await transport.run(list, { id, after })).node.list);
}

function newest<T>(items: readonly T[], order: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>((best, item) => (best && order(best) >= order(item) ? best : item), undefined);
}

function missing(kind: string, wanted: string, project: Project, there: readonly { name: string }[]): NotFound {
  const names = [...new Set(there.map(({ name }) => name))].slice(0, 20).join(', ');
  return new NotFound(
    `There is no ${kind} '${wanted}' in the project '${project.slug}'. ${names === '' ? 'It has none yet.' : `There are: ${names}.`}`,
  );
}
