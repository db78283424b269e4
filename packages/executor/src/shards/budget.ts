import { InvalidInput, problem } from '@samplewise/domain';
import { textTotals, type Database } from '@samplewise/database';
import { UNLIMITED, type Budget } from '../models/allowance.ts';
import type { Shard } from './load-shard.ts';

/** The last shard that waits, or works, of each run with a budget. */
const lasts = new Map<bigint, Promise<unknown>>();

/**
 * Has a shard worked on with what its run may still spend, by what its stored shards have spent. Here the shards of such
 * a run go one after the other, each stored before the next looks. Other executors see the same rest meanwhile: together
 * they may spend a shard's worth more for each of them but one.
 * @param work ends with the shard stored
 */
export async function withinBudget<T>(
  { pool }: Pick<Database, 'pool'>,
  { model, runId }: Shard,
  work: (left: Budget) => Promise<T>,
): Promise<T> {
  const budget = model.kind === 'vlm-prompt' ? model.budget : undefined;
  if (!budget) return work(UNLIMITED);
  const before = lasts.get(runId) ?? Promise.resolve();
  const turn = before.then(async () => {
    const used = await textTotals(pool, runId);
    return work({
      requests: (budget.requests ?? Infinity) - used.requests,
      tokens: (budget.tokens ?? Infinity) - used.tokens,
    });
  });
  // Whatever comes of it, the next one's turn has come then.
  const ended = turn.then(
    () => undefined,
    () => undefined,
  );
  lasts.set(runId, ended);
  try {
    return await turn;
  } finally {
    if (lasts.get(runId) === ended) lasts.delete(runId);
  }
}

/** Why the run ends. */
export const usedUp = ({ model }: Shard): InvalidInput =>
  new InvalidInput(
    problem('BUDGET_USED_UP', "The run's budget for its model is used up. What was answered is stored.", {
      place: 'model.budget',
      value: model.kind === 'vlm-prompt' ? model.budget : undefined,
      mend: 'Register the model with a larger budget, or try fewer samples.',
    }),
  );
