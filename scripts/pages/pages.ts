import type { Generated } from '../generate/generate.ts';

/** One address of the page, on a generated database. */
export interface PageAddress {
  /** For people, and for names of files. */
  name: string;
  /** Folder of its page.tsx below apps/web/app. */
  route: string;
  address: (made: Generated) => string;
}

const number = (id: string): string => id.slice(id.indexOf('_') + 1);
const compared = (runs: readonly string[]): string => `/compare?runs=${runs.map(number).join(',')}`;
const home = (slug: string): string => `/projects/local/${slug}`;
const PROJECT = 'projects/[team]/[project]';

/** Every page, some in several states. A test holds the routes against the page.tsx that there are. */
export const PAGES: readonly PageAddress[] = [
  { name: 'projects', route: '', address: () => '/' },
  { name: 'project', route: PROJECT, address: ({ slug }) => home(slug) },
  { name: 'project-empty', route: PROJECT, address: ({ empty }) => home(empty) },
  { name: 'project-hostile', route: PROJECT, address: ({ hostile }) => home(hostile.slug) },
  { name: 'import', route: `${PROJECT}/import`, address: ({ slug }) => `${home(slug)}/import` },
  {
    name: 'experiment',
    route: 'experiments/[id]',
    address: ({ experimentId }) => `/experiments/${number(experimentId)}`,
  },
  {
    name: 'experiment-hostile',
    route: 'experiments/[id]',
    address: ({ hostile }) => `/experiments/${number(hostile.experimentId)}`,
  },
  {
    name: 'experiment-new',
    route: 'experiments/new',
    address: ({ projectId }) => `/experiments/new?project=${number(projectId)}`,
  },
  { name: 'run', route: 'runs/[id]', address: ({ predicted }) => `/runs/${number(predicted[0]!)}` },
  { name: 'run-logged', route: 'runs/[id]', address: ({ logged }) => `/runs/${number(logged[0]!)}` },
  { name: 'run-queued', route: 'runs/[id]', address: ({ queued }) => `/runs/${number(queued[0]!)}` },
  { name: 'run-hostile', route: 'runs/[id]', address: ({ hostile }) => `/runs/${number(hostile.runId)}` },
  { name: 'compare', route: 'compare', address: ({ predicted }) => compared(predicted.slice(0, 5)) },
  {
    name: 'dataset',
    route: 'datasets/[id]',
    address: ({ datasetVersionId }) => `/datasets/${number(datasetVersionId)}`,
  },
  {
    name: 'dataset-hostile',
    route: 'datasets/[id]',
    address: ({ hostile }) => `/datasets/${number(hostile.datasetVersionId)}`,
  },
  {
    name: 'gallery',
    route: 'datasets/[id]',
    address: ({ datasetVersionId }) => `/datasets/${number(datasetVersionId)}`,
  },
  { name: 'explorer', route: 'explorer', address: () => '/explorer' },
];

/** @throws Error when there is none of this name */
export function pageNamed(name: string): PageAddress {
  const found = PAGES.find((page) => page.name === name);
  if (!found) throw new Error(`There is no page '${name}' in scripts/pages/pages.ts.`);
  return found;
}
