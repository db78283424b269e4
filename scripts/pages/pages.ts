import type { Generated } from '../generate/generate.ts';

export interface PlaceToLook extends Generated {
  /** What the link of an invitation carries. */
  invitation: string;
}

/** One address of the page, on a generated database. */
export interface PageAddress {
  /** For people, and for names of files. */
  name: string;
  /** Folder of its page.tsx below apps/web/app. */
  route: string;
  address: (place: PlaceToLook) => string;
  /** Who looks: whoever uses this machine (unless given), a person who has signed in, or somebody who has not. */
  to?: 'machine' | 'person' | 'nobody';
}

/** `Run_42` -> 42 */
const bare = (id: string): string => id.slice(id.indexOf('_') + 1);
const home = (slug: string): string => `/projects/local/${slug}`;

const PROJECT = 'projects/[team]/[project]';

/** A page of the large project, the hostile one and the empty one. */
const inProjects = (name: string, folder: string): PageAddress[] => [
  { name, route: `${PROJECT}${folder}`, address: ({ slug }) => `${home(slug)}${folder}` },
  { name: `${name}-hostile`, route: `${PROJECT}${folder}`, address: ({ hostile }) => `${home(hostile.slug)}${folder}` },
  { name: `${name}-empty`, route: `${PROJECT}${folder}`, address: ({ empty }) => `${home(empty)}${folder}` },
];

/** A tab of a run with predictions, log and files. */
const ofRun = (tab: string): PageAddress => ({
  name: `run-${tab}`,
  route: `runs/[id]/${tab}`,
  address: ({ predicted }) => `/runs/${bare(predicted[0]!)}/${tab}`,
});

const run = (name: string, of: (place: PlaceToLook) => string): PageAddress => ({
  name,
  route: 'runs/[id]',
  address: (place) => `/runs/${bare(of(place))}`,
});

const ofVersion = (name: string, folder: string): PageAddress[] => [
  {
    name,
    route: `datasets/[id]${folder}`,
    address: ({ datasetVersionId }) => `/datasets/${bare(datasetVersionId)}${folder}`,
  },
  {
    name: `${name}-hostile`,
    route: `datasets/[id]${folder}`,
    address: ({ hostile }) => `/datasets/${bare(hostile.datasetVersionId)}${folder}`,
  },
];

/** Every page, some in several states. A test holds the routes against the page.tsx that there are. */
export const PAGES: readonly PageAddress[] = [
  { name: 'projects', route: '', address: () => '/' },
  { name: 'projects-all', route: 'projects', address: () => '/projects' },
  { name: 'project-new', route: 'projects/new', address: () => '/projects/new?team=local' },
  ...inProjects('project', ''),
  ...inProjects('experiments', '/experiments'),
  ...inProjects('runs', '/runs'),
  ...inProjects('datasets', '/datasets'),
  ...inProjects('models', '/models'),
  ...inProjects('restorations', '/restorations'),
  ...inProjects('leaderboards', '/leaderboards'),
  ...inProjects('settings', '/settings'),
  ...inProjects('import', '/import'),
  {
    name: 'experiment',
    route: 'experiments/[id]',
    address: ({ experimentId }) => `/experiments/${bare(experimentId)}`,
  },
  {
    name: 'experiment-hostile',
    route: 'experiments/[id]',
    address: ({ hostile }) => `/experiments/${bare(hostile.experimentId)}`,
  },
  {
    name: 'experiment-report',
    route: 'experiments/[id]/report',
    address: ({ experimentId }) => `/experiments/${bare(experimentId)}/report`,
  },
  { name: 'study-new', route: 'studies/new', address: ({ projectId }) => `/studies/new?project=${bare(projectId)}` },
  {
    name: 'experiment-new',
    route: 'experiments/new',
    address: ({ projectId }) => `/experiments/new?project=${bare(projectId)}`,
  },
  run('run', ({ predicted }) => predicted[0]!),
  run('run-training', ({ logged }) => logged[0]!),
  run('run-queued', ({ queued }) => queued[0]!),
  run('run-hostile', ({ hostile }) => hostile.runId),
  ofRun('samples'),
  ofRun('curves'),
  ofRun('config'),
  ofRun('logs'),
  ofRun('artifacts'),
  {
    name: 'compare',
    route: 'compare',
    address: ({ predicted }) => `/compare?runs=${predicted.slice(0, 5).map(bare).join(',')}`,
  },
  ...ofVersion('dataset', ''),
  ...ofVersion('gallery', '/samples'),
  ...ofVersion('audit', '/audit'),
  {
    name: 'sample',
    route: 'samples/[id]',
    address: ({ datasetVersionId }) => `/samples/${bare(datasetVersionId)}-7`,
  },
  { name: 'model', route: 'models/[id]', address: ({ modelConfigId }) => `/models/${bare(modelConfigId)}` },
  { name: 'model-new', route: 'models/new', address: ({ projectId }) => `/models/new?project=${bare(projectId)}` },
  {
    name: 'restoration',
    route: 'restorations/[id]',
    address: ({ restorationConfigId }) => `/restorations/${bare(restorationConfigId)}`,
  },
  {
    name: 'restoration-new',
    route: 'restorations/new',
    address: ({ projectId }) => `/restorations/new?project=${bare(projectId)}`,
  },
  ...['', '/edit', '/sharing', '/competition'].map((tab) => ({
    name: `leaderboard${tab.replace('/', '-')}`,
    route: `leaderboards/[id]${tab}`,
    address: ({ leaderboardId }: PlaceToLook) => `/leaderboards/${bare(leaderboardId)}${tab}`,
  })),
  {
    name: 'leaderboard-new',
    route: 'leaderboards/new',
    address: ({ projectId }) => `/leaderboards/new?project=${bare(projectId)}`,
  },
  {
    name: 'leaderboards-compared',
    route: 'leaderboards/compare',
    address: ({ leaderboardId }) => `/leaderboards/compare?board=${bare(leaderboardId)}`,
  },
  { name: 'executors', route: 'executors', address: () => '/executors' },
  { name: 'explorer', route: 'explorer', address: () => '/explorer' },
  { name: 'teams', route: 'teams', address: () => '/teams', to: 'person' },
  { name: 'team', route: 'teams/[slug]', address: () => '/teams/local', to: 'person' },
  { name: 'account', route: 'account', address: () => '/account', to: 'person' },
  { name: 'account-nobody-signs-in', route: 'account', address: () => '/account' },
  { name: 'sign-in', route: 'sign-in', address: () => '/sign-in', to: 'nobody' },
  { name: 'sign-up', route: 'sign-up', address: () => '/sign-up', to: 'nobody' },
  {
    name: 'invitation',
    route: 'invitations/[code]',
    address: ({ invitation }) => `/invitations/${invitation}`,
    to: 'nobody',
  },
];

/** @throws Error when there is none of this name */
export function pageNamed(name: string): PageAddress {
  const found = PAGES.find((page) => page.name === name);
  if (!found) throw new Error(`There is no page '${name}' in scripts/pages/pages.ts.`);
  return found;
}
