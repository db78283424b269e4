import {
  digestOfJson,
  modelSpec,
  parseInput,
  restorationSteps,
  type Digest,
  type ModelSpec,
  type RestorationStep,
} from '@samplewise/domain';
import type { Database } from '@samplewise/database';
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
  steps: RestorationStep[];
  /** Of the dataset version. */
  labels: string[];
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
        include: { modelConfig: true, restorationConfig: true, experiment: { include: { datasetVersion: true } } },
      },
    },
  });
  if (!row || row.finishedAt || row.run.pausedAt || !['QUEUED', 'RUNNING'].includes(row.run.status)) return undefined;
  const { run } = row;
  const { datasetVersion } = run.experiment;
  if (!run.modelConfig || !datasetVersion) throw new Error(`run ${runId} has no model or no samples`);
  const steps = parseInput(restorationSteps, run.restorationConfig?.steps ?? [], 'restoration');
  const { rows } = await pool.query<{ index: number; digest: string }>(
    `SELECT index, digest FROM sample
      WHERE version_id = $1 AND index BETWEEN $2 AND $3 AND ($4::"Split" IS NULL OR split = $4::"Split") ORDER BY index`,
    [datasetVersion.id, row.firstIndex, row.lastIndex, run.experiment.split],
  );
  const samples = rows.map((sample): ShardSample => ({ ...sample, restored: [] }));
  await findRestored({ pool }, samples, steps);
  return {
    runId,
    teamId,
    experimentId: run.experimentId,
    index,
    firstIndex: row.firstIndex,
    lastIndex: row.lastIndex,
    model: parseInput(modelSpec, run.modelConfig.spec, 'model'),
    steps,
    labels: datasetVersion.labels,
    samples,
  };
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
