import {
  digestOfJson,
  modelSpec,
  parseInput,
  restorationSteps,
  splitsOfProbe,
  type Digest,
  type ModelSpec,
  type RestorationStep,
  type Split,
} from '@samplewise/domain';
import type { Database } from '@samplewise/database';
import { toTraining, type Training } from '../training/training.ts';
import type { ShardClaim } from './claim-shard.ts';

export interface Shard {
  runId: bigint;
  /** Whose run it is. */
  teamId: bigint;
  experimentId: bigint;
  index: number;
  firstIndex: number;
  lastIndex: number;
  model: ModelSpec;
  /** What the run trains; null when it predicts. */
  training: Training | null;
  steps: RestorationStep[];
  versionId: bigint;
  /** Of the dataset version. */
  labels: string[];
  /** None: the last shard of a training, which fits the head. */
  samples: ShardSample[];
}

export interface ShardSample extends StoredPicture {
  index: number;
}

export interface StoredPicture {
  digest: Digest;
  /** Outputs of the restoration steps that the cache holds, from the first on. */
  restored: Digest[];
}

/**
 * @throws InvalidInput when a stored config does not conform to its specification
 * @returns undefined when there is nothing to do: the run has ended, is paused or gone, or the shard is finished
 */
export async function loadShard(
  { prisma, pool }: Database,
  { runId, index, teamId }: Pick<ShardClaim, 'runId' | 'index' | 'teamId'>,
): Promise<Shard | undefined> {
  const row = await prisma.runShard.findUnique({
    where: { runId_index: { runId, index } },
    include: {
      run: {
        include: {
          modelConfig: true,
          restorationConfig: true,
          training: true,
          experiment: { include: { datasetVersion: true } },
        },
      },
    },
  });
  if (!row || row.finishedAt || row.run.pausedAt || !['QUEUED', 'RUNNING'].includes(row.run.status)) return undefined;
  const { run } = row;
  const { datasetVersion } = run.experiment;
  if (!run.modelConfig || !datasetVersion) throw new Error(`run ${runId} has no model or no samples`);
  const steps = parseInput(restorationSteps, run.restorationConfig?.steps ?? [], 'restoration');
  const model = parseInput(modelSpec, run.modelConfig.spec, 'model');
  const training = run.training ? toTraining(run.training, model, run) : null;
  const { split } = run.experiment;
  const splits = training ? splitsOfProbe(training.probe) : split ? [split] : null;
  const samples = row.samples === 0 ? [] : await readSamples(pool, datasetVersion.id, row, splits);
  await findRestored({ pool }, samples, steps);
  return {
    runId,
    teamId,
    experimentId: run.experimentId,
    index,
    firstIndex: row.firstIndex,
    lastIndex: row.lastIndex,
    model,
    training,
    steps,
    versionId: datasetVersion.id,
    labels: datasetVersion.labels,
    samples,
  };
}

async function readSamples(
  pool: Database['pool'],
  versionId: bigint,
  { firstIndex, lastIndex }: { firstIndex: number; lastIndex: number },
  splits: readonly Split[] | null,
): Promise<ShardSample[]> {
  const { rows } = await pool.query<{ index: number; digest: string }>(
    `SELECT index, digest FROM sample
      WHERE version_id = $1 AND index BETWEEN $2 AND $3 AND ($4::"Split"[] IS NULL OR split = ANY($4::"Split"[]))
      ORDER BY index`,
    [versionId, firstIndex, lastIndex, splits],
  );
  return rows.map((sample) => ({ ...sample, restored: [] }));
}

/** Follows every picture through the cached steps, one statement a step. */
export async function findRestored(
  { pool }: Pick<Database, 'pool'>,
  samples: StoredPicture[],
  steps: RestorationStep[],
): Promise<void> {
  for (const [s, step] of steps.entries()) {
    const open = samples.filter((sample) => sample.restored.length === s);
    const inputOf = (sample: StoredPicture): Digest => sample.restored.at(-1) ?? sample.digest;
    const { rows } = await pool.query<{ input_digest: string; output_digest: string }>(
      'SELECT input_digest, output_digest FROM restored_image WHERE step_digest = $1 AND input_digest = ANY($2)',
      [digestOfJson(step), open.map(inputOf)],
    );
    const outputs = new Map(rows.map((row) => [row.input_digest, row.output_digest]));
    for (const sample of open) {
      const output = outputs.get(inputOf(sample));
      if (output !== undefined) sample.restored.push(output);
    }
  }
}
