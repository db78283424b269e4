import { withArtifactFolder } from './artifact-folder.ts';
import { createBoards } from './boards.ts';
import { createConfigs, type Configs } from './configs.ts';
import { importFaces, waitForAudit } from './dataset.ts';
import { createHostileProject, type HostileProject } from './hostile-project.ts';
import { insertLoggedRuns } from './logged-runs.ts';
import { logPredictedRuns, waitForRuns } from './predicted-runs.ts';
import { decideSamples, type SampleFacts } from './sample-facts.ts';
import { mutate, rowOf, type Target } from './target.ts';
import { createViews } from './views.ts';

export interface GenerateOptions {
  /** Of the large experiment, of every kind together. */
  runs: number;
  samples: number;
  /** Of the runs, so many have a prediction of every sample. */
  predicted: number;
  /** The same seed gives the same content, but for times and ids. */
  seed: number;
  name: string;
}

export const DEFAULTS: GenerateOptions = {
  runs: 10_000,
  samples: 36_000,
  predicted: 25,
  seed: 1,
  name: 'Emotions at scale',
};

/** Where to look for what; ids as the API has them. */
export interface Generated {
  projectId: string;
  slug: string;
  datasetVersionId: string;
  experimentId: string;
  /** Evaluated, in the order of STUDY_MODELS within that of STUDY_RESTORATIONS; the first has a log and artifacts. */
  predicted: string[];
  /** Trainings with metrics; the first has the histories of them. */
  logged: string[];
  /** Of an executor, paused. */
  queued: string[];
  modelConfigId: string;
  restorationConfigId: string;
  leaderboardId: string;
  /** Path of a report at the API. */
  sharedBoard: string;
  hostile: HostileProject;
  /** Slug of a project in which there is nothing. */
  empty: string;
}

const HISTORIES = 400;
/** 4 models, 2 restorations, 2 seeds. */
const QUEUED = 16;
const DAY = 24 * 3600 * 1000;

/**
 * Fills a database with projects that are as large, as varied and as odd as real ones become. What the API and the
 * executor can do in the time is done by them: the import, the predictions, evaluations, boards. The other runs are
 * rows, of the content that the API would store.
 * @param tell what is being made
 * @throws InvalidInput when a project of this name is there
 */
export async function generate(
  target: Target,
  options: Partial<GenerateOptions> = {},
  tell: (line: string) => void = () => undefined,
): Promise<Generated> {
  const o = { ...DEFAULTS, ...options };
  const { client } = target;
  const facts = decideSamples(o.samples, o.seed);
  const { projectId, slug } = await createProject(target, o.name);
  const executor = await target.startExecutor();
  try {
    tell(`${o.samples} images`);
    const datasetVersionId = await importFaces(client, projectId, facts, o.seed);
    const configs = await createConfigs(client, projectId);
    const { id: experimentId } = await client.createExperiment({
      projectId,
      name: 'Which training is the best?',
      description: 'Trainings of a sweep, and the predictions of what came out of it.',
      datasetVersionId,
    });
    const predictedCount = Math.min(o.predicted, o.runs);
    const queuedCount = o.runs - predictedCount > 2 * QUEUED ? QUEUED : 0;
    tell(`${o.runs - predictedCount - queuedCount} runs with metrics`);
    const logged = await insertLoggedRuns(
      target.database,
      {
        projectId: rowOf(projectId),
        experimentIds: [rowOf(experimentId)],
        modelConfigIds: configs.models.map(rowOf),
        sampleTotal: o.samples,
        now: Date.now(),
        seed: o.seed,
        historyEvery: Math.max(1, Math.floor(o.runs / HISTORIES)),
      },
      o.runs - predictedCount - queuedCount,
    );
    tell(`${predictedCount} runs with predictions`);
    const predicted = await predictedRuns(target, experimentId, configs, facts, o.seed, predictedCount);
    await waitForAudit(target.database, datasetVersionId);
    const boards = await createBoards(client, projectId, datasetVersionId);
    tell('names that are hard to show');
    const hostile = await createHostileProject(target, o.name);
    const empty = await createProject(target, `${o.name}: nothing yet`);
    await waitForAudit(target.database, hostile.datasetVersionId);
    await createViews(client, projectId);
    await executor.stop();
    const queued = queuedCount > 0 ? await queueRuns(target, experimentId, configs) : [];
    await predate(target, projectId);
    return {
      projectId,
      slug,
      datasetVersionId,
      experimentId,
      predicted,
      logged: logged.map((id) => `Run_${id}`),
      queued,
      modelConfigId: configs.models[0]!,
      restorationConfigId: configs.restorations[1]!,
      leaderboardId: boards.first,
      sharedBoard: boards.shared,
      hostile,
      empty: empty.slug,
    };
  } finally {
    await executor.stop();
  }
}

async function createProject({ client }: Target, name: string): Promise<{ projectId: string; slug: string }> {
  const description = 'Made by `npm run generate`: faces, models and runs that nobody has trained.';
  const { project } = await mutate<{ project: { id: string; slug: string } }>(
    client,
    'createProject',
    { name, description },
    'project { id slug }',
  );
  return { projectId: project.id, slug: project.slug };
}

async function predictedRuns(
  { client }: Target,
  experimentId: string,
  configs: Configs,
  facts: SampleFacts,
  seed: number,
  count: number,
): Promise<string[]> {
  const { models: modelConfigIds, restorations: restorationConfigIds } = configs;
  return withArtifactFolder(async (artifacts) => {
    const place = { experimentId, modelConfigIds, restorationConfigIds, facts, artifacts, seed };
    const ids = await logPredictedRuns(client, place, count);
    await waitForRuns(client, ids);
    return ids;
  });
}

/** Runs that wait for an executor: paused, so that the next one that starts does not work for hours on them. */
async function queueRuns(
  { client }: Target,
  experimentId: string,
  { boxed, restorations }: Configs,
): Promise<string[]> {
  const plan = { modelConfigIds: boxed, restorationConfigIds: restorations.slice(0, 2), seeds: [0, 1] };
  const ids = (await client.queueRuns(experimentId, plan)).map(({ id }) => id);
  await mutate(client, 'pauseRuns', { runIds: ids }, 'runs { id }');
  return ids;
}

/** What the runs refer to is older than they are; and the planner knows what there is, as after a day of work. */
async function predate({ database: { pool } }: Target, projectId: string): Promise<void> {
  const id = rowOf(projectId);
  const { rows } = await pool.query<{ first: Date }>(
    'SELECT coalesce(min(created_at), now()) AS first FROM run WHERE project_id = $1',
    [id],
  );
  const before = new Date(rows[0]!.first.getTime() - DAY);
  for (const table of ['dataset', 'model_config', 'restoration_config', 'experiment']) {
    await pool.query(`UPDATE ${table} SET created_at = $2 WHERE project_id = $1`, [id, before]);
  }
  await pool.query(
    'UPDATE dataset_version SET created_at = $2 WHERE dataset_id IN (SELECT id FROM dataset WHERE project_id = $1)',
    [id, before],
  );
  await pool.query('UPDATE project SET created_at = $2 WHERE id = $1', [id, before]);
  await pool.query('VACUUM ANALYZE');
}
