import { askedFor, InvalidInput, linearProbeSpec, parseInput, problem } from '@samplewise/domain';
import type { Context } from '../context.ts';
import { createRun } from './create-run.ts';
import { queueProbe } from '../training/queue-probe.ts';
import { queueRuns } from './queue-runs.ts';

export interface RunChanges {
  name?: string | undefined;
  seed?: number | undefined;
  modelConfigId?: bigint;
  restorationConfigId?: bigint;
  /** Over those of the original. */
  params?: unknown;
}

/**
 * Repeats a run with changes. That of an executor is queued with its model, restoration and seed, a training as it was;
 * that of a client is
 * begun with its params, tags, group and description, and waits for what the client logs.
 * @throws InvalidInput when there is no such run, or a change does not fit
 */
export async function cloneRun(
  context: Pick<Context, 'database' | 'storage' | 'actor'>,
  id: bigint,
  changes: RunChanges,
): Promise<{ id: bigint }> {
  const original = await context.database.prisma.run.findFirst({
    where: { id, deletedAt: null },
    include: { experiment: true, params: true, tags: true, training: true },
  });
  if (!original) {
    throw new InvalidInput(problem('NOT_FOUND', 'There is no such run.', { place: 'input.runId', value: `Run_${id}` }));
  }
  const modelConfigId = changes.modelConfigId ?? original.modelConfigId;
  const restorationConfigId = changes.restorationConfigId ?? original.restorationConfigId;
  const seed = changes.seed ?? original.seed;
  if (original.source === 'EXECUTOR') {
    if (changes.params !== undefined) throw paramsOfExecutor();
    if (original.training) {
      const { modelName, spec } = original.training;
      const probe = askedFor(parseInput(linearProbeSpec, spec, 'training'));
      const { name = original.name } = changes;
      const references = { modelConfigId: modelConfigId!, restorationConfigId };
      return queueProbe(context, original.experiment, { ...references, name, modelName, seed, priority: 0, probe });
    }
    const plan = {
      modelConfigIds: [String(modelConfigId)],
      restorationConfigIds: [String(restorationConfigId)],
      seeds: [seed],
    };
    const [queued] = await queueRuns(context, original.experiment, plan);
    return { id: queued! };
  }
  const params = Object.fromEntries(original.params.map(({ key, value }) => [key, value]));
  const { name, description, group, tags } = original;
  return createRun(
    context,
    original.experiment,
    { modelConfigId, restorationConfigId, parentId: original.parentId },
    {
      name: changes.name ?? name,
      description,
      ...(group === null ? {} : { group }),
      seed,
      tags: tags.map(({ key, value }) => ({ key, value })),
    },
    { ...params, ...(changes.params as object | undefined) },
  );
}

const paramsOfExecutor = (): InvalidInput =>
  new InvalidInput(
    problem('INVALID_VALUE', 'A run of an executor has no params.', {
      place: 'input.params',
      mend: 'Change its model, restoration or seed.',
    }),
  );
